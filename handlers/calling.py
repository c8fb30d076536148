"""Calls: a number typed instead of dialled, a call that nobody answers, and nobody who comes.

Nobody who has to telephone now is offered a choice of services. While there is danger in the
place, who waits in vain for somebody is in need of help.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from data.civic.ids import IntentId
from data.civic.labels import Next, Outcome
from data.civic.talk.conversations import Await, Awaited, Option, Stay
from data.civic.talk.messages import Choices, MessageKind, Reply, Turn
from handlers.clarifying import NEED_HELP, QUESTION
from handlers.forms import WHOLE_TEXT
from handlers.here import in_danger
from handlers.odd import SHOWN
from handlers.office import Office
from handlers.taking_back import HELP_OPTION
from handlers.word_lists import bare, holds, is_one
from handlers.wording import reply, say, written

CALLED = IntentId("emergency_phone")
CHOSEN = "answer"
"""The slot under which a tap on help is awaited."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "call_dial": ("hotline",),
    "call_words_numbers": (),
    "call_words_called": (),
    "call_words_unreached": (),
    "call_words_nobody": (),
    "call_words_complaint": (),
}

_NUMBER = re.compile(r"(?<!\d)(?:11[09]|12[02]|12345|12395)(?!\d)")


def answer(turn: Turn) -> Reply | None:
    """Tell who types a number, or reaches nobody at it, to dial, and to dial again."""
    if turn.message.kind is not MessageKind.TEXT or _of_a_case(turn):
        return None
    release, text = turn.release, turn.understanding.text
    typed = _NUMBER.fullmatch(bare(text)) or is_one(release, "call_words_numbers", text)
    return _dial(turn) if typed or _unreached(turn, text) else None


async def nobody_comes(turn: Turn, office: Office) -> bool:
    """Say whether somebody waits in vain where there is danger; a sure question is one."""
    heard = turn.understanding
    if heard.next is Next.ANSWER or not holds(turn.release, "call_words_nobody", heard.text):
        return False
    return await in_danger(turn, office)


def _of_a_case(turn: Turn) -> bool:
    """Say whether what is sent now is added to a call for help that stands."""
    awaited = turn.conversation.awaited
    return awaited is not None and (awaited.intent, awaited.slot) == (NEED_HELP, SHOWN)


def _unreached(turn: Turn, text: str) -> bool:
    """Say whether a call is not answered; a complaint of it is a complaint."""
    release, heard, awaited = turn.release, turn.understanding, turn.conversation.awaited
    elsewhere = heard.next is Next.ANSWER and heard.intent != CALLED
    if elsewhere or (awaited is not None and awaited.slot == WHOLE_TEXT):
        return False
    if holds(release, "call_words_complaint", text):
        return False
    if not holds(release, "call_words_unreached", text):
        return False
    return bool(_NUMBER.search(text)) or holds(release, "call_words_called", text)


def _dial(turn: Turn) -> Reply:
    """Name the numbers to dial, and offer to have help called from here as well."""
    release = turn.release
    words = say(release, "call_dial", hotline=release.rules.hotline)
    made = replace(reply(turn, Outcome.ANSWERED, words), intent=CALLED, aspect=None)
    if turn.conversation.awaited is not None:
        return replace(made, moves=(Stay(),))
    options = (Option(label=written(release, HELP_OPTION), intent=NEED_HELP),)
    asked = ((QUESTION, turn.message.masked),)
    awaited = Awaited(intent=NEED_HELP, slot=CHOSEN, options=options, answers=asked)
    parts = (*made.parts, Choices(options=options))
    return replace(made, parts=parts, moves=(Await(awaited=awaited),))
