"""The citizen says that an answer did not help: keep the question it was given to."""

from collections.abc import Mapping
from dataclasses import replace

from data.civic.labels import Outcome
from data.civic.talk.messages import Reply, Turn
from data.civic.talk.unanswered import Why
from handlers.acts import keep_question
from handlers.asked_before import complains, question_in, said_before
from handlers.office import Office
from handlers.wording import reply, say

WORDS: Mapping[str, tuple[str, ...]] = {"useless_noted": ("hotline",)}

ANSWERED = frozenset({Outcome.ANSWERED, Outcome.SIGNPOSTED})


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Keep what was answered uselessly, and tell the way on; None when nothing was answered."""
    if not complains(turn, turn.message.text):
        return None
    said = await said_before(turn, office)
    if not said:
        return None
    if complains(turn, said[-1].text):  # said twice: it was kept
        return _noted(turn)
    asked = question_in(turn, said)
    if asked is None or asked.reply is None or asked.reply.outcome not in ANSWERED:
        return None
    await keep_question.keep(turn, office, Why.USELESS, asked=asked)
    return _noted(turn)


def _noted(turn: Turn) -> Reply:
    words = say(turn.release, "useless_noted", hotline=turn.release.rules.hotline)
    return replace(reply(turn, Outcome.SIGNPOSTED, words), intent=None, aspect=None)
