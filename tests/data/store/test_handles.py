"""Keys of handles: the log names aliases, and whose key is destroyed is named no more."""

import asyncio

from pymongo import MongoClient

from data.civic.audit import Deed, End, follows
from data.civic.ids import PersonId
from data.civic.safety.identity import named
from data.store.audit import Wanted
from data.store.collection import Document
from data.store.mongo import Database
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.witness import OWN

ME, YOU = named(PersonId(1)), named(PersonId(2))


def deed(subject: str, purpose: str = "") -> Deed:
    return Deed(actor="wang", act="person.read", subject=subject, purpose=purpose)


async def noted(stores: Stores, *subjects: str) -> None:
    for one in subjects:
        await stores.audit.append(deed(one, f"for {YOU}"), at=builders.now())


async def test_no_handle_stands_in_the_log_and_it_is_found_all_the_same(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    await noted(stores, ME, f"typhoon/{ME}", "XS1")
    written = str(list(raw[DATABASE]["audit"].find({}, comment=OWN)))
    assert ME not in written
    assert YOU not in written
    assert len(await stores.audit.of_subject(ME, 9)) == 1
    assert len(await stores.audit.of_subject(f"typhoon/{ME}", 9)) == 1
    assert len(await stores.audit.found(Wanted(subject=ME), 9)) == 1
    assert len(await stores.audit.of_person(ME, 9)) == 2
    assert len(await stores.audit.of_person(YOU, 9)) == 3


async def test_whose_key_is_destroyed_is_found_no_more_and_the_chain_is_whole(
    stores: Stores,
) -> None:
    await noted(stores, ME, ME)
    assert await stores.handles.destroy([ME, ME]) == 1
    assert await stores.audit.of_person(ME, 9) == []
    assert await stores.audit.of_subject(ME, 9) == []
    await noted(stores, ME)
    first, second, third = [one async for one in stores.audit.entries()]
    assert first.deed.subject == second.deed.subject != third.deed.subject
    end = End()
    for entry in (first, second, third):
        assert follows(entry, end)
        end = End(number=entry.number, hash=entry.hash)


async def test_to_look_somebody_up_gives_nobody_a_key(stores: Stores) -> None:
    assert await stores.audit.of_person(ME, 9) == []
    assert await stores.handles.all() == {}


async def test_two_processes_give_one_key(stores: Stores, database: Database) -> None:
    another = Stores.of(database, builders.seal())
    made = await asyncio.gather(
        *(one.handles.keys([ME, YOU]) for one in (stores, another, stores, another))
    )
    assert all(one == made[0] for one in made)
    assert await stores.handles.all() == made[0]


async def test_keys_are_put_back_beside_those_that_stand(stores: Stores) -> None:
    mine = (await stores.handles.keys([ME]))[ME]
    await stores.handles.put_back({ME: b"x" * 32, YOU: b"y" * 32})
    assert await stores.handles.all() == {ME: mine, YOU: b"y" * 32}
