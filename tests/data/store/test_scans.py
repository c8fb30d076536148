"""Scans in the store: each once and never changed; needs and looks are sealed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import Conflict
from data.civic.ids import EventId, PersonId, ScanId
from data.civic.safety.scans import Need, OutTo, Proof, Scan, Way, guest_of, party_of
from data.store.collection import Document
from data.store.scans import DeviceCount
from data.store.stores import Stores
from tests.conftest import DATABASE
from tests.sheltering import EVENT, SCHOOL, scan
from tests.townsfolk import VILLAGE
from tests.witness import OWN

DRILL, OTHER = EventId("drill-1"), EventId("flood")
ME, YOU = guest_of(PersonId(1)), guest_of(PersonId(2))
UNKNOWN = ScanId("scan-9999")


def strangers(key: str = "scan-0002") -> Scan:
    return scan(
        key,
        people=(),
        strangers=5,
        looks="一家五口，带着红色雨伞",
        needs=frozenset({Need.MEDICINE, Need.INFANT}),
        proof=Proof.NONE,
    )


async def test_scans_of_every_way_are_read_as_they_were_taken(stores: Stores) -> None:
    come = strangers()
    taken = [
        scan(needs=frozenset({Need.BED}), sure=False),
        come,
        replace(come, id=ScanId("scan-0003"), way=Way.OUT, out_to=OutTo.HOSPITAL, party=come.id),
        scan("scan-0004", way=Way.KIN, at=None, village=VILLAGE),
    ]
    for one in taken:
        assert await stores.scans.add(one)
    found = await stores.scans.some([*(one.id for one in taken), UNKNOWN])
    assert found == {one.id: one for one in taken}
    assert await stores.scans.some([]) == {}


async def test_a_scan_that_many_send_at_once_stands_once(stores: Stores) -> None:
    later = scan(minute=3, waiting=4, received_at=scan().received_at + timedelta(seconds=9))
    sent = await asyncio.gather(*(stores.scans.add(one) for one in [scan(), later] * 5))
    assert sent.count(True) == 1
    assert len((await stores.scans.of_guests(EVENT, [ME]))[ME]) == 1


async def test_something_else_under_the_same_id_is_refused_and_the_first_stands(
    stores: Stores,
) -> None:
    await stores.scans.add(scan())
    with pytest.raises(Conflict):
        await stores.scans.add(scan(at=SCHOOL))
    assert await stores.scans.some([scan().id]) == {scan().id: scan()}


async def test_a_batch_sent_again_adds_what_is_new_and_tells_what_stood(stores: Stores) -> None:
    first, second = scan(), scan("scan-0002", who=2, counter=1)
    assert await stores.scans.add_all([first]) == {}
    assert await stores.scans.add_all([replace(first, counter=7), second]) == {first.id: first}
    assert await stores.scans.some([second.id]) == {second.id: second}
    assert await stores.scans.add_all([]) == {}


async def test_scans_are_found_by_each_guest_in_each_event(stores: Stores) -> None:
    home = scan(people=(PersonId(1), PersonId(2)))
    party = strangers()
    elsewhere = scan("scan-0003", event=OTHER)
    await stores.scans.add_all([home, party, elsewhere])
    found = await stores.scans.of_guests(EVENT, [ME, YOU, party_of(party.id), "p-none"])
    assert found == {ME: [home], YOU: [home], party_of(party.id): [party], "p-none": []}
    assert await stores.scans.of_guests(OTHER, [ME, YOU]) == {ME: [elsewhere], YOU: []}
    assert await stores.scans.of_guests(EVENT, []) == {}


async def test_scans_of_all_events_are_found_and_those_of_drills_apart(stores: Stores) -> None:
    home = scan(people=(PersonId(1), PersonId(2)))
    elsewhere, drilled = scan("scan-0003", event=OTHER), scan("scan-0004", event=DRILL)
    await stores.scans.add_all([home, elsewhere, drilled, scan("scan-0005", who=3)])
    found = await stores.scans.everywhere([ME, YOU, "p-none"], drill=False)
    by_id = {who: sorted(one.id for one in some) for who, some in found.items()}
    assert by_id == {ME: [home.id, elsewhere.id], YOU: [home.id], "p-none": []}
    assert list(found[YOU]) == [home]
    assert await stores.scans.everywhere([ME, YOU], drill=True) == {ME: [drilled], YOU: []}
    assert await stores.scans.everywhere([], drill=False) == {}


async def test_a_device_is_counted_with_what_it_kept_at_its_newest_scan(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    sent = [("b", 4, 0, 9), ("a", 0, 9, 0), ("b", 6, 2, 3), ("b", 9, 1, 7)]
    day = scan().received_at
    for place, (device, counter, minute, waiting) in enumerate(sent):
        received = day + timedelta(minutes=minute)
        one = scan(f"scan-000{place}", device=device, counter=counter, received_at=received)
        await stores.scans.add(replace(one, waiting=waiting))
    await stores.scans.add(scan("scan-0009", device="c", event=OTHER))
    a, b = await stores.scans.devices(EVENT)
    assert (a.device, a.waiting) == ("a", 0)
    newest = day + timedelta(minutes=2)
    assert b == DeviceCount(device="b", scans=3, waiting=3, newest=newest)
    raw[DATABASE]["scans"].update_many({}, {"$unset": {"waiting": ""}}, comment=OWN)
    assert [one.waiting for one in await stores.scans.devices(EVENT)] == [0, 0]
    (kept,) = (await stores.scans.some([ScanId("scan-0000")])).values()
    assert kept.waiting == 0, "of before devices said so"


async def test_what_tells_of_somebodys_health_or_looks_is_not_in_the_open(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    await stores.scans.add(strangers())
    (kept,) = raw[DATABASE]["scans"].find({}, comment=OWN)
    for secret in ("雨伞", Need.MEDICINE.value, Need.INFANT.value):
        assert secret not in str(kept)
