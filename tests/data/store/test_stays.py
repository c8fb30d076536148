"""Stays in the store: who is where, by the reading of the most scans."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from data.civic.ids import EventId, PersonId
from data.civic.safety.scans import Guest, Need, Scan, Way, guest_of
from data.civic.safety.shelters import Places
from data.civic.safety.stays import fold
from data.store.stores import Stores
from tests.sheltering import EVENT, GYM, HALL, SCHOOL, START, scan

OTHER = EventId("flood")
ME, YOU, THEY = (guest_of(PersonId(one)) for one in (1, 2, 3))

COME = scan("in-000001", minute=10)
MOVED = scan("in-000002", minute=30, at=SCHOOL)
GONE = scan("out-00001", way=Way.OUT, minute=60, at=SCHOOL)


async def told(
    stores: Stores, scans: Sequence[Scan], *, guest: Guest = ME, event: EventId = EVENT
) -> None:
    """Write what scans of one guest amount to."""
    await stores.stays.put_all(event, {guest: fold(guest, scans)}, {guest: len(scans)})


async def test_stays_are_read_as_they_were_worked_out(stores: Stores) -> None:
    scans = [COME, MOVED, GONE]
    await told(stores, scans)
    found = await stores.stays.of(EVENT, [ME, YOU])
    worked = fold(ME, scans)
    assert (found[ME].stays, found[ME].clashes) == (worked.stays, worked.clashes)
    assert found[ME].now is None
    assert YOU not in found
    assert await stores.stays.of(OTHER, [ME]) == await stores.stays.of(EVENT, []) == {}


async def test_a_reading_of_fewer_scans_is_never_put_over_one_of_more(stores: Stores) -> None:
    whole = [COME, MOVED, GONE]
    await asyncio.gather(*(told(stores, whole[:n]) for n in (3, 1, 2, 3, 1)))
    await told(stores, [COME])
    assert await stores.stays.counts(EVENT, [ME, YOU]) == {ME: 3}
    assert (await stores.stays.of(EVENT, [ME]))[ME].stays == fold(ME, whole).stays
    assert await stores.stays.counts(EVENT, []) == {}


async def test_who_is_inside_is_listed_the_earliest_first(stores: Stores) -> None:
    for number, minute in ((1, 10), (2, 5), (3, 7)):
        one = scan(f"in-00000{number}", who=number, minute=minute)
        await told(stores, [one], guest=guest_of(PersonId(number)))
    gone = scan("out-00003", way=Way.OUT, who=3, minute=20)
    await told(stores, [scan("in-000003", who=3, minute=7), gone], guest=THEY)
    await told(stores, [scan("in-000009", who=4)], guest=guest_of(PersonId(4)), event=OTHER)
    inside = await stores.stays.inside(EVENT, HALL)
    assert [one.guest for one in inside] == [YOU, ME]
    first = inside[0].now
    assert first is not None
    assert first.since == START + timedelta(minutes=5)
    assert {one.guest for one in await stores.stays.ever(EVENT, HALL)} == {ME, YOU, THEY}
    assert await stores.stays.inside(EVENT, GYM) == await stores.stays.ever(EVENT, GYM) == []


async def test_who_has_moved_on_was_in_both_and_is_in_one(stores: Stores) -> None:
    await told(stores, [COME, MOVED])
    assert await stores.stays.inside(EVENT, HALL) == []
    for where in (HALL, SCHOOL):
        assert [one.guest for one in await stores.stays.ever(EVENT, where)] == [ME]


async def test_places_taken_are_those_of_whoever_is_inside(stores: Stores) -> None:
    wheels = frozenset({Need.WHEELCHAIR})
    await told(stores, [COME, MOVED, GONE])
    await told(stores, [scan("in-000003", who=2, needs=wheels)], guest=YOU)
    await told(stores, [scan("in-000004", who=3)], guest=THEY)
    await told(stores, [scan("in-000005", at=GYM)], event=OTHER)
    assert await stores.stays.taken(EVENT) == {HALL: Places(2, 0, 1)}
    assert await stores.stays.taken(OTHER) == {GYM: Places(1)}


async def test_only_guests_whose_scans_do_not_fit_are_listed(stores: Stores) -> None:
    await told(stores, [COME])
    await told(stores, [GONE])
    assert [one.guest for one in await stores.stays.clashing(EVENT)] == [ME]
    left = scan("out-00002", way=Way.OUT, minute=60)
    await told(stores, [COME, left])
    await told(stores, [scan("in-000003", who=2)], guest=YOU)
    assert await stores.stays.clashing(EVENT) == await stores.stays.clashing(OTHER) == []


async def test_after_a_purge_a_reading_of_fewer_scans_is_put_over_one_of_more(
    stores: Stores,
) -> None:
    whole = [COME, MOVED, GONE]
    for event in (EVENT, OTHER):
        await told(stores, whole, event=event)
    await told(stores, [COME])
    assert await stores.stays.counts(EVENT, [ME]) == {ME: 3}
    for _ in range(2):
        await stores.stays.recount()
        for event in (EVENT, OTHER):
            assert await stores.stays.counts(event, [ME, YOU]) == {ME: 0}
            assert (await stores.stays.of(event, [ME]))[ME].stays == fold(ME, whole).stays
    await told(stores, [COME])
    assert (await stores.stays.of(EVENT, [ME]))[ME].stays == fold(ME, [COME]).stays
    assert (await stores.stays.of(OTHER, [ME]))[ME].stays == fold(ME, whole).stays
    assert await stores.stays.counts(EVENT, [ME]) == {ME: 1}
