"""A tryout: what the assistant would have made of questions that citizens asked elsewhere."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.civic.ids import IntentId, ReleaseId
from data.civic.knowing.trials import TrialRow
from data.civic.knowing.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was sent in; how often it stands there, and where first."""

    text: str = field(repr=False)
    where: str
    """The address of its cell, or its line."""
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Questions that mean nearly the same and were not answered; the most frequent first."""

    questions: tuple[TrialRow, ...]

    @property
    def count(self) -> int:
        """Tell how often it was asked."""
        return sum(one.times for one in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tryout:
    """All of it, of one file with one release."""

    file: str
    release: ReleaseId
    questions: tuple[TrialRow, ...]
    gaps: tuple[Gap, ...]
    empty: int = 0
    """Rows in which nothing stands."""

    @property
    def asked(self) -> int:
        """Tell how many questions there were, with those that stand twice."""
        return sum(one.times for one in self.questions)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """Count questions by verdict, with those that stand twice."""
        found = Counter[Verdict]()
        for one in self.questions:
            found[one.verdict] += one.times
        return {verdict: found[verdict] for verdict in Verdict}

    def share(self, verdict: Verdict) -> float:
        """Tell the share of a verdict, 0 to 1."""
        return self.counts[verdict] / self.asked if self.asked else 0.0

    def samples(self, verdict: Verdict, limit: int) -> Sequence[TrialRow]:
        """Pick questions of a verdict: the most frequent first, each intent in its turn."""
        by_intent: dict[IntentId | None, list[TrialRow]] = {}
        for one in sorted(self.questions, key=lambda one: -one.times):
            if one.verdict is verdict:
                by_intent.setdefault(one.intent, []).append(one)
        turns = [
            (turn, place, one)
            for place, many in enumerate(by_intent.values())
            for turn, one in enumerate(many)
        ]
        return [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])[:limit]]
