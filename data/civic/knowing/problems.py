"""Why a draft could not be published: one reason, and what it is about, line by line."""

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """The reasons, each with what its lines are."""

    CLASH = "clash"
    """Another release changed the same; a file and its keys each."""
    MISTAKES = "mistakes"
    """The content is wrong; file, line and what to do each."""
    GOLDEN = "golden"
    """A golden question fails; question, why, wanted and got each, divided by tabs."""
    SAMPLES = "samples"
    """In production something is still a sample; a department and what is left each."""
    TRAINING = "training"
    """The model could not be made; one line, the reason in one word."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A reason, and what it is about."""

    trouble: Trouble
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write it as a draft keeps it: the reason, then the lines."""
        return "\n".join([self.trouble, *(line.replace("\n", " ") for line in self.lines)])


def problem_of(text: str) -> Problem:
    """Read what `str` wrote; what nobody wrote so is of no known reason."""
    first, *lines = text.splitlines() or [""]
    if first in set(Trouble):
        return Problem(trouble=Trouble(first), lines=tuple(lines))
    return Problem(trouble=Trouble.OTHER, lines=tuple(text.splitlines()))
