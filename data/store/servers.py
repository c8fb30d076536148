"""Which versions of MongoDB there are, and until when each is mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.civic.errors import Mistake, Mistakes

END_OF_LIFE: Mapping[tuple[int, int], date] = {
    (4, 4): date(2024, 2, 29),
    (5, 0): date(2024, 10, 31),
    (6, 0): date(2025, 7, 31),
    (7, 0): date(2027, 8, 31),
    (8, 0): date(2029, 10, 31),
}
"""Source: MongoDB, software lifecycle schedules, read 2026-11-21."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ServerVersion:
    """The version of a database server."""

    major: int
    minor: int
    patch: int

    @property
    def end_of_life(self) -> date | None:
        """Tell the last day it is mended; None when that is not announced."""
        if (self.major, self.minor) < min(END_OF_LIFE):
            return date.min
        return END_OF_LIFE.get((self.major, self.minor))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def version_from(text: str) -> ServerVersion:
    """Read `6.0.5`, also with something behind it: `8.0.4-rc1`."""
    major, minor, patch = text.split("-", maxsplit=1)[0].split(".")[:3]
    return ServerVersion(major=int(major), minor=int(minor), patch=int(patch))


def check_server(version: ServerVersion, *, production: bool, today: date) -> None:
    """Refuse, in production, a server that nobody mends any more.

    Raises:
        Mistakes: it is past its end of life.
    """
    end = version.end_of_life
    if production and end is not None and today > end:
        raise Mistakes(
            (
                Mistake(
                    where="BIANMIN_MONGODB_URI",
                    what=f"MongoDB {version} has had no security fixes since {_since(end)};"
                    " production needs a replica set of MongoDB 8.0 or newer",
                ),
            )
        )


def _since(end: date) -> str:
    return "2024" if end == date.min else end.isoformat()
