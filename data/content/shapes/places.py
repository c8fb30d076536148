"""The shape of `places/*.toml`."""

from datetime import date

from data.civic.areas import Area, AreaKind
from data.civic.ids import AreaCode
from data.content.shapes.guides import Code
from data.content.shapes.shape import Shape, Text


class AreaShape(Shape):
    """One division."""

    code: Code
    name: Text
    aliases: tuple[Text, ...] = ()
    kind: AreaKind = AreaKind.ADMIN
    sample: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def record(self) -> Area:
        """Make the record."""
        return Area(
            code=AreaCode(self.code),
            name=self.name,
            aliases=tuple(self.aliases),
            kind=self.kind,
            sample=self.sample,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


class PlacesFile(Shape):
    """A county, what is above it and what is in it."""

    county: Code
    source: Text
    department: str = ""
    area: list[AreaShape]
