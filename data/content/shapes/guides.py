"""The shape of `guides/*.toml`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.guides import (
    Element,
    ElementName,
    Guide,
    Material,
    Situation,
    Standing,
    Variant,
    Words,
)
from data.civic.knowing.sentences import PLAIN_LIMIT
from data.content.shapes.shape import Name, Plain, Shape, Text, sentence, wrong

Code = Annotated[str, StringConstraints(pattern=r"^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$")]
IsRead = Callable[[str], bool]


class MaterialShape(Shape):
    """One thing to bring."""

    name: Text
    form: str = ""
    note: str = ""
    electronic: str = ""

    def record(self) -> Material:
        """Make the record."""
        return Material(name=self.name, form=self.form, note=self.note, electronic=self.electronic)


class WordsShape(Shape):
    """What an element says."""

    text: str = ""
    plain: Plain | None = None
    items: tuple[MaterialShape, ...] = ()

    @model_validator(mode="after")
    def _has_plain(self) -> Self:
        if self.plain is None and len(self.text) + self._listed() > PLAIN_LIMIT:
            what = f"longer than {PLAIN_LIMIT} characters: give a plain version"
            raise wrong("needs_plain", what)
        return self

    def _listed(self) -> int:
        return sum(len(item.name) + 1 for item in self.items)

    def words(self) -> Words:
        """Make the record."""
        return Words.of(self.text, tuple(one.record() for one in self.items), plain=self.plain)


class ElementShape(WordsShape):
    """One element."""

    status: Standing
    basis: tuple[str, ...] = ()
    legal_days: Annotated[int, Field(ge=0)] | None = None
    promised_days: Annotated[int, Field(ge=0)] | None = None
    count: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _says_what_it_is(self) -> Self:
        said = bool(self.text or self.items)
        if said == (self.status is Standing.NOT_STATED):
            what = "text or items for fact and sample, none for not_stated"
            raise wrong("nothing_said" if not said else "said_though_not_stated", what)
        if self.status is Standing.FACT and not self.basis:
            raise wrong("needs_basis", "a fact needs its basis: name keys of sources/*.toml")
        return self

    def record(self, is_read: IsRead) -> Element:
        """Make the record; `is_read` tells whether a basis was opened."""
        words = self.words()
        return Element(
            standing=self.status,
            text=words.text,
            plain=words.plain,
            items=words.items,
            basis=tuple(self.basis),
            read=bool(self.basis) and all(is_read(key) for key in self.basis),
            legal_days=self.legal_days,
            promised_days=self.promised_days,
            count=self.count,
        )


Elements = dict[ElementName, ElementShape]


class SituationShape(Shape):
    """The elements that differ in a case."""

    id: Name
    label: Text
    words: Annotated[list[Text], Field(min_length=1)]
    elements: Elements


class VariantShape(Shape):
    """The elements that differ in an area."""

    area: Code
    elements: Elements


class GuideShape(Shape):
    """One guide."""

    id: Name
    title: Text
    everyday: tuple[Text, ...] = ()
    item_type: Text
    department: Text
    level: Text
    audience: Annotated[list[Text], Field(min_length=1)]
    theme: tuple[Text, ...] = ()
    checked_on: date
    valid_until: date
    summary: Text
    plain: Plain
    spoken: str | None = None
    elements: Elements
    situations: tuple[SituationShape, ...] = ()
    variants: tuple[VariantShape, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        missing = [name.value for name in ElementName if name not in self.elements]
        if missing:
            what = f"elements missing (write not_stated if so): {', '.join(missing)}"
            raise wrong("elements_missing", what)
        if self.valid_until <= self.checked_on:
            raise wrong("ends_too_early", "valid_until must lie after checked_on")
        return self

    def bases(self) -> list[tuple[tuple[str | int, ...], str]]:
        """List every basis that is named, with the path at which it stands."""
        groups: list[tuple[tuple[str | int, ...], Elements]] = [(("elements",), self.elements)]
        for n, case in enumerate(self.situations):
            groups.append((("situations", n, "elements"), case.elements))
        for n, variant in enumerate(self.variants):
            groups.append((("variants", n, "elements"), variant.elements))
        return [
            ((*path, name.value, "basis"), key)
            for path, elements in groups
            for name, element in elements.items()
            for key in element.basis
        ]

    def record(self, version: str, is_read: IsRead) -> Guide:
        """Make the record."""
        return Guide(
            id=GuideId(self.id),
            title=self.title,
            everyday=tuple(self.everyday),
            item_type=self.item_type,
            department=self.department,
            level=self.level,
            audience=tuple(self.audience),
            theme=tuple(self.theme),
            checked_on=self.checked_on,
            valid_until=self.valid_until,
            summary=sentence(self.summary, plain=self.plain, spoken=self.spoken),
            elements=_records(self.elements, is_read),
            situations=tuple(
                Situation(
                    id=case.id,
                    label=case.label,
                    words=tuple(case.words),
                    elements=_records(case.elements, is_read),
                )
                for case in self.situations
            ),
            variants=tuple(
                Variant(area=AreaCode(one.area), elements=_records(one.elements, is_read))
                for one in self.variants
            ),
            version=version,
        )


def _records(elements: Elements, is_read: IsRead) -> Mapping[ElementName, Element]:
    return {name: element.record(is_read) for name, element in elements.items()}
