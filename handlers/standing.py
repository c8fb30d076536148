"""What stands over a reply: the warning over a greeting, the numbers over what is not answered."""

from collections.abc import Mapping
from dataclasses import replace

import structlog

from data.civic.errors import BianminError
from data.civic.ids import AreaCode, IntentId
from data.civic.labels import Outcome
from data.civic.talk.conversations import Await, Awaited, Option
from data.civic.talk.messages import MessageKind, Reply, Say, Turn
from data.civic.warning.messages import Colour
from handlers import clarifying
from handlers.acts.in_force import warnings_in_force
from handlers.here import here
from handlers.office import Office
from handlers.warning_words import standing_over
from handlers.wording import say, written

PRESSING = (IntentId("warning_now"), IntentId("evacuation"))
"""What is offered first, while orange or red is in force, to whoever was not understood."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "numbers_first": (),
    **{f"pressing_{one}": () for one in PRESSING},
}

GREETING = IntentId("greeting")
NOT_ANSWERED = frozenset({Outcome.CLARIFYING, Outcome.REFUSED})
SEVERE = Colour.ORANGE.rank

log = structlog.get_logger()


async def over(turn: Turn, office: Office, made: Reply) -> Reply:
    """Put over a reply what must be read before it."""
    if made.outcome in NOT_ANSWERED and not _goes_on(turn, made):
        first = await numbers(office, turn.area)
        pressed = _pressing(turn, made) if first else made
        return replace(pressed, parts=(*first, *pressed.parts))
    if made.outcome is Outcome.ANSWERED and _greets(turn, made):
        return replace(made, parts=(*await _notice(turn, office), *made.parts))
    return made


async def numbers(office: Office, area: AreaCode) -> tuple[Say, ...]:
    """Give the emergency numbers while orange or red is in force in an area.

    Also where nobody can tell whether it is: too often is better than not at all.
    """
    try:
        colour = (await warnings_in_force(office, area)).colour
    except BianminError as error:
        log.warning("in force unknown", error=type(error).__name__)
    else:
        if colour is None or colour.rank < SEVERE:
            return ()
    return (say(office.release, "numbers_first"),)


async def _notice(turn: Turn, office: Office) -> tuple[Say, ...]:
    """Tell what is in force; a greeting is answered also when that cannot be looked up."""
    try:
        found = (await here(turn, office)).in_force
    except BianminError as error:
        log.warning("in force unknown", message=turn.message.trace, error=type(error).__name__)
        return ()
    return standing_over(turn.release, found)


def _greets(turn: Turn, made: Reply) -> bool:
    entered = turn.message.kind is MessageKind.EVENT and bool(made.parts)
    return entered or made.intent == GREETING


def _goes_on(turn: Turn, made: Reply) -> bool:
    """Say whether a form goes on with its next question: the numbers stood over its first."""
    before, asked = turn.conversation.awaited, _awaited(made)
    if before is None or asked is None or asked.tries:
        return False
    return asked.intent == before.intent and asked.slot not in (before.slot, clarifying.CLARIFY)


def _pressing(turn: Turn, made: Reply) -> Reply:
    """Offer who was not understood what is most likely wanted now, before anything else."""
    asked, text = _awaited(made), turn.message.kind is MessageKind.TEXT
    unknown = made.outcome is Outcome.REFUSED and text and not made.moves
    if not unknown and (asked is None or asked.slot != clarifying.CLARIFY):
        return made
    options = [
        Option(label=written(turn.release, f"pressing_{one}"), intent=one)
        for one in PRESSING
        if one in turn.release.intents
    ]
    return clarifying.offered_first(turn, made, options) if options else made


def _awaited(made: Reply) -> Awaited | None:
    return next((one.awaited for one in made.moves if isinstance(one, Await)), None)
