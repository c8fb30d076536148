"""The way to a human: put the citizen in the line and say what happens next."""

from dataclasses import replace

from data.civic.labels import Outcome
from data.civic.privacy import mask
from data.civic.talk.conversations import Attention, CallHuman
from data.civic.talk.messages import Reply, Turn
from data.civic.talk.unanswered import Why
from handlers.acts import keep_question
from handlers.asked_before import question_in, said_before
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
    said = await said_before(turn, office)
    if not waits:
        asked = question_in(turn, said)
        await keep_question.keep(turn, office, Why.HANDED_OVER, asked=asked)
    words = say(turn.release, key, hotline=turn.release.rules.hotline)
    made = reply(turn, Outcome.HANDED_OVER, words)
    before = [line.text[:LONGEST] for line in said[-1:]]
    # Staff are told what it is about: the words before, and those by which a human was wanted.
    question = " → ".join((*before, mask(turn.message.text)))
    return replace(made, moves=(CallHuman(question=question),))
