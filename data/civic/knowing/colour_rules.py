"""Which warning and which response gives which colour of the safety code, as a release says it."""

from dataclasses import dataclass, field
from enum import StrEnum

from data.civic.errors import BadInput
from data.civic.risks import RiskTag
from data.civic.warning.messages import Colour
from data.civic.warning.responses import Level


class CodeColour(StrEnum):
    """The colour of a safety code, the mildest first; shown as a word as well, always."""

    GREEN = "green"
    GREY = "grey"
    """Nobody knows: a feed is silent, or there is none."""
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    """A transfer order is in force, and nothing says that the person has left."""

    @property
    def rank(self) -> int:
        """Tell how urgent it is: 0 for green to 4 for red."""
        return _RANKS[self]


_RANKS = {colour: rank for rank, colour in enumerate(CodeColour)}

GIVEN = frozenset({CodeColour.YELLOW, CodeColour.ORANGE})
"""What a rule may give: red comes of an order alone, green and grey of nothing being known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRule:
    """A warning of this colour or a more severe one gives that colour.

    Raises:
        BadInput: no rule can give this colour.
    """

    since: Colour
    gives: CodeColour
    tags: frozenset[RiskTag] = frozenset()
    """For whom; none: for everybody."""

    def __post_init__(self) -> None:
        given(self.gives)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRule:
    """A response at this level or a higher one gives that colour.

    Raises:
        BadInput: no rule can give this colour.
    """

    since: Level
    gives: CodeColour
    tags: frozenset[RiskTag] = frozenset()
    """For whom; none: for everybody."""

    def __post_init__(self) -> None:
        given(self.gives)


def given(colour: CodeColour) -> CodeColour:
    """Let a colour pass that a rule can give.

    Raises:
        BadInput: it is another's to give.
    """
    if colour is CodeColour.RED:
        raise BadInput("red comes of a transfer order in force alone: give orange or yellow")
    if colour not in GIVEN:
        raise BadInput(f"{colour} means that nothing is in force: give orange or yellow")
    return colour


_SIGNALS = (
    SignalRule(since=Colour.ORANGE, gives=CodeColour.ORANGE, tags=frozenset(RiskTag)),
    SignalRule(since=Colour.WHITE, gives=CodeColour.YELLOW, tags=frozenset(RiskTag)),
    SignalRule(since=Colour.RED, gives=CodeColour.ORANGE),
    SignalRule(since=Colour.YELLOW, gives=CodeColour.YELLOW),
)
_RESPONSES = (
    ResponseRule(since=Level.II, gives=CodeColour.ORANGE),
    ResponseRule(since=Level.IV, gives=CodeColour.YELLOW),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourRules:
    """The rules of one release; of several that fit, the most urgent counts.

    Source: our own design after the safety codes of Wenzhou (2021, 2023); no county's notice.

    Raises:
        BadInput: a colour that no rule can give, or somebody would be green under a red warning.
    """

    signals: tuple[SignalRule, ...] = _SIGNALS
    responses: tuple[ResponseRule, ...] = _RESPONSES
    moved: CodeColour = CodeColour.ORANGE
    """An order is in force, and the person has left: do not go back."""
    awaits_return: CodeColour = CodeColour.YELLOW
    """The order is lifted; the houses are not checked, or the return is not released."""
    needs_transfer: CodeColour = CodeColour.ORANGE
    """Somebody who answers for the person has said so."""
    needs_hand: CodeColour = CodeColour.YELLOW
    passes_over: frozenset[str] = field(default_factory=frozenset)
    """Words in the name of a warning by which it says nothing of leaving: heat, fog."""

    def __post_init__(self) -> None:
        for one in (self.moved, self.awaits_return, self.needs_transfer, self.needs_hand):
            given(one)
        if not any(not one.tags for one in self.signals):
            raise BadInput("a red warning gives nobody without a risk a colour: write such a rule")
        if not any(one.since is Level.IV and not one.tags for one in self.responses):
            raise BadInput("a response at IV gives nobody a colour: it would look like all clear")
