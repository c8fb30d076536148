"""An object that notes when it is woken: what a planted model file would do."""

from typing import ClassVar


class Planted:
    """Runs code as soon as it is loaded."""

    ran: ClassVar[bool] = False

    def __setstate__(self, state: object) -> None:
        Planted.ran = True

    def __getstate__(self) -> dict[str, str]:
        return {"some": "state"}
