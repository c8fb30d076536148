"""Learn a release's intents from its examples: one model file out."""

from collections.abc import Callable

from data.civic.ids import NOT_OURS
from data.civic.knowing.guides import Guide
from data.civic.knowing.releases import Labelled, Release
from intents.artifact import write_model
from intents.features import Features
from intents.model import fit

Report = Callable[[float], None]


def train(release: Release, *, report: Report | None = None) -> bytes:
    """Fit the ear of a release; the same release gives the same bytes.

    Takes seconds of CPU: keep it off the event loop. `report` is told how far it is, 0 to 1.

    Raises:
        BadInput: fewer than two intents have examples.
    """
    tell = report or _nobody
    tell(0.0)
    listen = Features(release.lexicon)
    tell(0.1)
    weights = fit(lessons(release), listen)
    tell(0.9)
    file = write_model(weights)
    tell(1.0)
    return file


def lessons(release: Release) -> list[Labelled]:
    """List what to learn from: examples, guides in their own words, and what is not ours."""
    rows = [Labelled(text=text, intent=NOT_OURS) for text in release.other]
    for intent in release.intents.values():
        told = _told(release.guide_of(intent.id))
        texts = dict.fromkeys((*intent.examples, intent.title, *told))
        rows += [Labelled(text=text, intent=intent.id) for text in texts]
    return rows


def _told(guide: Guide | None) -> tuple[str, ...]:
    return (guide.title, guide.summary.full, *guide.everyday) if guide else ()


def _nobody(_share: float) -> None:
    return
