"""Register a conversation as somebody's own, say that nothing is to be sent to it, and end it.

The roster itself is never changed by it, but for where its messages go.
"""

from dataclasses import replace

from data.civic.calendar import local
from data.civic.errors import Conflict, NotFound
from data.civic.ids import ConversationId, PersonId
from data.civic.safety import registrations as moves
from data.civic.safety.identity import named
from data.civic.safety.registrations import (
    Agreement,
    How,
    Kind,
    Registration,
    State,
    registration_id,
)
from data.civic.safety.rosters import Person
from handlers.acts import registered_words
from handlers.acts.identify import Claim, identify
from handlers.acts.note import citizen, note
from handlers.acts.speaks_for import voice_of
from handlers.counting import recount
from handlers.office import Office

TRIES = 5
"""How often somebody else may change the person's entry in the same moment."""


async def register(office: Office, conversation: ConversationId, claim: Claim) -> Person | None:
    """Tie a conversation to the person who speaks in it; None: not known, or it does not fit.

    A child is registered by a guardian, with staff: here it is not known. Idempotent.

    Raises:
        TooMany: as `identify`.
    """
    person, now = await identify(office, conversation, claim), office.clock.now()
    if person is None or person.is_child(local(now).date()):
        return None
    who = citizen(office, conversation)
    agreement = Agreement(how=How.CHAT, by=who, at=now)
    new = Registration(
        id=registration_id(office.seal, conversation, person.id),
        conversation=conversation,
        person=person.id,
        kind=Kind.OWN,
        state=State.STANDING,
        asked_at=now,
        agreement=agreement,
    )
    if await _kept(office, new):
        await note(office, who, "register.own", named(person.id))
        await registered_words.tell_others(office, person.id, conversation)
    await send_to(office, person.id, conversation)
    return person


async def end_own(office: Office, conversation: ConversationId) -> int:
    """End that a conversation is somebody's own; tell how many were ended. Idempotent."""
    ended, who = 0, citizen(office, conversation)
    for one in (await voice_of(office, conversation)).own:
        await end(office, one.registration, who)
        ended += 1
    return ended


async def mute(office: Office, conversation: ConversationId, *, on: bool) -> int:
    """Send nothing more to a conversation, or send again; tell for how many people.

    Idempotent. At once: who is being informed now is reached by the next way.
    """
    own = (await voice_of(office, conversation)).own
    for one in own:
        await office.stores.registrations.change(
            one.registration.id, lambda each: moves.mute(each, on=on)
        )
        if on:
            await _send_elsewhere(office, one.person.id, conversation)
        else:
            await send_to(office, one.person.id, conversation)
    return len(own)


async def send_to(office: Office, person: PersonId, conversation: ConversationId | None) -> None:
    """Write into somebody's entry in which conversation warnings are sent; None: in none.

    Raises:
        Conflict: the entry is being changed by many.
    """
    for _ in range(TRIES):
        found = await office.stores.residents.get(person)
        if found is None or found.conversation == conversation:
            return
        changed = replace(found, conversation=conversation, version=found.version + 1)
        if not await office.stores.residents.save_all([changed]):
            if changed.reach is not found.reach:
                await recount(office, [found.village])
            return
    raise Conflict(f"the entry of {named(person)} is being changed: try again")


async def _kept(office: Office, new: Registration) -> bool:
    """Keep a registration of one's own, also over a proxy or one that had ended; False: it stood.

    Who has shown to be the person needs nobody's agreement any more.
    """
    store = office.stores.registrations
    standing = await store.add(new)
    if standing is new:
        return True
    if standing.stands and standing.kind is Kind.OWN:
        return False
    await store.change(new.id, lambda one: replace(new, version=one.version + 1))
    return True


async def end(office: Office, one: Registration, who: str, *, purpose: str = "") -> None:
    """End a registration of one's own by the word of `who`, who may. Idempotent."""
    at = office.clock.now()
    try:
        await office.stores.registrations.change(one.id, lambda each: moves.end(each, who, at))
    except NotFound:  # the person has left the roster meanwhile
        return
    await _send_elsewhere(office, one.person, one.conversation)
    await note(office, who, "register.end", f"{named(one.person)}/{one.id}", purpose)


async def _send_elsewhere(office: Office, person: PersonId, not_to: ConversationId) -> None:
    """Send to another conversation of the same person, or to none."""
    found = await office.stores.residents.get(person)
    if found is None or found.conversation not in (not_to, None):
        return
    others = [
        one.conversation
        for one in await office.stores.registrations.of_person(person)
        if one.kind is Kind.OWN and one.stands and not one.muted and one.conversation != not_to
    ]
    await send_to(office, person, others[-1] if others else None)
