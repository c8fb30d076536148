"""Messages that are no question: events, pictures, nothing, too much, only a place."""

import re
from dataclasses import replace
from functools import lru_cache

from data.civic.labels import Outcome
from data.civic.talk.conversations import Stay
from data.civic.talk.messages import MessageKind, Reply, Turn
from handlers.word_lists import LISTS, bare
from handlers.wording import reply, say
from intents.patterns import any_of

SHOWN = "shown"
"""The slot under which a place or a picture is awaited."""

SEVERAL = 2
"""From so many characters a word counts beside others."""

ENTERING = frozenset({"subscribe", "user_enter_tempsession", "enter", "follow", "scan"})
"""Events by which a citizen comes in and is greeted."""


def answer(turn: Turn) -> Reply | None:
    """Answer what is no question; None when it is one."""
    match turn.message.kind:
        case MessageKind.EVENT:
            return _event(turn)
        case MessageKind.PICTURE | MessageKind.PLACE if _asked_for(turn):
            return None
        case MessageKind.PLACE:
            return _kept(turn, _place(turn))
        case MessageKind.UNREADABLE | MessageKind.PICTURE:
            return _kept(turn, reply(turn, Outcome.REFUSED, say(turn.release, "unreadable")))
        case MessageKind.TEXT:
            return _text(turn)


def says(words: frozenset[str], text: str) -> bool:
    """Say whether a text is one of these words or some of them in a row, whatever marks it has."""
    if text.strip().rstrip("。.!！~ ") in words:
        return True
    return _in_a_row(words).fullmatch(bare(text)) is not None


def place_noted(turn: Turn) -> Reply:
    """Say which place answers are for from now on."""
    place = turn.release.places.full_name(turn.area)
    return reply(turn, Outcome.ANSWERED, say(turn.release, "place_noted", place=place))


@lru_cache(LISTS)
def _in_a_row(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"{any_of(one for one in words if len(one) >= SEVERAL)}+")


def _place(turn: Turn) -> Reply:
    """Take a place that nobody asked for as the one answers are for; one not known needs words."""
    if turn.understanding.slots.area is not None:
        return place_noted(turn)
    return reply(turn, Outcome.REFUSED, say(turn.release, "place_unknown"))


def _asked_for(turn: Turn) -> bool:
    """Say whether a picture or a place is what was asked for."""
    awaited = turn.conversation.awaited
    return awaited is not None and awaited.slot == SHOWN


def _event(turn: Turn) -> Reply:
    if turn.message.event not in ENTERING:
        return _kept(turn, Reply(parts=(), outcome=Outcome.SILENT))
    hotline = turn.release.rules.hotline
    return _kept(turn, reply(turn, Outcome.ANSWERED, say(turn.release, "welcome", hotline=hotline)))


def _text(turn: Turn) -> Reply | None:
    limit = turn.release.rules.limits.text_chars
    if len(turn.message.text) > limit:
        hotline = turn.release.rules.hotline
        words = say(turn.release, "too_long", limit=str(limit), hotline=hotline)
        return _kept(turn, reply(turn, Outcome.REFUSED, words))
    if not turn.understanding.text:
        return _kept(turn, reply(turn, Outcome.REFUSED, say(turn.release, "empty")))
    return None


def _kept(turn: Turn, made: Reply) -> Reply:
    """Go on waiting for what was asked for before."""
    return replace(made, moves=(*made.moves, Stay())) if turn.conversation.awaited else made
