"""The way to a human: put the citizen in the line and say what happens next."""

from dataclasses import replace

from data.civic.labels import Outcome
from data.civic.privacy import mask
from data.civic.talk.conversations import FORGET_AFTER, Attention, CallHuman
from data.civic.talk.messages import Reply, Turn
from data.civic.talk.unanswered import Why
from handlers.acts import keep_question
from handlers.desk import Desk
from handlers.office import Office
from handlers.wording import reply, say

desk = Desk("handover", words={"handover": ("hotline",), "handover_waiting": ("hotline",)})


LONGEST = 500
"""So many characters of the words before are shown in the list of those who wait."""


@desk.on("human")
async def hand_over(turn: Turn, office: Office) -> Reply:
    """Put the citizen in the line; who already waits is told so."""
    waits = turn.conversation.attention is Attention.WAITING
    key = "handover_waiting" if waits else "handover"
    question = await _question(turn, office)
    if not waits:
        asked = replace(turn, answers={"question": question})
        await keep_question.keep(asked, office, Why.HANDED_OVER)
    words = say(turn.release, key, hotline=turn.release.rules.hotline)
    made = reply(turn, Outcome.HANDED_OVER, words)
    return replace(made, moves=(CallHuman(question=question),))


async def _question(turn: Turn, office: Office) -> str:
    """Tell staff what it is about: the words before, and those by which a human was wanted."""
    now, key = turn.message.sent_at, turn.conversation.key.id
    lines = await office.stores.messages.history(key, before=None, limit=1)
    said = [line for line in lines if line.text and line.staff is None]
    before = [line.text[:LONGEST] for line in said if now - line.at < FORGET_AFTER]
    return " → ".join((*before, mask(turn.message.text)))
