"""Trials: files of questions that staff put to the assistant, and what came of each question."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from data.civic.ids import DraftId, IntentId, ReleaseId, StaffId
from data.civic.knowing.verdicts import Verdict
from data.civic.labels import Aspect

TrialId = NewType("TrialId", str)


class TrialKind(StrEnum):
    """What is asked for."""

    TRYOUT = "tryout"
    """Questions that citizens asked elsewhere: what would become of them?"""
    TEST = "test"
    """Questions with the answers that are expected."""

    @property
    def kept(self) -> timedelta:
        """Tell how long it is kept: citizens' own words a month, tests a year."""
        return timedelta(days=30 if self is TrialKind.TRYOUT else 365)


class TrialState(StrEnum):
    """How far it is."""

    RUNNING = "running"
    DONE = "done"
    BROKEN = "broken"
    """It was not run to its end: begin it again."""


class Missed(StrEnum):
    """In what a test's question was not answered as expected."""

    INTENT = "intent"
    ASPECT = "aspect"
    PHRASE = "phrase"
    ANSWER = "answer"
    """It was not answered at all: choices were offered, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a question is expected to be answered with; None and the empty text: anything."""

    intent: IntentId | None = None
    aspect: Aspect | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRow:
    """One question of a trial, masked, with what came of it."""

    number: int
    where: str
    text: str = field(repr=False)
    times: int
    verdict: Verdict
    intent: IntentId | None
    confidence: float
    said: str = field(repr=False)
    gist: str = field(repr=False, default="")
    aspect: Aspect | None = None
    expected: Expected = Expected()
    missed: tuple[Missed, ...] = ()
    marked: bool = False
    """Somebody said that it was answered wrongly, or is worth teaching: it is in the inbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A file of questions, put to one release or draft."""

    id: TrialId
    kind: TrialKind
    file: str
    by: StaffId
    at: datetime
    release: ReleaseId
    draft: DraftId | None = None
    content: str = ""
    """What the draft read like: its content digest."""
    state: TrialState = TrialState.RUNNING
    questions: int = 0
    """How many different ones."""
    asked: int = 0
    """With those that stand twice."""
    empty: int = 0
    faults: tuple[str, ...] = ()
    """Cells that were not read, each by its address."""
    counts: dict[str, int] = field(default_factory=dict)
    """Verdict, or `right` and `wrong` of a test → how many were asked."""


def missed(expected: Expected, row: TrialRow) -> tuple[Missed, ...]:
    """Tell in what a row is not as expected."""
    found = []
    if row.verdict not in (Verdict.ANSWERED, Verdict.DANGER):
        found.append(Missed.ANSWER)
    if expected.intent is not None and row.intent != expected.intent:
        found.append(Missed.INTENT)
    if expected.aspect is not None and row.aspect != expected.aspect:
        found.append(Missed.ASPECT)
    if expected.phrase and expected.phrase not in row.said:
        found.append(Missed.PHRASE)
    return tuple(found)
