"""What each table of the lexicon brings: the held-out sentences, heard with and without it.

`python -m tests.bench.lexicon` trains once for each table that is left out. A table that brings
nothing is only kept for what the sentences do not show, and `data/content/lexicon/` says so.
"""

from dataclasses import replace

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.first_release import checked
from data.civic.knowing.releases import Lexicon, Release
from data.content.files import shipped
from handlers.directory import directory
from intents.artifact import digest_of, open_model
from intents.evaluate import Report, evaluate
from intents.train import train
from intents.understand import Ear


def main() -> None:
    """Train with everything and with each table left out, and print what is heard rightly."""
    release = checked(directory(), shipped())
    table = Table("lexicon", "top-1", "top-3", "answered", "wrong when answered")
    for name, lexicon in track(_without(release.lexicon).items(), "training"):
        report = _measured(replace(release, lexicon=lexicon))
        shares = (report.accuracy, report.top3, report.answered, report.wrong_answered)
        table.add_row(name, *(f"{share:.1%}" for share in shares))
    Console(highlight=False).print(table)


def _without(lexicon: Lexicon) -> dict[str, Lexicon]:
    return {
        "whole": lexicon,
        "without words": replace(lexicon, words=()),
        "without variants": replace(lexicon, variants=()),
        "without fillers": replace(lexicon, fillers=()),
    }


def _measured(release: Release) -> Report:
    model = train(release)
    ear = Ear(release, open_model(model, digest=digest_of(model)))
    asked = [row for row in release.held_out if row.intent in release.intents]
    return evaluate(ear, [(row.text, row.intent, 1.0) for row in asked])


if __name__ == "__main__":
    main()
