"""Residents: sealed at rest, found by keyed hashes, written in bulk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from pymongo import MongoClient

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, ConversationId, GridId, PersonId
from data.civic.risks import RiskTag
from data.civic.safety.rosters import Person, Proxy
from data.civic.safety.synthetic import division_tree, synthetic_residents
from data.civic.shapes import Point
from data.store.collection import Document
from data.store.resident_documents import opened
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.witness import OWN

VILLAGES = division_tree(counties=1, towns=2, villages=3)
FIELDS = {"_id", "v", "h", "g", "t", "reach", "c", "home", "p", "id_hash", "sealed"}


def people(count: int = 60, seed: int = 1) -> list[Person]:
    return list(synthetic_residents(count, seed, villages=VILLAGES, seal=builders.seal()))


def somebody() -> Person:
    (one,) = people(1)
    return replace(
        one,
        name="样例甲",
        phone="13800000000",
        id_hash="a" * 32,
        id_last4="002X",
        home=Point(120.26, 30.18),
        tags=frozenset({RiskTag.LOW_LYING, RiskTag.DANGEROUS_HOUSE}),
        proxies=(Proxy(name="样例乙", phone="13900000000", relation="女儿"),),
        language="萧山话",
        temporary_until=date(2026, 12, 31),
        born_year=1946,
    )


async def test_a_person_is_read_as_written(stores: Stores) -> None:
    one = somebody()
    assert await stores.residents.add_all([one]) == ()
    assert await stores.residents.get(one.id) == one
    assert await stores.residents.get(PersonId(1)) is None


async def test_nothing_that_names_a_person_stands_in_the_open(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    one = somebody()
    await stores.residents.add_all([one])
    document = raw[DATABASE]["residents"].find_one({"_id": one.id}, comment=OWN)
    assert document is not None
    assert set(document) >= FIELDS
    text = repr(document) + document["sealed"].decode("latin-1")
    said = ("样例", "1380000", "1390000", "002X", "萧山话", "女儿")
    assert not [word for word in said if word in text]
    assert document["t"] == ["dangerous_house", "low_lying"]
    assert document["reach"] == "chat" if one.conversation else "sms"


async def test_what_is_sealed_opens_beside_its_own_handle_alone(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    one = somebody()
    await stores.residents.add_all([one])
    document = raw[DATABASE]["residents"].find_one({"_id": one.id}, comment=OWN)
    assert document is not None
    assert opened(document, builders.seal())["name"] == one.name
    with pytest.raises(BadInput):
        opened({**document, "_id": 1}, builders.seal())


async def test_a_handle_or_an_id_number_stands_once(stores: Stores) -> None:
    one = somebody()
    await stores.residents.add_all([one])
    same_number = replace(one, id=PersonId(5))
    other = replace(one, id=PersonId(6), id_hash="b" * 32)
    refused = await stores.residents.add_all([one, same_number, other])
    assert set(refused) == {one, same_number}
    assert await stores.residents.get(PersonId(6)) == other


async def test_many_without_an_id_number_stand_beside_each_other(stores: Stores) -> None:
    told: list[int] = []
    assert await stores.residents.add_all(people(), tell=told.append) == ()
    assert told == [60]


async def test_who_was_changed_meanwhile_is_given_back(stores: Stores) -> None:
    one, two = people(2)
    await stores.residents.add_all([one, two])
    moved = replace(one, village=AreaCode("330109105201"), version=1)
    assert await stores.residents.save_all([moved]) == ()
    late = replace(one, language="普通话", version=1)
    assert await stores.residents.save_all([late, replace(two, version=1)]) == (late,)
    assert await stores.residents.get(one.id) == moved


async def test_people_are_found_by_what_is_known_of_them(stores: Stores) -> None:
    everybody = people()
    first = replace(everybody[0], id_hash="c" * 32)
    await stores.residents.add_all([first, *everybody[1:]])
    found = await stores.residents.by_id_hashes(["c" * 32, "d" * 32])
    assert found == [first]
    with_phone = next(one for one in everybody if one.phone_hash)
    by_phone = await stores.residents.by_phone_hashes([with_phone.phone_hash or ""], 5)
    assert [one.id for one in by_phone] == [with_phone.id]
    home = [one.id for one in everybody if one.household == first.household]
    assert _ids(await stores.residents.of_households([first.household], 9)) == sorted(home)
    assert sorted(await stores.residents.handles_of(first.household, 9)) == sorted(home)
    assert await stores.residents.by_id_hashes([]) == []


async def test_of_some_people_those_who_are_gone_are_left_out(stores: Stores) -> None:
    first, second, third = people(3)
    await stores.residents.add_all([first, second, third])
    found = await stores.residents.some([third.id, first.id, PersonId(1)])
    assert sorted(_ids(found)) == sorted([first.id, third.id])
    assert await stores.residents.some([]) == []


async def test_lists_of_a_village_and_of_a_grid_are_read_on_behind_the_last(
    stores: Stores,
) -> None:
    everybody = people()
    await stores.residents.add_all(everybody)
    village = VILLAGES[0]
    here = sorted(one.id for one in everybody if one.village == village)
    first = await stores.residents.of_village(village, 4)
    rest = await stores.residents.of_village(village, 100, after=first[-1].id)
    assert _ids([*first, *rest]) == here
    grid = GridId(f"drill-{village}")
    in_grid = [one.id for one in everybody if one.grid == grid]
    assert _ids(await stores.residents.of_grid(grid, 100)) == sorted(in_grid)


async def test_whose_day_has_come_is_listed_and_deleted(stores: Stores) -> None:
    one, two = people(2)
    await stores.residents.add_all([replace(one, purge_on=date(2026, 1, 1)), two])
    due = await stores.residents.due(date(2026, 1, 1), 10)
    assert _ids(due) == [one.id]
    assert await stores.residents.delete([one.id, PersonId(1)]) == 1
    assert await stores.residents.due(date(2026, 1, 1), 10) == []


async def test_an_empty_roster_is_filled_and_has_its_indexes_again(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    before = sorted(raw[DATABASE]["residents"].index_information())
    await stores.residents.fill(people())
    assert sorted(raw[DATABASE]["residents"].index_information()) == before
    with pytest.raises(Conflict, match="not empty"):
        await stores.residents.fill(people(seed=2))


def _ids(found: Sequence[Person]) -> list[PersonId]:
    return [one.id for one in found]


async def test_who_is_registered_in_a_conversation_is_found_by_it(stores: Stores) -> None:
    first, second = people(2)
    here = ConversationId("wechat/county/openid-1")
    await stores.residents.add_all([replace(first, conversation=here), second])
    found = await stores.residents.of_conversation(here, 20)
    assert [one.id for one in found] == [first.id]
    assert await stores.residents.of_conversation(ConversationId("wechat/county/x"), 20) == []
    assert await stores.residents.handles_in(here, 20) == [first.id]
