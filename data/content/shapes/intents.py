"""The shape of `intents/*.toml`."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from data.civic.ids import BundleId, GuideId, IntentId
from data.civic.knowing.releases import AnswerTopic, FixedAnswer, Intent
from data.civic.labels import Kind, Traffic
from data.content.shapes.shape import Name, SentenceShape, Shape, Text, wrong

ANSWERED = frozenset({Kind.EMERGENCY, Kind.ACCOUNT, Kind.TALK})
"""The kinds that say nothing without a fixed answer."""


class TopicShape(SentenceShape):
    """What is said instead when the question names a topic."""

    id: Name
    label: Text
    heard: Annotated[tuple[Text, ...], Field(min_length=1)]

    def topic(self) -> AnswerTopic:
        """Make the record."""
        return AnswerTopic(id=self.id, label=self.label, heard=self.heard, words=self.record())


class AnswerShape(SentenceShape):
    """The fixed answer of an intent."""

    topics: tuple[TopicShape, ...] = ()
    choices: Annotated[tuple[Text, ...], Field(max_length=4)] = ()

    def answer(self) -> FixedAnswer:
        """Make the record."""
        topics = tuple(one.topic() for one in self.topics)
        return FixedAnswer(words=self.record(), topics=topics, choices=tuple(self.choices))


class IntentShape(Shape):
    """One intent."""

    id: Name
    title: Text
    kind: Kind
    traffic: Traffic = Traffic.MID
    department: Text
    scope: str = ""
    guide: Name | None = None
    bundle: Name | None = None
    examples: Annotated[list[Text], Field(min_length=10)]
    answer: AnswerShape | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind in ANSWERED and self.answer is None:
            raise wrong("needs_answer", f"an intent of kind {self.kind} needs [answer]")
        if self.kind is Kind.GUIDE and self.answer is not None:
            what = "an intent of kind guide is answered by its guide: remove [answer]"
            raise wrong("answer_of_guide", what)
        return self

    def record(self) -> Intent:
        """Make the record; a guide or bundle bears the intent's id unless another is named."""
        guide = self.guide or (self.id if self.kind is Kind.GUIDE else None)
        bundle = self.bundle or (self.id if self.kind is Kind.BUNDLE else None)
        return Intent(
            id=IntentId(self.id),
            title=self.title,
            kind=self.kind,
            traffic=self.traffic,
            department=self.department,
            scope=self.scope,
            examples=tuple(self.examples),
            guide=GuideId(guide) if guide else None,
            bundle=BundleId(bundle) if bundle else None,
            answer=self.answer.answer() if self.answer else None,
        )
