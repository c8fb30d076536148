"""Find approved words of a guide that staff can put into an answer."""

from dataclasses import dataclass

from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.guides import ELEMENT_OF, Guide, Standing
from data.civic.labels import Aspect
from data.civic.people import Staff
from data.civic.talk.messages import Say
from handlers import guide_words
from handlers.acts.serve_citizen import SERVE
from handlers.acts.tell_citizen import LONGEST
from handlers.office import Office
from intents.search import Hit

HITS = 6
WORDS = 100
"""Characters that are searched for."""
SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Approved words of a guide: of one aspect, or in short."""

    name: str
    """The aspect, or `summary`."""
    text: str


def search(office: Office, staff: Staff, words: str) -> tuple[Hit, ...]:
    """Find the guides that are still valid by words, best first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SERVE)
    found = office.search.search(words[:WORDS], HITS)
    return tuple(one for one in found if not _expired(office, office.release.guides[one.guide]))


def pieces(office: Office, staff: Staff, guide: str, area: AreaCode) -> tuple[Piece, ...]:
    """Tell what a guide says to a citizen of an area, as far as it fits into one message.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such guide, or it is no longer valid.
    """
    staff.must(*SERVE)
    found = office.release.guides.get(GuideId(guide))
    if found is None or _expired(office, found):
        raise NotFound(f"no valid guide {guide}: search again")
    shown = guide_words.shown(office, found, area=area, situation=None)
    stated = [
        one for one in Aspect if shown.element(ELEMENT_OF[one]).standing is not Standing.NOT_STATED
    ]
    told = {SUMMARY: guide_words.summary(shown)}
    told |= {one.value: guide_words.aspect(shown, one) for one in stated}
    return tuple(
        Piece(name=name, text=text) for name, said in told.items() if (text := _fitting(said))
    )


def _fitting(said: Say) -> str:
    """Take the full words, or the plain ones where the full ones are too long for a message."""
    return next((one for one in (said.full, said.plain) if 0 < len(one) <= LONGEST), "")


def _expired(office: Office, guide: Guide) -> bool:
    return guide.expired(local(office.clock.now()).date())
