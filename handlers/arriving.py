"""Somebody to whom an order was sent tells where they are: 我到了, 到学校了, 在亲戚家."""

from collections.abc import Mapping
from dataclasses import replace

from data.civic.ids import IntentId
from data.civic.labels import Outcome
from data.civic.privacy import mask
from data.civic.talk.conversations import Await, Awaited, Option
from data.civic.talk.messages import Choices, Reply, Turn
from handlers import answer_words
from handlers.acts.answer_warning import sent_to, tells_to_leave
from handlers.clarifying import QUESTION
from handlers.office import Office
from handlers.word_lists import bare, listed
from handlers.wording import reply, say, written

CODE, RECEIVED = IntentId("safety_code"), IntentId("warning_ack")
CHOSEN = "answer"
"""The slot under which a tap on what was meant is awaited."""
LONGEST = 20
"""Characters of a message that says where somebody is, and nothing else."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "arriving_ask": ("hotline",),
    "arriving_words": (),
    "arriving_words_beside": (),
}


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Ask what of it is to be written down; None: nothing was sent that tells to leave."""
    release, text = turn.release, turn.understanding.text
    if len(text) > LONGEST or not _says_where(turn):
        return None
    sent = await sent_to(office, turn.conversation.key.id)
    real = (one for one in sent if not one.informing.drill)
    if not any(tells_to_leave(release, one.informing, one.row) for one in real):
        return None
    options = (
        Option(label=written(release, "answer_option_safe")),
        Option(label=written(release, "pressing_safety_code"), intent=CODE),
        Option(label=written(release, "answer_option_received")),
    )
    asked = ((QUESTION, mask(turn.message.text)),)
    awaited = Awaited(intent=RECEIVED, slot=CHOSEN, options=options, answers=asked)
    words = say(release, "arriving_ask", hotline=release.rules.hotline)
    made = reply(turn, Outcome.CLARIFYING, words, Choices(options=options))
    return replace(made, moves=(Await(awaited=awaited),))


def _says_where(turn: Turn) -> bool:
    """Say whether a message is put together of where one is, and words that do no harm."""
    release, text = turn.release, turn.message.text
    places = listed(release, "arriving_words")
    if answer_words.asks(text) or not any(one in text for one in places):
        return False
    beside = listed(release, "arriving_words_beside")
    return answer_words.only(bare(text), places, (*beside, *release.rules.replies.harmless))
