"""Credentials and the keys that sign them, as they are kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import Conflict
from data.civic.ids import HouseholdId, PersonId
from data.civic.safety import credentials as life
from data.civic.safety.codekeys import CodeKey
from data.civic.safety.codes import CodeKind
from data.civic.safety.credentials import Credential, Ending, Holder, Wanted
from data.store.collection import Document
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.townsfolk import person
from tests.witness import OWN


def code(
    handle: int = 7, kind: CodeKind = CodeKind.SHEET, *, household: bool = False
) -> Credential:
    whose = Holder(household=HouseholdId(handle)) if household else Holder(person=PersonId(handle))
    wanted = Wanted(kind=kind, holder=whose, key=5, by="staff")
    return life.issue(builders.ids(), wanted, of=person(handle), at=builders.now())


async def test_a_code_is_read_as_it_was_issued(stores: Stores) -> None:
    for one in (code(), code(kind=CodeKind.SCREEN), code(8, household=True)):
        assert await stores.credentials.issue(one) == one
        assert await stores.credentials.get(one.id) == one
        assert await stores.credentials.by_number(one.number) == one
        assert await stores.credentials.counting(one.holder, one.kind) == one


async def test_of_one_kind_one_code_counts_however_many_issue_it(stores: Stores) -> None:
    given = await asyncio.gather(*(stores.credentials.issue(code()) for _ in range(10)))
    assert len({one.id for one in given}) == 1
    other = await stores.credentials.issue(code(kind=CodeKind.PENDANT))
    assert len(await stores.credentials.of(code().holder)) == 2
    assert await stores.credentials.counting_of([code().holder], [CodeKind.PENDANT]) == [other]


async def test_digits_that_are_taken_are_not_given_twice(stores: Stores) -> None:
    one = await stores.credentials.issue(code(7))
    same = replace(code(8), id=f"{(one.handle + 10**10) % 2**64:016x}")
    assert same.number == one.number
    with pytest.raises(Conflict, match="another one"):
        await stores.credentials.issue(same)


async def test_what_is_ended_stands_in_the_list_until_it_expires(stores: Stores) -> None:
    now = builders.now()
    kept, lost, withdrawn = [await stores.credentials.issue(code(n)) for n in (7, 8, 9)]
    before = await stores.credentials.revocations(now)
    assert (before.version, before.handles) == (0, frozenset())
    ending = Ending(by="staff", at=now, reason="丢了")
    await stores.credentials.change(lost.id, lambda one: life.lose(one, ending))
    await stores.credentials.change(withdrawn.id, lambda one: life.revoke(one, ending))
    after = await stores.credentials.revocations(now)
    assert (after.version, after.handles) == (2, {lost.handle, withdrawn.handle})
    later = await stores.credentials.revocations(now + timedelta(days=366))
    assert (later.version, later.handles) == (2, frozenset())
    assert await stores.credentials.printed_by(5, now) == 1
    assert await stores.credentials.printed_by(5, now + timedelta(days=366)) == 0
    assert kept.handle not in after.handles


async def test_another_is_issued_when_the_one_before_is_over(stores: Stores) -> None:
    first = await stores.credentials.issue(code())
    ending = Ending(by="staff", at=builders.now())
    await stores.credentials.change(first.id, lambda one: life.give_way(one, ending))
    second = await stores.credentials.issue(code())
    assert second.id != first.id
    assert [one.id for one in await stores.credentials.of(first.holder)] == [first.id, second.id]


async def test_keys_are_listed_newest_first_and_never_twice(stores: Stores) -> None:
    keys = [
        CodeKey(id=n, public=bytes(32), salt=str(n), number=n, made_at=builders.now())
        for n in (1, 2, 3)
    ]
    for one in keys:
        await stores.code_keys.add(one)
    assert await stores.code_keys.newest(2) == [keys[2], keys[1]]
    for taken in (keys[2], replace(keys[2], id=9), replace(keys[2], number=9)):
        with pytest.raises(Conflict):
            await stores.code_keys.add(taken)


async def test_a_code_is_never_written_over_unseen(stores: Stores) -> None:
    one = code()
    assert await stores.credentials.add(one) == one
    used = life.use(one, builders.now())
    await stores.credentials.save(used)
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.credentials.save(life.use(one, builders.now() + timedelta(seconds=1)))
    kept = await stores.credentials.add(one)
    assert kept.used_at == used.used_at


async def test_codes_are_fetched_by_handle_and_by_the_digits_under_them(stores: Stores) -> None:
    one, two, three = [await stores.credentials.issue(code(n)) for n in (7, 8, 9)]
    found = await stores.credentials.some([two.id, one.id, "0" * 16], [three.number, 1])
    assert {each.id for each in found} == {one.id, two.id, three.id}
    assert await stores.credentials.some([], [one.number]) == [one]
    assert await stores.credentials.some([]) == []


async def test_a_code_whose_holder_is_forgotten_is_nobodys_and_revoked_until_it_expires(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    now = builders.now()
    kinds = (CodeKind.SHEET, CodeKind.PENDANT)
    gone = [await stores.credentials.issue(code(kind=kind)) for kind in kinds]
    gone.append(await stores.credentials.issue(code(9, household=True)))
    stays = await stores.credentials.issue(code(8))
    holders = [gone[0].holder, gone[2].holder]
    assert [await stores.credentials.forget(holders) for _ in range(2)] == [3, 0]
    assert await stores.credentials.some([one.id for one in (*gone, stays)]) == [stays]
    assert await stores.credentials.counting_of([*holders, stays.holder]) == [stays]
    for one in gone:
        assert await stores.credentials.get(one.id) is None
        assert await stores.credentials.by_number(one.number) is None
    assert await stores.credentials.of(gone[0].holder) == []
    listed = await stores.credentials.revocations(now)
    assert (listed.version, listed.handles) == (3, {one.handle for one in gone})
    assert (await stores.credentials.revocations(now + timedelta(days=366))).handles == frozenset()
    for kept in raw[DATABASE]["credentials"].find({"_id": {"$ne": stays.id}}, comment=OWN):
        assert {"holder", "whose", "counting"}.isdisjoint(kept)
    with pytest.raises(Conflict):
        await stores.credentials.issue(gone[0])
