"""What is tied to this conversation and kept, who looked, and its end; corrections go to staff."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from data.civic.calendar import day_in_words, local
from data.civic.ids import AreaCode, IntentId
from data.civic.labels import Outcome
from data.civic.safety.registrations import Relation
from data.civic.talk.conversations import Await, Awaited, Option
from data.civic.talk.messages import Choices, Reply, Say, Turn
from data.civic.talk.tickets import Ticket, TicketKind
from handlers import my_records_words, relations
from handlers.acts.erase_me import erase
from handlers.acts.follow import stop
from handlers.acts.my_records import my_records
from handlers.acts.open_ticket import open_ticket
from handlers.acts.proxies import lay_down, withdraw
from handlers.acts.register import end_own
from handlers.acts.speaks_for import own_people, proxies_of, voice_of
from handlers.clarifying import most_choices
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.office import Office
from handlers.word_lists import PARTED, holds
from handlers.wording import reply, say, written

MY_DATA, CHANGE = IntentId("my_data"), IntentId("change_profile")
TIED, CORRECTION, OFFERED = "tied", "correction", "correction_offered"
ERASE, YES, NO = "erase", "yes", "no"
END, LAY_DOWN, STOP, WITHDRAW = "end", "lay_down", "stop", "withdraw"

desk = Desk(
    "my_data",
    words={
        **my_records_words.WORDS,
        "my_looks_words": (),
        "my_erase_words": (),
        "my_erase_ask": ("hotline",),
        "my_erase_yes": (),
        "my_erase_no": (),
        "my_erase_kept": ("hotline",),
        "my_erase_text": ("names",),
        "my_erased": ("number", "place", "due", "hotline"),
        "my_data_tied": ("lines", "hotline"),
        "my_data_own": ("name", "place"),
        "my_data_muted": (),
        "my_data_family": ("relation", "name"),
        "my_data_asked": ("relation",),
        "my_data_proxies": ("names",),
        "my_data_places": ("places",),
        **{f"my_data_option_{one}": () for one in (END, LAY_DOWN, STOP, WITHDRAW)},
        "my_data_ended": ("hotline",),
        "my_data_laid_down": ("hotline",),
        "ask_correction": ("hotline",),
        "correction_received": ("number", "place", "due", "hotline"),
        "correction_text": ("names", "said"),
        "correction_option": (),
        "correction_words": (),
    },
)


def _is_of_roster(turn: Turn) -> bool:
    """Say whether a message speaks of what stands on a roster."""
    return holds(turn.release, "correction_words", turn.message.text)


@desk.on(MY_DATA)
async def tell_what_is_tied(turn: Turn, office: Office) -> Reply:
    """List what is tied to this conversation; end what was tapped."""
    if done := _DOING.get(turn.answers.get(TIED, "")):
        return replace(await done(turn, office), intent=MY_DATA, aspect=None)
    if (asked := await _asked(turn, office)) is not None:
        return replace(asked, intent=MY_DATA, aspect=None)
    lines = await _lines(turn, office)
    if not lines:
        return answered(turn, known(turn))
    release = turn.release
    options = tuple(
        Option(label=written(release, f"my_data_option_{one}"), intent=MY_DATA, value=one)
        for one in dict.fromkeys(what for what, _ in lines)
    )[: most_choices(turn)]
    told = "\n".join(line for _, line in lines)
    words = say(release, "my_data_tied", lines=told, hotline=release.rules.hotline)
    kept = await my_records(office, turn.conversation.key.id)
    more = (my_records_words.records_words(release, kept),) if kept else ()
    made = reply(turn, Outcome.ANSWERED, words, *more, Choices(options=options))
    awaited = Awaited(intent=MY_DATA, slot=TIED, options=options)
    return replace(made, intent=MY_DATA, moves=(Await(awaited=awaited),))


@desk.on(CHANGE, asks={CORRECTION: _is_of_roster})
async def take_correction(turn: Turn, office: Office) -> Reply:
    """Pass on to the village's staff what is wrong on the roster; nothing is changed here."""
    people = await own_people(office, turn.conversation.key.id)
    said, release = turn.answers.get(CORRECTION), turn.release
    if not people:
        return answered(turn, known(turn))
    if said is None:
        return _ask_what(turn) if OFFERED in turn.answers else _offering(turn)
    there, names = _in(turn, people[0].village), relations.listed(release, people)
    text = written(release, "correction_text", names=names, said=said)
    ticket = await open_ticket(there, office, kind=TicketKind.CORRECTION, intent=CHANGE, text=text)
    words = say(
        release,
        "correction_received",
        number=ticket.number,
        place=release.places.full_name(ticket.area),
        due=day_in_words(local(ticket.due_at).date()),
        hotline=release.rules.hotline,
    )
    return replace(reply(turn, Outcome.ANSWERED, words), intent=CHANGE, aspect=None)


async def _asked(turn: Turn, office: Office) -> Reply | None:
    """Say who looked, or delete, where that is what was asked; None: neither was."""
    text, release = turn.message.text, turn.release
    if (said := turn.answers.get(ERASE)) is not None:
        return await _erase(turn, office) if said == YES else _told(turn, "my_erase_kept")
    erase, looks = holds(release, "my_erase_words", text), holds(release, "my_looks_words", text)
    kept = await my_records(office, turn.conversation.key.id) if erase or looks else ()
    if not kept:
        return None
    if erase:
        return _ask_erase(turn)
    return reply(turn, Outcome.ANSWERED, my_records_words.looks_words(release, kept))


def _ask_erase(turn: Turn) -> Reply:
    release = turn.release
    options = tuple(
        Option(label=written(release, f"my_erase_{one}"), intent=MY_DATA, value=one)
        for one in (YES, NO)
    )
    words = say(release, "my_erase_ask", hotline=release.rules.hotline)
    made = reply(turn, Outcome.CLARIFYING, words, Choices(options=options))
    awaited = Awaited(intent=MY_DATA, slot=ERASE, options=options)
    return replace(made, moves=(Await(awaited=awaited),))


async def _erase(turn: Turn, office: Office) -> Reply:
    """Ask staff for the roster's part, then delete: afterwards nothing tells whose part it was."""
    ticket = await _asked_of_staff(turn, office)
    await erase(office, turn.conversation.key.id)
    if ticket is None:
        return _told(turn, "my_data_ended")
    return _told(
        turn,
        "my_erased",
        number=ticket.number,
        place=turn.release.places.full_name(ticket.area),
        due=day_in_words(local(ticket.due_at).date()),
    )


async def _asked_of_staff(turn: Turn, office: Office) -> Ticket | None:
    """Open the ticket that names the people to delete, or find it: the walk may be a retried one.

    None: the conversation is nobody's own.
    """
    conversation, release = turn.conversation.key.id, turn.release
    people = await own_people(office, conversation)
    if not people:
        last = await office.stores.tickets.latest_of(conversation, TicketKind.CORRECTION)
        return last if last and last.message == turn.message.id else None
    there, names = _in(turn, people[0].village), relations.listed(release, people)
    text = written(release, "my_erase_text", names=names)
    return await open_ticket(there, office, kind=TicketKind.CORRECTION, intent=MY_DATA, text=text)


async def _lines(turn: Turn, office: Office) -> list[tuple[str, str]]:
    """List what stands, each with what ends it."""
    release, conversation = turn.release, turn.conversation.key.id
    voice = await voice_of(office, conversation)
    lines = []
    for one in voice.own:
        place = release.places.full_name(one.person.village)
        name = relations.masked(one.person.name)
        muted = written(release, "my_data_muted") if one.registration.muted else ""
        lines.append((END, written(release, "my_data_own", name=name, place=place) + muted))
    for one in (*voice.family, *voice.unguarded, *voice.asked):
        relation = relations.said(release, one.registration.relation or Relation.OTHER)
        name = relations.masked(one.person.name)
        key = "my_data_family" if one.registration.stands else "my_data_asked"
        values = {"name": name} if one.registration.stands else {}
        lines.append((LAY_DOWN, written(release, key, relation=relation, **values)))
    if entered := await proxies_of(office, conversation):
        names = PARTED.join(one.registration.name for one in entered)
        lines.append((WITHDRAW, written(release, "my_data_proxies", names=names)))
    if followed := await office.stores.followings.of(conversation):
        places = PARTED.join(release.places.full_name(one.area) for one in followed)
        lines.append((STOP, written(release, "my_data_places", places=places)))
    return lines


async def _end(turn: Turn, office: Office) -> Reply:
    await end_own(office, turn.conversation.key.id)
    return _told(turn, "my_data_ended")


async def _lay_down(turn: Turn, office: Office) -> Reply:
    await lay_down(office, turn.conversation.key.id)
    return _told(turn, "my_data_laid_down")


async def _stop(turn: Turn, office: Office) -> Reply:
    await stop(office, turn.conversation.key.id)
    return _told(turn, "following_stopped")


async def _withdraw(turn: Turn, office: Office) -> Reply:
    over = await withdraw(office, turn.conversation.key.id)
    names = PARTED.join(one.name for one in over)
    return _told(turn, "agree_withdrawn" if over else "agree_nobody", names=names)


_DOING: Mapping[str, Callable[[Turn, Office], Awaitable[Reply]]] = {
    END: _end,
    LAY_DOWN: _lay_down,
    STOP: _stop,
    WITHDRAW: _withdraw,
}


def _told(turn: Turn, key: str, **values: str) -> Reply:
    words: Say = say(turn.release, key, hotline=turn.release.rules.hotline, **values)
    return reply(turn, Outcome.ANSWERED, words)


def _offering(turn: Turn) -> Reply:
    """Say what holds for other accounts, and offer to pass the roster's on."""
    told = known(turn)
    label = written(turn.release, "correction_option")
    options = (Option(label=label, intent=CHANGE, value=CORRECTION),)
    made = reply(turn, Outcome.ANSWERED, told.words, Choices(options=options))
    awaited = Awaited(intent=CHANGE, slot=OFFERED, options=options)
    return replace(made, moves=(Await(awaited=awaited),))


def _ask_what(turn: Turn) -> Reply:
    asked = reply(
        turn,
        Outcome.CLARIFYING,
        say(turn.release, "ask_correction", hotline=turn.release.rules.hotline),
    )
    awaited = Awaited(intent=CHANGE, slot=CORRECTION)
    return replace(asked, intent=CHANGE, moves=(Await(awaited=awaited),))


def _in(turn: Turn, village: AreaCode) -> Turn:
    """Take the turn for one about a village, whatever place it speaks of."""
    slots = replace(turn.understanding.slots, area=None, place=None)
    return replace(
        turn,
        message=replace(turn.message, place=None),
        conversation=replace(turn.conversation, area=village),
        understanding=replace(turn.understanding, slots=slots),
    )
