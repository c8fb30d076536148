"""A life in danger, or somebody who needs help: the emergency numbers first, then a case.

Staff are called to the case at once; the citizen is told what has happened, and nothing else.
"""

from dataclasses import replace

from data.civic.errors import BianminError, Conflict
from data.civic.ids import NOT_OURS, IntentId, TicketNumber
from data.civic.knowing.releases import Release
from data.civic.labels import Kind, Next, Outcome
from data.civic.privacy import mask
from data.civic.talk.additions import Addition
from data.civic.talk.conversations import Await, Awaited
from data.civic.talk.messages import MessageKind, Reply, Say, Turn
from data.civic.talk.tickets import Ticket, TicketKind, TicketState
from handlers import answer_words, helping
from handlers.acts.add_to_ticket import add_to_ticket
from handlers.acts.call_again import call_again
from handlers.acts.call_duty import call_for_ticket
from handlers.acts.duty_roster import on_duty
from handlers.acts.open_ticket import open_ticket
from handlers.clarifying import QUESTION
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.forms import is_asking, is_asking_for_service
from handlers.odd import SHOWN
from handlers.office import Office
from handlers.word_lists import holds
from handlers.wording import reply, say, written
from intents.foreign import foreign

NEED_HELP = IntentId("need_help")
TICKET = "ticket"
"""The answer under which the ticket is kept that what is said next belongs to."""

URGING = frozenset(map(IntentId, ("need_help", "emergency_phone")))
"""What is heard in words that urge: they are of the case also where they are put as a question."""
ALIKE = frozenset(map(IntentId, ("flood", "hazard_report", "outage")))
"""What a description of the same case can be heard as."""

desk = Desk(
    "danger",
    words={
        "danger_call": ("numbers",),
        "danger_in_english": (),
        "danger_recorded": ("number",),
        "danger_nobody_on_duty": (),
        "danger_on_duty": (),
        "danger_not_recorded": (),
        "danger_added": ("number", "hotline"),
        "danger_added_masked": ("number",),
        "danger_added_called": (),
        "danger_added_unseen": (),
        "danger_place": ("point", "place"),
        "danger_picture": ("name",),
        "words_ordering": (),
        **helping.WORDS,
    },
)


def call_first(release: Release, rule: str) -> Say:
    """Say which numbers to call: the first line, whatever else works or does not."""
    found = next((one for one in release.rules.danger.rules if one.id == rule), None)
    numbers = found.emergency if found else ("119", "110", "120")
    return say(release, "danger_call", numbers="/".join(numbers))


def _belongs(turn: Turn) -> bool:
    """Say whether a message is of the case, and not clearly of another service."""
    if turn.message.kind in (MessageKind.PLACE, MessageKind.PICTURE):
        return True
    heard = turn.understanding
    if heard.next is not Next.ANSWER or heard.intent in URGING:
        return not is_asking_for_service(turn)
    if is_asking(turn):
        return False
    if heard.slots.place is not None or heard.slots.phone is not None or heard.intent in ALIKE:
        return True
    known = turn.release.intents.get(heard.intent or NOT_OURS)
    telling = not holds(turn.release, "words_ordering", turn.message.text)
    return known is not None and known.kind in (Kind.GUIDE, Kind.BUNDLE) and telling


@desk.on("danger")
async def answer_danger(turn: Turn, office: Office) -> Reply:
    """Name the emergency numbers, record the case, call the duty, and say plainly who has seen.

    What is said of a case that is being talked of is added to it, and the duty is called again.
    """
    first = call_first(turn.release, turn.understanding.danger or "")
    english = (say(turn.release, "danger_in_english"),) if foreign(turn.message.text) else ()
    told, number = await _kept(turn, office)
    made = replace(reply(turn, Outcome.ANSWERED, first, *english, *told), intent=NEED_HELP)
    return _going_on(made, number)


@desk.on("need_help", asks={SHOWN: _belongs})
async def answer_need_help(turn: Turn, office: Office) -> Reply:
    """Say what to do, which begins with the numbers; record the case and call the duty.

    What is said after it is added to the case; one that takes no more is begun anew.
    """
    if TICKET in turn.answers:
        try:
            return await _added(turn, office, TicketNumber(turn.answers[TICKET]))
        except Conflict:
            turn = replace(turn, answers={})
    answer = known(turn)
    told, number = await _recorded(turn, office, turn.answers.get(QUESTION) or _said(turn))
    return _going_on(answered(turn, answer, answer.general, *told), number)


async def _kept(turn: Turn, office: Office) -> tuple[tuple[Say, ...], TicketNumber | None]:
    """Add danger to the case that is being talked of; else record a case of its own."""
    awaited = turn.conversation.awaited
    if awaited is None or (standing := awaited.answer(TICKET)) is None:
        return await _recorded(turn, office, turn.message.text)
    try:
        return await _told_added(turn, office, TicketNumber(standing)), TicketNumber(standing)
    except Conflict:
        return await _recorded(turn, office, turn.message.text)
    except BianminError:
        return (say(turn.release, "danger_not_recorded"),), TicketNumber(standing)


async def _added(turn: Turn, office: Office, number: TicketNumber) -> Reply:
    """Add what is said to the case, and name the numbers again."""
    told = await _told_added(turn, office, number)
    return _going_on(reply(turn, Outcome.ANSWERED, *told), number)


async def _told_added(turn: Turn, office: Office, number: TicketNumber) -> tuple[Say, ...]:
    """Add what is said to the case, call the duty again if it presses, and say how that stands."""
    release, said, pressing = turn.release, _said(turn), _presses(turn)
    one = Addition(
        message=turn.message.id,
        words=said,
        area=turn.understanding.slots.area or turn.area,
        at=office.clock.now(),
        pressing=pressing,
    )
    ticket = await add_to_ticket(office, turn.conversation.key.id, number, one)
    words = say(release, "danger_added", number=number, hotline=release.rules.hotline)
    if turn.message.kind is MessageKind.TEXT and mask(said) != said:
        words = say(release, "danger_added_masked", number=number)
    called = await _called_again(turn, office, ticket) if pressing else ()
    unseen = (say(release, "danger_added_unseen"),) if ticket.has_news and not called else ()
    visited = await helping.visited(turn, office, said) if pressing else ()
    return (words, *called, *unseen, *visited)


def _presses(turn: Turn) -> bool:
    """Say whether danger or need is told of, so that people on duty are called again."""
    text, replies = turn.message.text, turn.release.rules.replies
    told = turn.message.kind is MessageKind.TEXT and answer_words.needs(replies, text)
    return told or turn.understanding.danger is not None


async def _called_again(turn: Turn, office: Office, ticket: Ticket) -> tuple[Say, ...]:
    """Call the duty again, and say so; nothing while it is called, or was a moment ago."""
    try:
        called = await call_again(office, ticket)
        there = bool(await on_duty(office, ticket.area))
    except BianminError:  # `call_for_forgotten` calls for it later
        return ()
    if not called or ticket.state is not TicketState.SEEN:
        return ()
    return (say(turn.release, "danger_added_called" if there else "danger_nobody_on_duty"),)


def _said(turn: Turn) -> str:
    """Write down what was sent: words, a place on the map, or a picture by its name."""
    message = turn.message
    if message.kind is MessageKind.PICTURE:
        return written(turn.release, "danger_picture", name=message.text)
    if (point := message.point) is None:
        return message.words
    at = f"{point.lon:.5f},{point.lat:.5f}"
    return written(turn.release, "danger_place", point=at, place=message.words)


def _going_on(made: Reply, number: TicketNumber | None) -> Reply:
    """Take what is sent next as belonging to the case; the choices offered stand beside it."""
    if number is None:
        return made
    offered = next((one.awaited.options for one in made.moves if isinstance(one, Await)), ())
    kept = ((TICKET, number),)
    awaited = Awaited(intent=NEED_HELP, slot=SHOWN, options=offered, answers=kept)
    moves = [one for one in made.moves if not isinstance(one, Await)]
    return replace(made, moves=(*moves, Await(awaited=awaited)))


async def _recorded(
    turn: Turn, office: Office, text: str
) -> tuple[tuple[Say, ...], TicketNumber | None]:
    """Record the case, call the duty, and say how that stands; the numbers come first anyhow."""
    release = turn.release
    try:
        ticket = await open_ticket(
            turn, office, kind=TicketKind.DANGER, intent=NEED_HELP, text=text
        )
    except BianminError:
        return (say(release, "danger_not_recorded"),), None
    recorded = say(release, "danger_recorded", number=ticket.number)
    try:
        await call_for_ticket(office, ticket)
        called = bool(await on_duty(office, ticket.area))
    except BianminError:  # `call_for_forgotten` calls for it later: until then nobody has
        called = False
    seen = say(release, "danger_on_duty" if called else "danger_nobody_on_duty")
    visited = await helping.visited(turn, office, text)
    return (recorded, seen, *visited), ticket.number
