"""The shape of `sources/*.toml`."""

from datetime import date

from pydantic import Field

from data.civic.knowing.guides import Basis
from data.content.shapes.shape import Shape, Text


class BasisShape(Shape):
    """A law, regulation or notice."""

    name: Text
    issuer: Text
    number: str = ""
    dated: date | None = Field(default=None, alias="date")
    where: str = ""
    url: str = ""
    read_on: date | None = None

    def record(self, key: str) -> Basis:
        """Make the record."""
        return Basis(id=key, **self.model_dump(by_alias=False))
