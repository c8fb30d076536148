"""The audit log."""

import asyncio
from datetime import timedelta, timezone

from pymongo import MongoClient

from data.civic.audit import Deed, End, Entry, follows
from data.store.audit import Wanted
from data.store.collection import Document
from data.store.mongo import Database
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.witness import OWN


def deed(subject: str = "t1", *, actor: str = "s1") -> Deed:
    return Deed(actor=actor, act="look", subject=subject, purpose="handle the ticket")


def first_broken(entries: list[Entry]) -> int | None:
    end = End()
    for entry in entries:
        if not follows(entry, end):
            return entry.number
        end = End(number=entry.number, hash=entry.hash)
    return None


async def test_entries_of_many_processes_make_one_whole_chain(
    stores: Stores, database: Database
) -> None:
    processes = [Stores.of(database, builders.seal()) for _ in range(4)]
    appends = [
        processes[number % 4].audit.append(deed(str(number)), at=builders.now())
        for number in range(20)
    ]
    appended = await asyncio.gather(*appends)
    entries = [entry async for entry in stores.audit.entries()]
    assert [entry.number for entry in entries] == list(range(1, 21))
    assert sorted(appended, key=lambda entry: entry.number) == entries
    assert first_broken(entries) is None


async def test_a_changed_entry_is_found(stores: Stores, raw: MongoClient[Document]) -> None:
    for number in range(3):
        await stores.audit.append(deed(str(number)), at=builders.now())
    raw[DATABASE]["audit"].update_one({"_id": 2}, {"$set": {"actor": "s2"}}, comment=OWN)
    assert first_broken([entry async for entry in stores.audit.entries()]) == 2


async def test_a_moment_of_another_zone_keeps_the_chain_whole(stores: Stores) -> None:
    beijing = timezone(timedelta(hours=8))
    await stores.audit.append(deed(), at=builders.now().astimezone(beijing))
    assert first_broken([entry async for entry in stores.audit.entries()]) is None


async def test_what_was_done_to_one_thing_is_found_newest_first(stores: Stores) -> None:
    for actor, subject in (("s1", "t1"), ("s2", "t2"), ("s3", "t1")):
        await stores.audit.append(deed(subject, actor=actor), at=builders.now())
    found = await stores.audit.of_subject("t1", 10)
    assert [entry.deed.actor for entry in found] == ["s3", "s1"]


async def test_entries_are_found_by_who_what_and_when(stores: Stores) -> None:
    start = builders.now()
    for minutes, actor in ((0, "s1"), (1, "s2"), (2, "s1")):
        at = start + timedelta(minutes=minutes)
        await stores.audit.append(deed(f"t{minutes}", actor=actor), at=at)

    async def subjects(wanted: Wanted) -> list[str]:
        return [one.deed.subject for one in await stores.audit.found(wanted, 10)]

    assert await subjects(Wanted(actor="s1")) == ["t2", "t0"]
    assert await subjects(Wanted(since=start + timedelta(seconds=1))) == ["t2", "t1"]
    assert await subjects(Wanted(until=start + timedelta(minutes=2))) == ["t1", "t0"]
    assert await subjects(Wanted(before=3, actor="s1")) == ["t0"]
    assert await subjects(Wanted(act="nothing")) == []
