"""What is due is handed out once, whoever is faster; and the sums are exact."""

import asyncio
from dataclasses import replace

import pytest

from data.civic.errors import Conflict
from data.civic.ids import PersonId
from data.civic.safety import relief
from data.civic.safety.relief import AlreadyIssued, Issue, Item, Recipient, Sum
from data.store.stores import Stores
from tests.data.civic.safety.test_relief_books import AT, EVENT, ME, WANG, item, supply


def issue(id_: str, quantity: int = 1, *, to: Recipient = ME, shelter: str = "一中") -> Issue:
    return Issue(
        id=id_,
        event=EVENT,
        shelter=shelter,
        item=item().id,
        quantity=quantity,
        to=to,
        slots=(),
        by=WANG,
        at=AT,
    )


def page(one: Item, to: Recipient = ME) -> str:
    return relief.book(one, relief.holder(one, to), AT)


async def test_of_many_at_once_only_so_many_get_it_as_are_due(stores: Stores) -> None:
    water, given = item(limit=3), stores.relief_issues
    done = await asyncio.gather(
        *(given.hand_out(issue(f"s{n}", shelter=f"点{n}"), water, page(water)) for n in range(12)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Issue) for one in done) == 3
    refused = [one for one in done if not isinstance(one, Issue)]
    assert all(isinstance(one, AlreadyIssued) for one in refused)
    assert sum(one.quantity for one in await given.sums(EVENT)) == 3


async def test_the_same_scan_counts_once(stores: Stores) -> None:
    one, given = item(), stores.relief_issues
    first = await given.hand_out(issue("s1"), one, page(one))
    again = await asyncio.gather(*(given.hand_out(issue("s1"), one, page(one)) for _ in range(5)))
    assert {each.slots for each in again} == {first.slots}
    assert await given.sums(EVENT) == [Sum(shelter="一中", item=one.id, quantity=1)]


async def test_a_refusal_says_when_and_where_the_first_was(stores: Stores) -> None:
    one, given = item(), stores.relief_issues
    await given.hand_out(issue("s1"), one, page(one))
    with pytest.raises(AlreadyIssued, match="一中") as refused:
        await given.hand_out(issue("s2", shelter="二中"), one, page(one))
    assert [each.id for each in refused.value.before] == ["s1"]
    other = Recipient(person=PersonId(2))
    assert await given.hand_out(issue("s3", to=other), one, page(one, other))


async def test_more_than_the_whole_limit_is_refused_without_a_first(stores: Stores) -> None:
    one = item(limit=2)
    with pytest.raises(Conflict, match="2 is all"):
        await stores.relief_issues.hand_out(issue("s1", 3), one, page(one))
    assert await stores.relief_issues.sums(EVENT) == []


async def test_beyond_what_is_due_stands_in_a_list_of_its_own(stores: Stores) -> None:
    one, given = item(), stores.relief_issues
    await given.hand_out(issue("s1"), one, page(one))
    more = replace(issue("s2"), reason="被子湿了", slots=relief.extra_slots(page(one), "s2", 1))
    for _ in range(2):
        await given.hand_out(more, one, page(one))
    assert [each.id for each in await given.beyond(EVENT)] == ["s2"]
    assert await given.sums(EVENT) == [Sum(shelter="一中", item=one.id, quantity=2)]


async def test_items_and_bookings_are_listed_by_event(stores: Stores) -> None:
    await stores.relief_items.add(item())
    for _ in range(2):
        await stores.supplies.add(supply(30))
    assert await stores.relief_items.of(EVENT) == [await stores.relief_items.get(item().id)]
    assert [each.quantity for each in await stores.supplies.of(EVENT)] == [30]
