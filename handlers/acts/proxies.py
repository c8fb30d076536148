"""Let somebody of the family stand in: asked for by one, agreed to by the other, ended by either.

Nobody stands in for anybody who has not agreed: in the own conversation, or before staff, who
record it (`proxies_at_door.py`). A child's word is its guardian's, and is given before staff.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from data.civic.calendar import local
from data.civic.errors import NotFound, TooMany
from data.civic.ids import AreaCode, ConversationId
from data.civic.safety import registrations as moves
from data.civic.safety.identity import named
from data.civic.safety.registrations import (
    Agreement,
    How,
    Kind,
    Registration,
    Relation,
    State,
    registration_id,
)
from data.civic.safety.rosters import Person
from data.civic.sending.followings import Following, Whose
from handlers.acts import registered_words
from handlers.acts.identify import Claim, identify
from handlers.acts.note import citizen, note
from handlers.acts.registered_words import relation_of, say_to, say_to_person
from handlers.acts.speaks_for import proxies_of, voice_of
from handlers.office import Office

CODE_DIGITS = 4
ASKS, ASKS_WINDOW = 3, timedelta(days=7)
"""How often one conversation may ask the same person: nobody is pestered into a yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """For whom somebody wants to stand in, and as what."""

    claim: Claim
    relation: Relation
    name: str = field(repr=False)
    """How the proxy is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How it stands after asking."""

    person: Person = field(repr=False)
    registration: Registration
    told: int
    """In how many conversations the person has read the question; 0: somebody has to go there."""


async def ask(office: Office, conversation: ConversationId, wish: Wish) -> Asked | None:
    """Ask a person of the roster for leave to stand in; None: not known, or it does not fit.

    Idempotent while the person is asked: the code stays the same.

    Raises:
        TooMany: as `identify`, or this person was asked too often.
    """
    person = await identify(office, conversation, wish.claim)
    if person is None:
        return None
    now, store = office.clock.now(), office.stores.registrations
    new = Registration(
        id=registration_id(office.seal, conversation, person.id),
        conversation=conversation,
        person=person.id,
        kind=Kind.PROXY,
        state=State.ASKED,
        relation=wish.relation,
        name=wish.name,
        code=office.ids.digits(CODE_DIGITS),
        asked_at=now,
    )
    standing = await store.add(new)
    if standing is not new:
        standing = await store.change(new.id, lambda one: moves.ask_again(one, new))
    if standing.asked_at == now:  # it was asked just now, not before
        await _count(office, new.id)
        await note(office, citizen(office, conversation), "proxy.ask", named(person.id))
    told = 0 if standing.stands else await _put(office, person, standing)
    return Asked(person=person, registration=standing, told=told)


async def agree(office: Office, conversation: ConversationId, code: str = "") -> Registration:
    """Agree in the own conversation to the proxy with this code; without one, to the only one.

    A child agrees to nobody: its guardian does, before staff. Idempotent.

    Raises:
        NotFound: nobody asks, not with this code, or several do and no code was said.
        Conflict: it was asked for too long ago.
    """
    who, now = citizen(office, conversation), office.clock.now()
    asking = [
        one.registration
        for one in await proxies_of(office, conversation)
        if not one.registration.stands and code in ("", one.registration.code)
        if not one.person.is_child(local(now).date())
    ]
    if len(asking) != 1:
        raise NotFound("nobody asks to stand in by this code: look at the question again")
    agreement = Agreement(how=How.CHAT, by=who, at=now)
    return await agreed(office, asking[0], agreement, actor=who)


async def agreed(
    office: Office, one: Registration, agreement: Agreement, *, actor: str, purpose: str = ""
) -> Registration:
    """Let a proxy stand, and tell both. Whoever calls this has heard the person's word.

    Raises:
        Conflict: it was refused, ended, or asked for too long ago.
    """
    stands = await office.stores.registrations.change(one.id, lambda x: moves.agree(x, agreement))
    if not one.stands:
        await _follow(office, one)
        await note(office, actor, "proxy.agree", f"{named(one.person)}/{one.id}", purpose)
        key = f"{one.id}/agreed/{one.version}"
        relation = relation_of(office, one)
        await say_to(office, one.conversation, "proxy_agreed", key=key, relation=relation)
        await say_to_person(office, one.person, "proxy_entered", key=key, name=one.name)
    return stands


async def withdraw(
    office: Office, conversation: ConversationId, registration: str | None = None
) -> list[Registration]:
    """Say no, or take a yes back: to one proxy, or to all; tell which. At once, and idempotent."""
    found = [
        one.registration
        for one in await proxies_of(office, conversation)
        if registration in (None, one.registration.id)
    ]
    for one in found:
        await refused(office, one, actor=citizen(office, conversation))
    return found


async def refused(office: Office, one: Registration, *, actor: str, purpose: str = "") -> None:
    """End a proxy by the person's word, or refuse it, and tell the proxy. Idempotent."""
    now = office.clock.now()
    await office.stores.registrations.change(one.id, lambda x: moves.refuse(x, actor, now))
    await note(office, actor, "proxy.refuse", f"{named(one.person)}/{one.id}", purpose)
    if one.stands:
        await _unfollow(office, one)
    words = "proxy_ended" if one.stands else "proxy_refused"
    key = f"{one.id}/refused/{one.version}"
    relation = relation_of(office, one)
    await say_to(office, one.conversation, words, key=key, relation=relation)


async def lay_down(office: Office, conversation: ConversationId) -> int:
    """Stand in for nobody any more, nor ask to; tell for how many it was. Idempotent."""
    voice, now = await voice_of(office, conversation), office.clock.now()
    who = citizen(office, conversation)
    mine = (*voice.family, *voice.unguarded, *voice.asked)
    for one in mine:
        before = one.registration
        await office.stores.registrations.change(before.id, lambda x: moves.end(x, who, now))
        if before.stands:
            await _unfollow(office, before)
        await note(office, who, "proxy.end", f"{named(before.person)}/{before.id}")
        key = f"{before.id}/left/{before.version}"
        if before.stands:
            await say_to_person(office, before.person, "proxy_left", key=key, name=before.name)
    return len(mine)


async def _put(office: Office, person: Person, asked: Registration) -> int:
    """Put the question to the person; a child is not asked, its guardian is, before staff."""
    if person.is_child(local(office.clock.now()).date()):
        return 0
    return await say_to_person(
        office,
        person.id,
        "proxy_asked",
        key=f"{asked.id}/asked/{asked.version}",
        name=asked.name,
        relation=relation_of(office, asked),
        code=asked.code,
    )


async def _follow(office: Office, one: Registration) -> None:
    """Let a proxy hear of the warnings where the person lives; a place followed already stays."""
    person = await office.stores.residents.get(one.person)
    if person is not None and await _following(office, one, person.village) is None:
        following = Following(
            conversation=one.conversation,
            area=person.village,
            whose=Whose.FAMILY,
            since=office.clock.now(),
        )
        await office.stores.followings.follow(following)


async def _unfollow(office: Office, one: Registration) -> None:
    """Let a proxy hear of them no more, unless another of the family lives there, or it asked."""
    person = await office.stores.residents.get(one.person)
    if person is None:
        return
    others = (await voice_of(office, one.conversation)).family
    if any(other.person.village == person.village for other in others):
        return
    following = await _following(office, one, person.village)
    if following is not None and following.whose is Whose.FAMILY:
        await office.stores.followings.stop(one.conversation, person.village)


async def _following(office: Office, one: Registration, area: AreaCode) -> Following | None:
    found = await office.stores.followings.of(one.conversation)
    return next((one for one in found if one.area == area), None)


async def _count(office: Office, registration: str) -> None:
    asks = await office.stores.counters.hit(f"proxy-ask/{registration}", window=ASKS_WINDOW)
    if asks > ASKS:
        now = office.clock.now()
        who = registered_words.BY
        await office.stores.registrations.change(registration, lambda x: moves.end(x, who, now))
        wait = int(ASKS_WINDOW.total_seconds())
        raise TooMany("this person was asked too often: wait", retry_after_s=wait)
