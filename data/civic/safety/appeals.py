"""An appeal against the colour of one's code: asked by who sees it, answered by another officer."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AppealId, AreaCode, ConversationId, PersonId, StaffId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.safety.colours import Colouring, Reason

LONGEST = 500
"""Characters of an appeal, and of its answer."""


class Outcome(StrEnum):
    """What became of an appeal."""

    UPHELD = "upheld"
    """The person is right: marks by hand end, the roster is corrected where it is wrong."""
    EXPLAINED = "explained"
    """The colour is right: the answer says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The colour that was appealed against, as it was shown."""

    colour: CodeColour
    reason: Reason
    rules: str
    inputs: str

    @classmethod
    def of(cls, colouring: Colouring) -> "Shown":
        """Keep what a colouring showed."""
        return cls(
            colour=colouring.colour,
            reason=colouring.reason,
            rules=colouring.rules,
            inputs=colouring.inputs,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an officer says to it."""

    outcome: Outcome
    words: str = field(repr=False)
    by: StaffId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One appeal of a person, or of who speaks for the person.

    Raises:
        BadInput: it says nothing, or too much.
    """

    id: AppealId
    person: PersonId
    village: AreaCode
    conversation: ConversationId = field(repr=False)
    """Where the answer goes."""
    shown: Shown
    words: str = field(repr=False)
    at: datetime
    answer: Answer | None = None
    version: int = 0

    def __post_init__(self) -> None:
        worded(self.words)

    @property
    def open(self) -> bool:
        """Say whether nobody has answered."""
        return self.answer is None


def worded(text: str) -> str:
    """Let words pass that somebody can act on.

    Raises:
        BadInput: there are none, or too many.
    """
    words = text.strip()
    if not 1 <= len(words) <= LONGEST:
        raise BadInput(f"say in 1 to {LONGEST} characters what is not right")
    return words


def reply(appeal: Appeal, answer: Answer, *, concerned: Collection[StaffId]) -> Appeal:
    """Answer an appeal; `concerned` are those whose marks it is about. Idempotent.

    Raises:
        Conflict: one's own mark is meant, or it is answered already.
    """
    if appeal.answer is not None:
        same = (appeal.answer.by, appeal.answer.outcome, appeal.answer.words)
        if same == (answer.by, answer.outcome, answer.words):
            return appeal
        raise Conflict("the appeal is answered already")
    if answer.by in concerned:
        raise Conflict("it is about your own mark: a different officer has to answer")
    worded(answer.words)
    return replace(appeal, answer=answer, version=appeal.version + 1)
