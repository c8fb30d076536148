"""Learn a release's intents from its examples: one model file out."""

from collections.abc import Callable, Sequence

from data.civic.ids import NOT_OURS
from data.civic.knowing.guides import Guide
from data.civic.knowing.releases import Labelled, Lexicon, Release
from intents.artifact import write_model
from intents.features import Features
from intents.model import fit

Report = Callable[[float], None]

PREPARED, HEARD, FITTED = 0.12, 0.32, 0.87
"""How far it is when the lexicon is read, every lesson was heard, and the model is fitted.

Measured 2026-11-22 on release one (10,117 lessons, 5.4 s); the fitting itself goes in one go.
"""


def train(release: Release, *, report: Report | None = None) -> bytes:
    """Fit the ear of a release; the same release gives the same bytes.

    Takes seconds of CPU: keep it off the event loop. `report` is told how far it is, 0 to 1.

    Raises:
        BadInput: fewer than two intents have examples.
    """
    return learn(release.lexicon, lessons(release), report=report)


def learn(lexicon: Lexicon, rows: Sequence[Labelled], *, report: Report | None = None) -> bytes:
    """Fit an ear to lessons: all that a model is made of, besides the engine.

    Raises:
        BadInput: fewer than two intents have examples.
    """
    tell = report or _nobody
    tell(0.0)
    listen = _Counting(Features(lexicon), len(rows), tell)
    tell(PREPARED)
    weights = fit(rows, listen)
    tell(FITTED)
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


class _Counting:
    """Listens to every lesson once, and tells after each hundredth of them how far it is."""

    def __init__(self, listen: Features, rows: int, tell: Report) -> None:
        self._listen = listen
        self._tell = tell
        self._each = max(1, rows // 100)
        self._rows = max(1, rows)
        self._heard = 0

    def __call__(self, text: str) -> set[str]:
        self._heard += 1
        if self._heard % self._each == 0:
            self._tell(PREPARED + (HEARD - PREPARED) * self._heard / self._rows)
        return self._listen(text)
