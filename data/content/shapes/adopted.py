"""The shape of `adopted/*.toml`."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.adopted_areas import AreaAdoption
from data.civic.knowing.adoptions import DIGITS, SUMMARY, Adoption, Spot
from data.civic.knowing.guides import ElementName, Words
from data.content.shapes.guides import Code, WordsShape
from data.content.shapes.shape import Name, Shape, Text

Digest = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{DIGITS}}}$")]


class AdoptedShape(WordsShape):
    """One adoption; text, plain or items make it a correction."""

    guide: Name
    element: ElementName | Literal["summary"]
    situation: Name | None = None
    variant: Code | None = None
    text_digest: Digest
    by: Text
    on: date
    withdrawn: bool = False

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if self.situation and self.variant:
            raise ValueError("name a situation or a variant, not both")
        if self.plain and not (self.text or self.items):
            raise ValueError("a correction says everything anew: give text or items too")
        if self.withdrawn and (self.text or self.items):
            raise ValueError("it is withdrawn or corrected, not both")
        if self.element == SUMMARY and (self.withdrawn or self.items):
            raise ValueError("a guide has a summary in words: correct its text and plain version")
        return self

    def record(self, department: str) -> Adoption:
        """Make the record."""
        element = ElementName(self.element) if self.element != SUMMARY else None
        return Adoption(
            spot=Spot(
                guide=GuideId(self.guide),
                element=element,
                situation=self.situation,
                variant=AreaCode(self.variant) if self.variant else None,
            ),
            digest=self.text_digest,
            department=department,
            by=self.by,
            on=self.on,
            correction=self._correction(),
        )

    def _correction(self) -> Words | None:
        if self.withdrawn:
            return Words()
        return self.words() if self.text or self.items else None


class AdoptedAreaShape(Shape):
    """One adoption of a sample area; a name makes it a correction."""

    code: Code
    text_digest: Digest
    by: Text
    on: date
    name: Text | None = None
    withdrawn: bool = False

    def record(self, department: str) -> AreaAdoption:
        """Make the record."""
        return AreaAdoption(
            code=AreaCode(self.code),
            digest=self.text_digest,
            department=department,
            by=self.by,
            on=self.on,
            name="" if self.withdrawn else self.name,
        )


class AdoptedFile(Shape):
    """What one department has adopted, in the order in which it did."""

    department: Text
    adopted: tuple[AdoptedShape, ...] = ()
    areas: tuple[AdoptedAreaShape, ...] = ()
