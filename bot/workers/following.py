"""Tell who follows a place of the warnings there: once each, by template, else in the chat.

At most one message: all that is read is read first, then all of a batch are marked in one write,
directly before it is sent, and put back only where the platform has surely taken nothing. Who is
marked when the worker dies, or the database is lost, before the platform has answered may never be
told: that window cannot be closed. They are told beside the roster, and are counted as informed by
nothing but their own answer. A lift or a correction goes to those who were told.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import timedelta

import structlog

from bot.channels.messengers import Messengers, Outgoing
from bot.workers.batch_sending import sent_by
from bot.workers.throttle import Throttle
from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.safety.rosters import Person
from data.civic.sending.followings import Audience, Following, concerned
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.ladder import asleep
from data.civic.sending.rows import Ending, Rung
from handlers.acts.speaks_for import own_people
from handlers.office import Office

LOOK_FOR_FOLLOWERS_S = 1.0
BATCH = 25
NOBODY = 1 << 40
"""From here on handles are those of nobody on the roster: no receipt is ever taken for a person."""
WAYS = (Rung.SUBSCRIPTION, Rung.CHAT)
PATIENCE_S = 30.0
LEASE_S = 90.0
"""Longer than a batch may take by both ways."""
BUSY = timedelta(seconds=15)
"""After so long who could not be sent anything is tried again."""
OLD = timedelta(days=1)
"""After so long everybody has been told, or cannot be."""
_NOT_SENT = (Ending.BUSY, Ending.REFUSED)
SIZES = (6, 9)
"""Digits of the codes of the areas around a village: county and town."""

log = structlog.get_logger()


async def tell_next_followers(office: Office, messengers: Messengers) -> bool:
    """Tell some followers of one warning; False when all have been told, or wait.

    Who follows is told of one warning by one process at a time.
    """
    holder, leases = office.ids.new(), office.stores.leases
    for informing in await _going(office):
        audience, lease = await audience_of(office, informing), f"followers/{informing.id}"
        if not audience.areas or not await leases.take(lease, holder, seconds=LEASE_S):
            continue
        try:
            found = await office.stores.followings.find(audience, office.clock.now(), BATCH)
            strangers = await _strangers(office, informing, found)
            if await leases.take(lease, holder, seconds=LEASE_S):  # the reading may have been slow
                await _tell(office, messengers, informing, strangers)
        finally:
            await leases.give_back(lease, holder)
        if found:
            return True
    return False


async def _going(office: Office) -> list[Informing]:
    """List what followers are told now, urgent ones first, and the older before the newer."""
    now = office.clock.now()
    going = [
        one
        for one in await office.stores.informings.open()
        if one.state is InformingState.SENDING
        and not one.drill
        and now - one.created_at < OLD
        and not asleep(one.rules, now)
    ]
    return sorted(going, key=lambda one: (not one.urgent, one.id))


async def audience_of(office: Office, informing: Informing) -> Audience:
    """Tell who is told: who follows where it is told, what lies in it, or what is around it."""
    meant, places = await _meant(office, informing), office.release.places
    around = {AreaCode(one[:size]) for one in meant for size in SIZES if size < len(one)}
    inside = {each.code for one in meant for each in places.descendants(one)}
    beside = [await office.stores.informings.must(one) for one in informing.beside]
    return Audience(
        informing=informing.id,
        areas=concerned(informing, meant, {*meant, *around, *inside}),
        since=informing.created_at,
        told=_followed(informing),
        untold=frozenset(number for one in beside for number in _followed(one)),
    )


async def _meant(office: Office, informing: Informing) -> frozenset[AreaCode]:
    """Tell where an informing is told: as it names it, else village by village."""
    target = informing.target
    if target is not None and not target.shapes:
        return frozenset(target.areas)
    planned = await office.stores.slices.all(informing.id)
    villages = {village for one in planned for village, _ in one.villages}
    named = {*target.areas} if target else set()
    for number in _followed(informing) if target is None else ():
        named |= await _meant(office, await office.stores.informings.must(number))
    return frozenset(villages | named)


def _followed(informing: Informing) -> frozenset[int]:
    return frozenset((informing.of, *informing.also)) if informing.of else frozenset()


async def _strangers(
    office: Office, informing: Informing, found: Sequence[Following]
) -> list[Following]:
    """Leave out who is sent it as somebody on the roster; they are marked as told."""
    residents = {one.conversation for one in found if await _as_resident(office, informing, one)}
    await office.stores.followings.note_told(residents, informing.id)
    return [one for one in found if one.conversation not in residents]


async def _tell(
    office: Office, messengers: Messengers, informing: Informing, some: Sequence[Following]
) -> None:
    """Send by the first way that takes it; who could not be sent anything for now is put back."""
    left, busy, marked = dict(enumerate(some)), set[int](), False
    throttle = Throttle(office)
    for number, rung in enumerate(WAYS, start=1):
        messenger = messengers.get(rung)
        if messenger is None or not left:
            continue
        if not await throttle.room(messenger, len(left)):
            busy |= left.keys()
            continue
        out = [_outgoing(informing, one, rung, number, at) for at, one in left.items()]
        if not marked:
            await _mark(office, informing, left.values())
            marked = True
        sent = await sent_by(messenger, out, PATIENCE_S)
        endings = {int(one.person) - NOBODY: one.ending for one in sent}
        busy |= {at for at, ending in endings.items() if ending is Ending.BUSY}
        left = {at: one for at, one in left.items() if endings.get(at) in _NOT_SENT}
    await _leave(office, informing, left, busy)


async def _leave(
    office: Office, informing: Informing, left: Mapping[int, Following], busy: Set[int]
) -> None:
    """Put back whom a busy way may still reach; the others are marked: no way is left."""
    until = office.clock.now() + BUSY
    for at in left.keys() & busy:
        await office.stores.followings.put_back(left[at], informing.id, until=until)
    if lost := left.keys() - busy:
        await _mark(office, informing, [left[at] for at in lost])
        log.info("followers not reached", informing=informing.id, count=len(lost))


async def _mark(office: Office, informing: Informing, some: Iterable[Following]) -> None:
    await office.stores.followings.note_told([one.conversation for one in some], informing.id)


def _outgoing(
    informing: Informing, following: Following, rung: Rung, number: int, at: int
) -> Outgoing:
    return Outgoing(
        informing=informing.id,
        person=PersonId(NOBODY + at),
        rung=rung,
        number=number,
        village=following.area,
        grid=GridId(""),
        text=informing.words.by(rung),
        fields=informing.words.fields,
        conversation=following.conversation,
        drill=informing.drill,
    )


async def _as_resident(office: Office, informing: Informing, following: Following) -> bool:
    """Say whether this conversation is sent it as that of somebody on the roster."""
    for person in await own_people(office, following.conversation):
        if person.conversation == following.conversation and await _is_meant(
            office, informing, person
        ):
            return True
    return False


async def _is_meant(office: Office, informing: Informing, person: Person) -> bool:
    """Say whether somebody has a row of it, or of what it follows, or will have one soon."""
    for number in {informing.id, *informing.beside, *_followed(informing)}:
        if await office.stores.rows.get(number, person.id):
            return True
    target = informing.target
    if target is None or informing.of is not None or not target.names(person.village):
        return False
    return not target.tags or bool(target.tags & person.tags)
