"""Where to be sure: five-fold cross-validation over what the ear learns from.

`python -m tests.bench.thresholds` prints, for pairs of score and margin, how much of our own
sentences would be answered, how much of that wrongly, and how much that is not ours. Held-out
sentences take no part, so that they stay a test.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.first_release import checked
from data.civic.ids import NOT_OURS, IntentId
from data.civic.knowing.releases import Labelled, Release
from data.content.files import HOME, folder
from handlers.directory import directory
from intents.features import Features
from intents.model import fit
from intents.scorer import Scorer
from intents.train import lessons

FOLDS = 5
SCORES = (-0.5, -0.45, -0.4, -0.35, -0.3, -0.25, -0.2, -0.1)
MARGINS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One sentence as a model heard it that had not learned from it."""

    meant: IntentId
    best: IntentId
    score: float
    margin: float


def main() -> None:
    """Cross-validate and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=HOME, help="a folder of content files")
    release = checked(directory(), folder(parser.parse_args().content, but="seeds/"))
    rows = sorted(lessons(release), key=lambda row: row.text)
    heard = [
        one for n in track(range(FOLDS), "cross-validating") for one in _fold(release, rows, n)
    ]
    ours = [one for one in heard if one.meant != NOT_OURS]
    right = sum(one.best == one.meant for one in ours) / len(ours)
    console = Console(highlight=False)
    console.print(f"{len(ours)} of ours, {len(heard) - len(ours)} not ours; top-1 {right:.1%}")
    console.print(_table(heard))


def _fold(release: Release, rows: Sequence[Labelled], fold: int) -> list[Heard]:
    """Learn from four fifths, hear the fifth; `rows` are in the order of their texts."""
    listen = Features(release.lexicon)
    scorer = Scorer(fit([row for n, row in enumerate(rows) if n % FOLDS != fold], listen))
    examples = {text for intent in release.intents.values() for text in intent.examples}
    asked = [
        row
        for n, row in enumerate(rows)
        if n % FOLDS == fold and (row.intent == NOT_OURS or row.text in examples)
    ]
    return [_heard(scorer, listen, row) for row in asked]


def _heard(scorer: Scorer, listen: Features, row: Labelled) -> Heard:
    scores = scorer.scores(listen(row.text))
    second, best = scores.argsort()[-2:].tolist()
    return Heard(
        meant=row.intent,
        best=scorer.intents[best],
        score=float(scores[best]),
        margin=float(scores[best] - scores[second]),
    )


def _table(heard: list[Heard]) -> Table:
    table = Table("score", "margin", "ours answered", "of these wrong", "not ours answered")
    for score, margin in product(SCORES, MARGINS):
        given = [h for h in heard if h.best != NOT_OURS and h.score >= score and h.margin >= margin]
        ours = [h for h in given if h.meant != NOT_OURS]
        wrong = sum(h.best != h.meant for h in ours)
        all_ours = sum(h.meant != NOT_OURS for h in heard)
        shares = (
            len(ours) / all_ours,
            wrong / max(1, len(ours)),
            (len(given) - len(ours)) / max(1, len(heard) - all_ours),
        )
        table.add_row(f"{score:g}", f"{margin:g}", *(f"{share:.1%}" for share in shares))
    return table


if __name__ == "__main__":
    main()
