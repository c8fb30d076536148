"""Fit the ear on any labelled texts and measure it: how right, how soon, how fast."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter, thread_time_ns

from data.civic.ids import IntentId
from data.civic.knowing.releases import Labelled, Release
from intents.evaluate import evaluate
from intents.features import Features
from intents.model import fit
from intents.scorer import Scorer
from intents.tokens import reference_cut
from intents.understand import Ear

REFERENCE = "我想问一下身份证丢了怎么补办"
"""The sentence whose segmentation by jieba is the yardstick of this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Shares 0 to 1; seconds to fit; microseconds of this thread's CPU for one text."""

    accuracy: float
    macro_f1: float
    fit_seconds: float
    p50_us: float
    p99_us: float
    reference_us: float


def bench(release: Release, lessons: Sequence[Labelled], trials: Sequence[Labelled]) -> Bench:
    """Fit on `lessons`, hear every one of `trials`; all else is the release's own.

    Raises:
        BadInput: `lessons` hold fewer than two labels.
    """
    started = perf_counter()
    scorer = Scorer(fit(lessons, Features(release.lexicon)))
    took = perf_counter() - started
    ear = Ear(replace(release, intents={}), scorer)
    report = evaluate(ear, [(row.text, IntentId(row.intent), 1.0) for row in trials])
    spent = _microseconds(ear.understand, [row.text for row in trials])
    reference = _microseconds(reference_cut, [REFERENCE] * 1000)
    return Bench(
        accuracy=report.accuracy,
        macro_f1=report.macro_f1,
        fit_seconds=took,
        p50_us=_at(spent, 0.50),
        p99_us=_at(spent, 0.99),
        reference_us=_at(reference, 0.50),
    )


def _microseconds(act: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Time `act` on each text by the CPU of this thread, the quickest first."""
    spent: list[float] = []
    for text in texts:
        before = thread_time_ns()
        act(text)
        spent.append((thread_time_ns() - before) / 1000)
    return sorted(spent)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
