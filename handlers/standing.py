"""What stands over a reply: the warning over a greeting, the numbers over what is not answered."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from data.civic.errors import BianminError
from data.civic.ids import AreaCode, IntentId
from data.civic.knowing.releases import Release
from data.civic.labels import Outcome
from data.civic.talk.conversations import Await, Awaited, Option
from data.civic.talk.messages import MessageKind, Reply, Say, Turn
from data.civic.warning.messages import Colour
from handlers import clarifying
from handlers.acts.answer_warning import sent_to, tells_to_leave
from handlers.acts.in_force import InForce, warnings_in_force
from handlers.here import here
from handlers.office import Office
from handlers.warning_words import must_know, returns, standing_over
from handlers.wording import say, written

PRESSING = (IntentId("warning_now"), IntentId("evacuation"))
"""What is offered first, while orange or red is in force, to whoever was not understood."""
LEAVING = (IntentId("safety_code"), IntentId("evacuation"))
"""What is offered to whom an order was sent, after saying that it has arrived."""
RECEIVED = IntentId("warning_ack")
PRESSED = 2
"""So many are offered first: what was perhaps meant keeps its place."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "numbers_first": (),
    **{f"pressing_{one}": () for one in (*PRESSING, *LEAVING)},
}

GREETINGS = frozenset(map(IntentId, ("greeting", "thanks", "goodbye")))
WEATHER = frozenset(map(IntentId, ("typhoon", "flood", "preparedness", "school_closure")))
"""Asked while an order to leave stands, the order is said first."""
SHELTER = IntentId("shelter")
"""Asked for while nobody may go back yet, that is said first."""
NOT_ANSWERED = frozenset({Outcome.CLARIFYING, Outcome.REFUSED})
SEVERE = Colour.ORANGE.rank

log = structlog.get_logger()


async def over(turn: Turn, office: Office, made: Reply) -> Reply:
    """Put over a reply what must be read before it."""
    if made.outcome in NOT_ANSWERED and not _goes_on(turn, made):
        first = await numbers(office, turn.area)
        if not _not_understood(turn, made):
            return replace(made, parts=(*first, *made.parts))
        must = await _notice(turn, office, must_know)
        leaving = bool(must) and await _told_to_leave(turn, office)
        pressed = _pressing(turn, made, leaving=leaving) if first or leaving else made
        return replace(pressed, parts=(*first, *must, *pressed.parts))
    if made.outcome is Outcome.ANSWERED and _greets(turn, made):
        return replace(made, parts=(*await _notice(turn, office, standing_over), *made.parts))
    if made.outcome is Outcome.ANSWERED and made.intent in WEATHER:
        return replace(made, parts=(*await _notice(turn, office, must_know), *made.parts))
    if made.outcome is Outcome.ANSWERED and made.intent == SHELTER:
        return replace(made, parts=(*await _notice(turn, office, _returns), *made.parts))
    return made


def _returns(release: Release, found: InForce) -> tuple[Say, ...]:
    return returns(release, found.returns)


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


async def _notice(
    turn: Turn, office: Office, words: Callable[[Release, InForce], tuple[Say, ...]]
) -> tuple[Say, ...]:
    """Tell what is in force; a greeting is answered also when that cannot be looked up."""
    try:
        found = (await here(turn, office)).in_force
    except BianminError as error:
        log.warning("in force unknown", message=turn.message.trace, error=type(error).__name__)
        return ()
    return words(turn.release, found)


def _greets(turn: Turn, made: Reply) -> bool:
    entered = turn.message.kind is MessageKind.EVENT and bool(made.parts)
    return entered or made.intent in GREETINGS


def _goes_on(turn: Turn, made: Reply) -> bool:
    """Say whether a form goes on with its next question: the numbers stood over its first."""
    before, asked = turn.conversation.awaited, _awaited(made)
    if before is None or asked is None or asked.tries:
        return False
    return asked.intent == before.intent and asked.slot not in (before.slot, clarifying.CLARIFY)


async def _told_to_leave(turn: Turn, office: Office) -> bool:
    """Say whether an order to leave was sent to who asks: most likely that is answered now."""
    try:
        sent = await sent_to(office, turn.conversation.key.id)
    except BianminError as error:
        log.warning("sent unknown", message=turn.message.trace, error=type(error).__name__)
        return False
    real = (one for one in sent if not one.informing.drill)
    return any(tells_to_leave(turn.release, one.informing, one.row) for one in real)


def _pressing(turn: Turn, made: Reply, *, leaving: bool) -> Reply:
    """Offer who was not understood what is most likely wanted now, before anything else."""
    asked = _awaited(made)
    offered = {one.intent for one in asked.options} if asked else set()
    options = [
        Option(label=written(turn.release, f"pressing_{one}"), intent=one)
        for one in (LEAVING if leaving else PRESSING)
        if one in turn.release.intents
    ]
    if leaving and RECEIVED not in offered:
        options.insert(0, Option(label=written(turn.release, "answer_option_received")))
    return clarifying.offered_first(turn, made, options[:PRESSED]) if options else made


def _not_understood(turn: Turn, made: Reply) -> bool:
    asked, text = _awaited(made), turn.message.kind is MessageKind.TEXT
    unknown = made.outcome is Outcome.REFUSED and text and not made.moves
    return unknown or (asked is not None and asked.slot == clarifying.CLARIFY)


def _awaited(made: Reply) -> Awaited | None:
    return next((one.awaited for one in made.moves if isinstance(one, Await)), None)
