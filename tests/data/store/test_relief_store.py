"""What is due is handed out once, whoever is faster; and the sums are exact."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import EventId, PersonId
from data.civic.safety import relief
from data.civic.safety.relief import AlreadyIssued, Booked, Issue, Item, Recipient, Sum
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
    with pytest.raises(AlreadyIssued, match="only 2 still due"):
        await stores.relief_issues.hand_out(issue("s1", 3), one, page(one))
    assert await stores.relief_issues.sums(EVENT) == []


async def test_beyond_what_is_due_stands_in_a_list_of_its_own(stores: Stores) -> None:
    one, given = item(), stores.relief_issues
    await given.hand_out(issue("s1"), one, page(one))
    more = replace(issue("s2"), reason="被子湿了")
    for _ in range(2):
        await given.hand_out(more, one, page(one))
    assert [each.id for each in await given.beyond(EVENT)] == ["s2"]
    assert await given.sums(EVENT) == [Sum(shelter="一中", item=one.id, quantity=2)]


async def test_a_reason_uses_up_first_what_is_due(stores: Stores) -> None:
    one, given = item(limit=2), stores.relief_issues
    due = await given.hand_out(replace(issue("s1"), reason="老人怕冷"), one, page(one))
    assert due.reason == ""
    assert await given.beyond(EVENT) == []
    more = await given.hand_out(replace(issue("s2", 3), reason="老人怕冷"), one, page(one))
    assert [relief.extra_of(each).quantity for each in await given.beyond(EVENT)] == [2]
    assert len(set(more.slots + due.slots)) == 4
    with pytest.raises(AlreadyIssued, match="all that is due"):
        await given.hand_out(issue("s3"), one, page(one))


async def test_a_refusal_says_how_many_are_still_due(stores: Stores) -> None:
    one, given = item(limit=3), stores.relief_issues
    await given.hand_out(issue("s1", 2), one, page(one))
    with pytest.raises(AlreadyIssued, match=r"only 1 still due, first on .* at 一中") as refused:
        await given.hand_out(issue("s2", 2), one, page(one))
    assert refused.value.left == 1
    assert await given.hand_out(issue("s2", 1), one, page(one))


async def test_items_and_bookings_are_listed_by_event(stores: Stores) -> None:
    await stores.relief_items.add(item())
    for _ in range(2):
        await stores.supplies.add(supply(30))
    assert await stores.relief_items.of(EVENT) == [await stores.relief_items.get(item().id)]
    assert [each.quantity for each in await stores.supplies.of(EVENT)] == [30]


async def test_what_was_corrected_still_stands_on_its_page(stores: Stores) -> None:
    one = item()
    first = await stores.relief_issues.hand_out(issue("s1"), one, page(one))
    moves = [
        stores.relief_issues.change(
            "s1", lambda it: replace(it, shelter="二中", version=it.version + 1)
        )
        for _ in range(3)
    ]
    await asyncio.gather(*moves)
    moved = replace(first, shelter="二中", version=3)
    assert await stores.relief_issues.get("s1") == moved
    assert await stores.relief_issues.hand_out(issue("s1"), one, page(one)) == moved
    with pytest.raises(AlreadyIssued, match="二中"):
        await stores.relief_issues.hand_out(issue("s2"), one, page(one))
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.relief_issues.save(replace(first, version=1))


async def test_what_is_added_takes_its_pieces_as_if_it_were_handed_out(stores: Stores) -> None:
    one = item()
    taken = replace(issue("s1"), slots=relief.free_slots(one, page(one), (), 1))
    for _ in range(2):
        assert await stores.relief_issues.add(taken) == taken
    with pytest.raises(AlreadyIssued):
        await stores.relief_issues.hand_out(issue("s2"), one, page(one))


async def test_what_is_handed_out_beyond_is_listed_for_its_own_event_alone(stores: Stores) -> None:
    one = item()
    for number, reason in enumerate(("湿了", "丢了")):
        at = AT - timedelta(minutes=number)
        extra = replace(issue(f"s{number}", 2), at=at, reason=reason)
        await stores.relief_issues.hand_out(extra, one, page(one))
    assert [each.reason for each in await stores.relief_issues.beyond(EVENT)] == ["丢了", "湿了"]
    assert await stores.relief_issues.beyond(EventId("flood")) == []


async def test_who_sets_a_limit_never_writes_over_another_one_unseen(stores: Stores) -> None:
    await stores.relief_items.add(item())
    await stores.relief_items.save(replace(item(), limit=2, version=1))
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.relief_items.save(replace(item(), limit=3, version=1))
    more = await stores.relief_items.change(
        item().id, lambda it: replace(it, limit=it.limit + 1, version=it.version + 1)
    )
    assert (more.limit, more.version) == (3, 2)
    assert await stores.relief_items.of(EVENT) == [more]
    with pytest.raises(NotFound, match="typhoon/none"):
        await stores.relief_items.change("typhoon/none", lambda it: it)


async def test_a_booking_is_read_as_it_was_made_and_changed_only_as_it_was_read(
    stores: Stores,
) -> None:
    spoilt = supply(3, Booked.WRITTEN_OFF, "进水")
    await stores.supplies.add(spoilt)
    assert await stores.supplies.get(spoilt.id) == spoilt
    counted = replace(spoilt, quantity=4, version=1)
    await stores.supplies.save(counted)
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.supplies.save(replace(spoilt, quantity=9, version=1))
    assert await stores.supplies.of(EVENT) == [counted]
    with pytest.raises(NotFound):
        await stores.supplies.change("none", lambda it: it)
