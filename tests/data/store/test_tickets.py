"""Tickets."""

import asyncio
from datetime import datetime, timedelta

import pytest

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, IntentId, MessageId, StaffId, TicketNumber
from data.civic.talk.additions import Added, Addition
from data.civic.talk.tickets import Ticket, TicketKind, add, close, see
from data.store.mongo import Database
from data.store.stores import Stores
from tests import builders


def ticket(
    number: str = "1001",
    *,
    kind: TicketKind = TicketKind.COMPLAINT,
    opened_at: datetime | None = None,
    message: str | None = None,
) -> Ticket:
    return Ticket(
        number=TicketNumber(number),
        message=MessageId(message or f"message of {number}"),
        conversation=builders.citizen().id,
        kind=kind,
        intent=IntentId("complaint"),
        area=AreaCode("330109105"),
        text="路灯坏了",
        opened_at=opened_at or builders.now(),
    )


async def test_one_message_opens_one_ticket(stores: Stores) -> None:
    opened = [stores.tickets.open(ticket(str(number), message="m")) for number in range(20)]
    assert len({one.number for one in await asyncio.gather(*opened)}) == 1


async def test_a_number_that_is_taken_is_not_given_twice(stores: Stores) -> None:
    await stores.tickets.open(ticket(message="a"))
    with pytest.raises(Conflict, match="try another"):
        await stores.tickets.open(ticket(message="b"))


async def test_a_ticket_is_read_as_it_was_saved(stores: Stores) -> None:
    opened = await stores.tickets.open(ticket())
    seen = see(opened, StaffId("s1"), builders.now())
    await stores.tickets.save(seen)
    assert await stores.tickets.get(opened.number) == seen
    assert await stores.tickets.get(TicketNumber("none")) is None


async def test_a_stale_ticket_is_refused(stores: Stores) -> None:
    opened = await stores.tickets.open(ticket())
    await stores.tickets.save(see(opened, StaffId("s1"), builders.now()))
    with pytest.raises(Conflict):
        await stores.tickets.save(see(opened, StaffId("s2"), builders.now()))


async def test_danger_comes_first_then_what_is_due(stores: Stores) -> None:
    now = builders.now()
    await stores.tickets.open(ticket("late", opened_at=now))
    await stores.tickets.open(ticket("early", opened_at=now - timedelta(days=1)))
    await stores.tickets.open(ticket("danger", kind=TicketKind.DANGER, opened_at=now))
    done = await stores.tickets.open(ticket("done", opened_at=now))
    seen = see(done, StaffId("s1"), now)
    await stores.tickets.save(seen)
    await stores.tickets.save(close(seen, "已修复", now))
    found = [one.number for one in await stores.tickets.unfinished(10)]
    assert found == ["danger", "early", "late"]


async def test_the_newest_ticket_of_a_citizen_is_found_by_its_kind(stores: Stores) -> None:
    now = builders.now()
    old = await stores.tickets.open(
        ticket("h", kind=TicketKind.HAZARD, opened_at=now - timedelta(days=1))
    )
    new = await stores.tickets.open(ticket("c", opened_at=now))
    citizen = builders.citizen().id
    assert await stores.tickets.latest_of(citizen) == new
    assert await stores.tickets.latest_of(citizen, TicketKind.HAZARD) == old
    assert await stores.tickets.latest_of(citizen, TicketKind.DANGER) is None


async def test_what_was_added_is_read_as_it_was_saved_and_an_old_ticket_has_nothing_added(
    stores: Stores, database: Database
) -> None:
    opened = see(await stores.tickets.open(ticket()), StaffId("s1"), builders.now())
    one = Addition(
        message=MessageId("m2"),
        words="水到胸口了",
        area=opened.area,
        at=builders.now(),
        pressing=True,
    )
    await stores.tickets.save(opened)
    added = add(opened, one)
    await stores.tickets.save(added)
    assert await stores.tickets.get(opened.number) == added
    await database.collection("tickets").update({"_id": "1001"}, {"$unset": {"added": ""}})
    old = await stores.tickets.get(opened.number)
    assert old is not None
    assert old.added == Added()
