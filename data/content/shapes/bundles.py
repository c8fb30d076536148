"""The shape of `bundles/*.toml`."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from data.civic.ids import BundleId, GuideId
from data.civic.knowing.bundles import Answer, Bundle, Item, Question
from data.civic.knowing.guides import Standing
from data.content.shapes.guides import IsRead, MaterialShape
from data.content.shapes.shape import Name, Plain, Shape, Text, sentence


class AnswerShape(Shape):
    """One possible answer."""

    id: Name
    label: Text


class QuestionShape(Shape):
    """One question."""

    id: Name
    ask: Text
    plain: Plain | None = None
    spoken: str | None = None
    options: Annotated[list[AnswerShape], Field(min_length=2, max_length=4)]

    def record(self) -> Question:
        """Make the record."""
        options = tuple(Answer(id=one.id, label=one.label) for one in self.options)
        asked = sentence(self.ask, plain=self.plain, spoken=self.spoken)
        return Question(id=self.id, ask=asked, options=options)


class KeyedMaterialShape(MaterialShape):
    """A material that items name by its key."""

    id: Name


class ItemShape(Shape):
    """One thing to do."""

    id: Name
    title: Text
    guide: Name | None = None
    department: Text
    step: Annotated[int, Field(ge=1)]
    days: Annotated[int, Field(ge=0)] | None = None
    materials: tuple[Name, ...] = ()
    when: Mapping[Name, tuple[Name, ...]] = Field(default_factory=dict)
    status: Standing
    basis: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if self.status is Standing.FACT and not self.basis:
            raise ValueError("a fact needs its basis: name keys of sources/*.toml")
        return self

    def record(self, is_read: IsRead) -> Item:
        """Make the record."""
        return Item(
            id=self.id,
            title=self.title,
            department=self.department,
            step=self.step,
            materials=tuple(self.materials),
            standing=self.status,
            read=bool(self.basis) and all(is_read(key) for key in self.basis),
            guide=GuideId(self.guide) if self.guide else None,
            days=self.days,
            when=tuple((key, frozenset(wanted)) for key, wanted in self.when.items()),
        )


class BundleShape(Shape):
    """One life event."""

    id: Name
    title: Text
    department: Text
    checked_on: date
    valid_until: date
    summary: Text
    plain: Plain
    spoken: str | None = None
    questions: Annotated[tuple[QuestionShape, ...], Field(max_length=4)] = ()
    items: Annotated[list[ItemShape], Field(min_length=2)]
    materials: list[KeyedMaterialShape]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        known = {one.id for one in self.materials}
        options = {q.id: {one.id for one in q.options} for q in self.questions}
        for item in self.items:
            if unknown := set(item.materials) - known:
                raise ValueError(f"item {item.id}: no material {', '.join(sorted(unknown))}")
            for question, wanted in item.when.items():
                if not set(wanted) <= options.get(question, set()):
                    raise ValueError(f"item {item.id}: no such answer to {question}")
        if self.valid_until <= self.checked_on:
            raise ValueError("valid_until must lie after checked_on")
        return self

    def record(self, version: str, is_read: IsRead) -> Bundle:
        """Make the record."""
        return Bundle(
            id=BundleId(self.id),
            title=self.title,
            department=self.department,
            checked_on=self.checked_on,
            valid_until=self.valid_until,
            summary=sentence(self.summary, plain=self.plain, spoken=self.spoken),
            questions=tuple(question.record() for question in self.questions),
            items=tuple(item.record(is_read) for item in self.items),
            materials={one.id: one.record() for one in self.materials},
            version=version,
        )
