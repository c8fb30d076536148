"""Whether it is over: 我想回家, 现在安全吗, 还用走吗, where an order stands or was just lifted."""

from collections.abc import Mapping

from data.civic.ids import IntentId
from data.civic.labels import Next
from data.civic.talk.messages import MessageKind, Turn
from handlers import answer_words
from handlers.acts.released_returns import released_returns
from handlers.here import here
from handlers.office import Office
from handlers.standing import GREETINGS
from handlers.word_lists import bare, holds, listed

EVACUATION = IntentId("evacuation")
LONGEST = 16
"""Characters of a question that asks whether it is over, and nothing else."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "back_words": (),
    "back_words_not": (),
    "back_words_news": (),
    "back_words_beside": (),
}


async def is_asked(turn: Turn, office: Office) -> bool:
    """Say whether it is asked how it stands with leaving and going back, and there is an answer."""
    if turn.message.kind is not MessageKind.TEXT or not _may_ask(turn):
        return False
    found = (await here(turn, office)).in_force
    return bool(found.orders or found.returns or await released_returns(office, found))


def _may_ask(turn: Turn) -> bool:
    """Say whether a message asks whether it is over, or how things are and nothing else."""
    heard, release = turn.understanding, turn.release
    if len(heard.text) > LONGEST or holds(release, "back_words_not", heard.text):
        return False
    sure = heard.next is Next.ANSWER and heard.intent not in {EVACUATION, *GREETINGS}
    return _asks_news(turn) or (not sure and holds(release, "back_words", heard.text))


def _asks_news(turn: Turn) -> bool:
    """Say whether a message is put together of how things are, and words that do no harm."""
    release, text = turn.release, turn.understanding.text
    news = listed(release, "back_words_news")
    if not any(one in text for one in news):
        return False
    beside = listed(release, "back_words_beside")
    return answer_words.only(bare(text), news, (*beside, *release.rules.replies.harmless))
