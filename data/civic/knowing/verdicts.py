"""Verdicts: what became of a question that was put to the assistant."""

from enum import StrEnum

from data.civic.labels import Next, Outcome


class Verdict(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    """It was answered, or the one thing that was missing was asked for."""
    CLARIFIED = "clarified"
    """Choices were offered."""
    UNKNOWN = "unknown"
    """The assistant did not know what was meant."""
    DANGER = "danger"
    """A life in danger was heard: emergency numbers and the duty officer."""
    FAILED = "failed"
    """Something broke."""


OPEN = frozenset({Verdict.CLARIFIED, Verdict.UNKNOWN, Verdict.FAILED})
"""What is worth teaching."""


def judged(next_: Next, outcome: Outcome) -> Verdict:
    """Tell what became of a question by what was heard and how the turn ended."""
    if outcome is Outcome.FAILED:
        return Verdict.FAILED
    if next_ is Next.DANGER:
        return Verdict.DANGER
    if next_ is Next.ANSWER:
        return Verdict.ANSWERED
    return Verdict.CLARIFIED if outcome is Outcome.CLARIFYING else Verdict.UNKNOWN
