"""Batches of devices: each scan once, however often and in whatever order it is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.house import House
from data.civic.errors import BadInput, Refused
from data.civic.people import Role
from data.civic.safety.codes import unpack
from data.civic.safety.identity import named
from data.civic.safety.scans import OutTo, Way
from data.civic.safety.shelters import Capacity, ShelterState
from data.civic.safety.stays import ClashKind
from data.civic.safety.whereabouts import Stage
from handlers.acts.move_person import standing_of
from handlers.acts.revoke_code import report_lost
from handlers.acts.shelter_board import doubts, report
from handlers.acts.take_scans import Batch, Taken, take_scans
from tests import builders
from tests.sheltering import HALL, SCHOOL, WHY, Desks, Phone, desks, shelter
from tests.staffed import LINPU, hired
from tests.townsfolk import NEXT_VILLAGE


@pytest.fixture
async def at_work(house: House) -> Desks:
    return await desks(house)


def taken(merged: object) -> list[Taken]:
    return [one.taken for one in merged.results]  # type: ignore[attr-defined]


async def test_the_same_batch_five_times_changes_nothing(at_work: Desks) -> None:
    phone = Phone(name="phone-1")
    for code in await at_work.codes():
        phone.scans(at_work.event, code, builders.now())
    assert set(taken(await at_work.merged(phone))) == {Taken.TAKEN}
    people = at_work.people[0].id
    before = await at_work.office.stores.whereabouts.of_person(people, [at_work.event])
    for _ in range(4):
        merged = await at_work.merged(phone)
        assert set(taken(merged)) == {Taken.KNOWN}
        assert merged.inside[HALL].people == 4
    assert await at_work.inside() == 4
    after = await at_work.office.stores.whereabouts.of_person(people, [at_work.event])
    assert after == before


async def test_who_was_scanned_offline_reads_it_in_their_log(at_work: Desks) -> None:
    me = at_work.people[0].id
    (code,) = await at_work.codes(1)
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, code, builders.now() - timedelta(minutes=2))
    phone.scans(at_work.event, code, builders.now(), way=Way.OUT, out_to=OutTo.HOME)
    for _ in range(2):
        await at_work.merged(phone)
    entries = await at_work.office.stores.audit.of_subject(named(me), 9)
    deeds = [(one.deed.act, one.deed.actor, one.deed.purpose) for one in reversed(entries)]
    by, where = at_work.desk.id, f"shelter-{HALL}"
    assert deeds[-2:] == [("stay.in", by, where), ("stay.out", by, where)]
    assert [act for act, *_ in deeds].count("stay.in") == 1


async def test_what_was_scanned_before_is_put_before_by_corrected_clocks(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    now = builders.now()
    fast, slow = Phone(name="fast", skew=timedelta(minutes=10)), Phone(name="slow")
    fast.scans(at_work.event, code, now - timedelta(minutes=3))
    slow.scans(at_work.event, code, now - timedelta(minutes=1), way=Way.OUT, out_to=OutTo.HOSPITAL)
    await at_work.merged(slow)
    await at_work.merged(fast)
    assert await at_work.inside() == 0
    standing = await standing_of(at_work.office, at_work.people[0], at_work.event)
    assert standing.stage is Stage.HOSPITAL


async def test_full_and_closed_shelters_count_who_is_there_all_the_same(house: House) -> None:
    one = await desks(house, shelter(capacity=Capacity(people=2)))
    phone = Phone(name="phone-1")
    await one.turned(ShelterState.CLOSED)
    for code in await one.codes():
        phone.scans(one.event, code, builders.now())
    assert set(taken(await one.merged(phone))) == {Taken.TAKEN}
    assert await one.inside() == 4


async def test_who_has_no_good_code_is_counted_without_a_name(at_work: Desks) -> None:
    lost, good, *_ = await at_work.codes()
    handle = f"{unpack(lost).code.handle:016x}"
    await report_lost(at_work.office, at_work.hq.wang, handle, purpose=WHY)
    phone, at = Phone(name="phone-1"), builders.now()
    for code in (lost, "SQ1:" + "A" * 126, good):
        phone.scans(at_work.event, code, at)
    phone.scans(at_work.event, "", at, strangers=7, looks="游客")
    phone.scans(at_work.event, lost, at, way=Way.OUT, out_to=OutTo.HOME)
    merged = await at_work.merged(phone)
    stranger = Taken.STRANGER
    assert taken(merged) == [stranger, stranger, Taken.TAKEN, Taken.TAKEN, Taken.REFUSED]
    assert [one.standing for one in merged.results[:2]] == ["revoked", "unreadable"]
    assert await at_work.inside() == 10


async def test_a_code_that_was_lost_after_the_scan_still_names_the_person(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, code, builders.now() - timedelta(seconds=30))
    handle = f"{unpack(code).code.handle:016x}"
    await report_lost(at_work.office, at_work.hq.wang, handle, purpose=WHY)
    assert taken(await at_work.merged(phone)) == [Taken.TAKEN]


async def test_what_does_not_fit_together_is_listed_with_both_scans(at_work: Desks) -> None:
    (code,) = await at_work.codes(1)
    now = builders.now()
    one, other = Phone(name="one"), Phone(name="other")
    first = one.scans(at_work.event, code, now - timedelta(minutes=2))
    second = other.scans(at_work.event, code, now - timedelta(minutes=1), shelter=SCHOOL)
    await at_work.merged(other)
    await at_work.merged(one)
    (doubt,) = await doubts(at_work.office, at_work.desk, at_work.event)
    assert doubt.first is not None
    assert doubt.second is not None
    assert (doubt.first.id, doubt.second.id) == (first.id, second.id)
    assert (doubt.clash.kind, doubt.now) == (ClashKind.ELSEWHERE, SCHOOL)
    far = await hired(at_work.hq.house, "far", Role.SHELTER, area=LINPU)
    assert len(await doubts(at_work.office, far, at_work.event)) == 1


async def test_one_id_for_two_scans_is_told_and_the_first_stands(at_work: Desks) -> None:
    first, second, *_ = await at_work.codes()
    one, other = Phone(name="one"), Phone(name="other")
    mine = one.scans(at_work.event, first, builders.now())
    other.scans(at_work.event, second, builders.now(), id=mine.id)
    await at_work.merged(one)
    assert taken(await at_work.merged(other)) == [Taken.DIFFERS]
    assert await at_work.inside() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"event": "none"}, "no such event"),
        ({"shelter": "none"}, "no shelter"),
        ({"id": "short"}, "8 to 64"),
        ({"shelter": None}, "say where"),
        ({"code": ""}, "with codes"),
        ({"code": "", "strangers": 2, "party": "in-000001"}, "counted anew"),
    ],
)
async def test_one_bad_scan_holds_up_no_other(
    at_work: Desks, more: dict[str, object], said: str
) -> None:
    first, second, *_ = await at_work.codes()
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, first, builders.now())
    one = phone.scans(at_work.event, second, builders.now())
    phone.queued[-1] = replace(one, **more)  # type: ignore[arg-type]
    good, refused = (await at_work.merged(phone)).results
    assert (good.taken, refused.taken) == (Taken.TAKEN, Taken.REFUSED)
    assert said in refused.why


async def test_scans_of_before_the_event_and_of_another_area_are_refused(at_work: Desks) -> None:
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, "", builders.now() - timedelta(hours=2), strangers=1)
    (early,) = (await at_work.merged(phone)).results
    assert "before the event" in early.why
    far = await hired(at_work.hq.house, "far", Role.SHELTER, area=NEXT_VILLAGE)
    phone.queued.clear()
    phone.scans(at_work.event, "", builders.now(), strangers=1)
    (elsewhere,) = (await take_scans(at_work.office, far, phone.batch(builders.now()))).results
    assert elsewhere.taken is Taken.REFUSED


async def test_an_empty_batch_and_one_of_nobody_are_refused(at_work: Desks) -> None:
    phone = Phone(name="phone-1")
    with pytest.raises(BadInput):
        await at_work.merged(phone)
    phone.scans(at_work.event, "", builders.now(), strangers=1)
    nameless = Batch(device="", now=phone.reading(builders.now()), scans=tuple(phone.queued))
    with pytest.raises(BadInput):
        await take_scans(at_work.office, at_work.desk, nameless)
    agent = await hired(at_work.hq.house, "agent", Role.AGENT)
    with pytest.raises(Refused):
        await take_scans(at_work.office, agent, phone.batch(builders.now()))


async def test_the_report_counts_scans_and_says_what_a_device_keeps(at_work: Desks) -> None:
    first, second, *_ = await at_work.codes()
    phone = Phone(name="phone-1")
    phone.scans(at_work.event, first, builders.now())
    phone.counted += 3  # a full shelter and a code that does not count leave no scan
    phone.scans(at_work.event, second, builders.now())
    phone.scans(at_work.event, "", builders.now(), strangers=4)
    await take_scans(at_work.office, at_work.desk, replace(phone.batch(builders.now()), waiting=2))
    await at_work.leaves(code=first)
    told = await report(at_work.office, at_work.desk, HALL, at_work.event)
    assert (told.guests, told.strangers, told.came, told.inside) == (2, 4, 6, 5)
    assert told.out_to == {OutTo.HOME: 1}
    assert {one.device: one.waiting for one in told.devices} == {"console": 0, "phone-1": 2}
    await at_work.visit(code=second, device="phone-1", counter=9)
    told = await report(at_work.office, at_work.desk, HALL, at_work.event)
    assert {one.device: one.waiting for one in told.devices} == {"console": 0, "phone-1": 0}
