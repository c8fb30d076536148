"""The shape of `rules/colours.toml`: which warning gives which colour of the safety code."""

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import Field, model_validator

from data.civic.errors import BadInput
from data.civic.knowing.colour_rules import CodeColour, ColourRules, ResponseRule, SignalRule
from data.civic.risks import RiskTag
from data.civic.warning.messages import Colour
from data.civic.warning.responses import Level
from data.content.shapes.shape import Shape, Text, wrong


class SignalShape(Shape):
    """What a warning gives."""

    since: Colour
    gives: CodeColour
    tags: tuple[RiskTag, ...] = ()

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        _possible(self.record)
        return self

    def record(self) -> SignalRule:
        """Make the record."""
        return SignalRule(since=self.since, gives=self.gives, tags=frozenset(self.tags))


class ResponseShape(Shape):
    """What a response gives."""

    since: Level
    gives: CodeColour
    tags: tuple[RiskTag, ...] = ()

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        _possible(self.record)
        return self

    def record(self) -> ResponseRule:
        """Make the record."""
        return ResponseRule(since=self.since, gives=self.gives, tags=frozenset(self.tags))


class ColoursFile(Shape):
    """`rules/colours.toml`; the file may be absent, then the rules of the house hold."""

    moved: CodeColour
    awaits_return: CodeColour
    needs_transfer: CodeColour
    needs_hand: CodeColour
    passes_over: tuple[Text, ...] = ()
    signal: Annotated[tuple[SignalShape, ...], Field(min_length=1)]
    response: Annotated[tuple[ResponseShape, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        _possible(self.record)
        return self

    def record(self) -> ColourRules:
        """Make the record."""
        return ColourRules(
            signals=tuple(one.record() for one in self.signal),
            responses=tuple(one.record() for one in self.response),
            moved=self.moved,
            awaits_return=self.awaits_return,
            needs_transfer=self.needs_transfer,
            needs_hand=self.needs_hand,
            passes_over=frozenset(self.passes_over),
        )


def _possible(record: Callable[[], object]) -> None:
    try:
        record()
    except BadInput as error:
        raise wrong("impossible_colour", str(error)) from error
