"""For whom a conversation may speak: itself, and those of the family who have agreed.

For a child (under 14) nobody speaks but whom its guardian has named before staff, itself neither.
"""

from dataclasses import dataclass, field
from datetime import date

from data.civic.calendar import local
from data.civic.ids import ConversationId
from data.civic.safety.registrations import How, Kind, Registration
from data.civic.safety.rosters import Person
from handlers.office import Office

REGISTERED = 20
"""People whose own conversation one may be: who share one telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A registration with the person it is for."""

    registration: Registration
    person: Person = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Everything that ties a conversation to people, newest last."""

    own: tuple[Spoken, ...] = ()
    family: tuple[Spoken, ...] = ()
    """Whose proxy this conversation is, by their agreement."""
    asked: tuple[Spoken, ...] = ()
    """Who has not agreed yet."""
    unguarded: tuple[Spoken, ...] = ()
    """Children whose guardian has not spoken: nothing is told or done, it can only be ended."""


async def voice_of(office: Office, conversation: ConversationId) -> Voice:
    """Tell for whom a conversation speaks, and who has been asked; what is over is left out."""
    now, today = office.clock.now(), local(office.clock.now()).date()
    found = await office.stores.registrations.of_conversation(conversation)
    alive = [one for one in found if one.stands or one.waits(now)]
    people = {one.id: one for one in await _people(office, alive)}
    spoken = [
        Spoken(registration=one, person=people[one.person]) for one in alive if one.person in people
    ]
    family = [one for one in spoken if _proxy(one) and one.registration.stands]
    barred = [one for one in family if not may_speak(one.registration, one.person, today)]
    return Voice(
        own=tuple(one for one in spoken if one.registration.kind is Kind.OWN),
        family=tuple(one for one in family if one not in barred),
        asked=tuple(one for one in spoken if _proxy(one) and not one.registration.stands),
        unguarded=tuple(barred),
    )


def may_speak(one: Registration, person: Person, today: date) -> bool:
    """Say whether a registration that stands lets its conversation speak for the person.

    For a child a proxy does only by the word of its guardian.
    """
    by_guardian = one.agreement is not None and one.agreement.how is How.GUARDIAN
    return one.kind is Kind.OWN or by_guardian or not person.is_child(today)


async def proxies_of(office: Office, conversation: ConversationId) -> list[Spoken]:
    """List who speaks, or asks to speak, for those whose own conversation this is."""
    now, found = office.clock.now(), []
    for mine in (await voice_of(office, conversation)).own:
        all_of = await office.stores.registrations.of_person(mine.person.id)
        alive = [one for one in all_of if one.stands or one.waits(now)]
        found += [
            Spoken(registration=one, person=mine.person) for one in alive if one.kind is Kind.PROXY
        ]
    return found


async def own_people(office: Office, conversation: ConversationId) -> list[Person]:
    """List those whose own conversation this is: as the roster has it, and as registered."""
    bound = await office.stores.residents.of_conversation(conversation, REGISTERED)
    known = {one.id for one in bound}
    also = (await voice_of(office, conversation)).own
    return [*bound, *(one.person for one in also if one.person.id not in known)]


async def entrusted(office: Office, conversation: ConversationId) -> list[tuple[Person, bool]]:
    """List whose data a conversation is told, each once, and whether it is the own; that first.

    A child is told nothing of itself in a conversation: its guardian is, who is known to staff.
    """
    today = local(office.clock.now()).date()
    own = await own_people(office, conversation)
    known = {one.id for one in own}
    family = (await voice_of(office, conversation)).family
    others = [one.person for one in family if one.person.id not in known]
    return [
        *((one, True) for one in own if not one.is_child(today)),
        *((one, False) for one in others),
    ]


async def _people(office: Office, registrations: list[Registration]) -> list[Person]:
    wanted = sorted({one.person for one in registrations})
    return await office.stores.residents.some(wanted) if wanted else []


def _proxy(one: Spoken) -> bool:
    return one.registration.kind is Kind.PROXY
