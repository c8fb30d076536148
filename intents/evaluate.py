"""How well does the ear hear? Accuracy, and what is answered wrongly."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from data.civic.ids import NOT_OURS, IntentId
from data.civic.labels import Next
from data.civic.talk.messages import Understanding
from intents.understand import Ear

Row = tuple[str, IntentId, float]
"""A text, its intent or `other`, and its weight."""

_PASSED_ON = frozenset({Next.REFUSE, Next.SEARCH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Shares of the weight, 0 to 1; `other` is right when it is refused or searched."""

    rows: int
    accuracy: float
    """The best guess is right."""
    top3: float
    """The right one is among the best three."""
    macro_f1: float
    """F1 of every intent that occurs in the rows, their mean."""
    answered: float
    """Answered without asking back."""
    wrong_answered: float
    """Of what was answered: answered wrongly."""
    confused: tuple[tuple[IntentId, IntentId, float], ...]
    """What was meant, what was heard, its weight; the heaviest first."""


def evaluate(ear: Ear, rows: Iterable[Row]) -> Report:
    """Let the ear hear every row and count."""
    tally = _Tally()
    for text, meant, weight in rows:
        tally.add(ear.understand(text), meant, weight)
    return tally.report()


def heard(understanding: Understanding, meant: IntentId) -> IntentId:
    """Tell what a row counts as: what is not ours is heard by being passed on."""
    guess = understanding.intent or NOT_OURS
    if meant != NOT_OURS:
        return guess
    return NOT_OURS if understanding.next in _PASSED_ON else guess


class _Tally:
    """Sums of weight, row by row."""

    def __init__(self) -> None:
        self.rows = 0
        self.pairs: defaultdict[tuple[IntentId, IntentId], float] = defaultdict(float)
        self.total = self.top3 = self.answered = self.wrong = 0.0

    def add(self, understanding: Understanding, meant: IntentId, weight: float) -> None:
        guess = heard(understanding, meant)
        best = [candidate.intent for candidate in understanding.candidates[:3]]
        self.rows += 1
        self.total += weight
        self.pairs[meant, guess] += weight
        self.top3 += weight * (guess == meant or meant in best)
        if understanding.next is Next.ANSWER:
            self.answered += weight
            self.wrong += weight * (understanding.intent != meant)

    def report(self) -> Report:
        right = sum(weight for (meant, guess), weight in self.pairs.items() if meant == guess)
        wrong = [(*pair, weight) for pair, weight in self.pairs.items() if pair[0] != pair[1]]
        return Report(
            rows=self.rows,
            accuracy=_share(right, self.total),
            top3=_share(self.top3, self.total),
            macro_f1=self._macro_f1(),
            answered=_share(self.answered, self.total),
            wrong_answered=_share(self.wrong, self.answered),
            confused=tuple(sorted(wrong, key=lambda one: (-one[2], one[0], one[1]))),
        )

    def _macro_f1(self) -> float:
        meant: defaultdict[IntentId, float] = defaultdict(float)
        guessed: defaultdict[IntentId, float] = defaultdict(float)
        for (intent, guess), weight in self.pairs.items():
            meant[intent] += weight
            guessed[guess] += weight
        each = [
            _share(2 * self.pairs.get((intent, intent), 0.0), meant[intent] + guessed[intent])
            for intent in meant
        ]
        return _share(sum(each), len(each))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
