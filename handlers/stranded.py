"""Who says that there is no car, or no way to leave, while there is danger, is helped at once.

The warnings ask for just these words: so they are a call for help from everybody, registered or
not, in whatever way they were understood.
"""

from collections.abc import Mapping

from data.civic.labels import Next
from data.civic.talk.messages import Turn
from handlers import answer_words
from handlers.clarifying import NEED_HELP
from handlers.here import in_danger
from handlers.office import Office
from handlers.word_lists import holds

LONGEST = 30
"""Characters of a text that says a need, and tells no story."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "stranded_words": (),
    "stranded_words_errand": (),
}


async def is_said(turn: Turn, office: Office) -> bool:
    """Say whether somebody cannot leave where there is danger; an errand is none."""
    return _sounds(turn) and await in_danger(turn, office)


def _sounds(turn: Turn) -> bool:
    """Say whether a need is told: one that is plain, or any where nothing was surely understood."""
    release, heard = turn.release, turn.understanding
    text, sure = heard.text, heard.next is Next.ANSWER
    if len(text) > LONGEST or heard.slots.elsewhere is not None:
        return False
    if sure and heard.intent == NEED_HELP:
        return False
    plain = holds(release, "stranded_words", text)
    if not plain and (sure or not answer_words.needs(release.rules.replies, text)):
        return False
    return not holds(release, "stranded_words_errand", text)
