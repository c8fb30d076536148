"""A drill in the chat: said to be one wherever it is spoken of, and it hides nothing real."""

from collections.abc import Mapping
from dataclasses import replace

from data.civic.labels import Next, Outcome
from data.civic.sending.informing import Informing
from data.civic.talk.messages import MessageKind, Reply, Say, Turn
from handlers import warning_words
from handlers.acts.answer_warning import sent_to
from handlers.going_back import EVACUATION
from handlers.here import here
from handlers.office import Office
from handlers.word_lists import holds
from handlers.wording import reply, say

LONGEST = 16
"""Characters of a question that asks whether it is a drill, and nothing else."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "drill_answered": (),
    "drill_is_one": ("title", "hotline"),
    "drill_nothing_real": ("hotline",),
    "drill_words": (),
}


def note(turn: Turn, informing: Informing) -> tuple[Say, ...]:
    """Say over an answer to a drill that it is one; of what is real nothing is said."""
    return (say(turn.release, "drill_answered"),) if informing.drill else ()


async def answer(turn: Turn, office: Office) -> Reply | None:
    """Tell who was sent a drill that it is one, and what is real beside it; None: no drill."""
    if turn.message.kind is not MessageKind.TEXT or not _may_ask(turn):
        return None
    sent = await sent_to(office, turn.conversation.key.id)
    drill = next((one.informing for one in sent if one.informing.drill), None)
    if drill is None:
        return None
    release, found = turn.release, (await here(turn, office)).in_force
    hotline = release.rules.hotline
    real = warning_words.standing_over(release, found)
    quiet = () if real else (say(release, "drill_nothing_real", hotline=hotline),)
    title = drill.words.text.strip().splitlines()[0]
    one = say(release, "drill_is_one", title=title, hotline=hotline)
    made = reply(turn, Outcome.ANSWERED, *real, one, *quiet)
    return replace(made, intent=EVACUATION, aspect=None)


def _may_ask(turn: Turn) -> bool:
    heard = turn.understanding
    sure = heard.next is Next.ANSWER and heard.intent != EVACUATION
    if sure or len(heard.text) > LONGEST or holds(turn.release, "back_words_not", heard.text):
        return False
    return holds(turn.release, "drill_words", heard.text)
