"""Write the report of a tryout: a page that stands alone, and a table."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import jinja2

from bot.workbooks.csv_cells import cell
from data.civic.errors import Mistake
from data.civic.ids import NOT_OURS, IntentId
from data.civic.knowing.releases import Release
from data.civic.knowing.tryouts import Tryout
from data.civic.knowing.verdicts import Verdict

SAMPLES = 40
"""Answers that somebody may look through in a quarter of an hour."""

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["cell"] = cell


def page_of(tryout: Tryout, release: Release, faults: Sequence[Mistake]) -> str:
    """Write the page: no script, nothing from elsewhere, fit to be printed."""
    return _TEMPLATES.get_template("report.html").render(_given(tryout, release, faults))


def table_of(tryout: Tryout, release: Release, faults: Sequence[Mistake]) -> bytes:
    """Write the table as CSV that Excel opens; no cell is a formula."""
    text = _TEMPLATES.get_template("report.csv").render(_given(tryout, release, faults))
    return text.replace("\n", "\r\n").encode()


def _given(tryout: Tryout, release: Release, faults: Sequence[Mistake]) -> Mapping[str, object]:
    words = _TEMPLATES.get_template("words.html").module
    return {
        "tryout": tryout,
        "faults": faults,
        "samples": tryout.samples(Verdict.ANSWERED, SAMPLES),
        "verdicts": words.verdicts,  # type: ignore[attr-defined]
        "title": _titles(release),
    }


def _titles(release: Release) -> Callable[[IntentId | None], str]:
    def title(intent: IntentId | None) -> str:
        known = release.intents.get(intent or NOT_OURS)
        return known.title if known else ""

    return title
