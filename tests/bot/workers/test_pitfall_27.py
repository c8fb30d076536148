"""Pitfall 27: a mass warning is sent once to each, can be stopped, and starves no reply."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.house import House
from bot.workers.informing import inform_next
from data.civic.ids import DeliveryId
from data.civic.people import Role
from data.civic.sending.deliveries import Delivery
from data.civic.sending.rows import Ending, RowState, Rung
from data.store.outbox import Outbox
from handlers.acts import inform
from tests import builders
from tests.carrying import walked
from tests.staffed import hired
from tests.townsfolk import Remembering, informed, person, rows_of, settled
from tests.waiting import until


@dataclass(slots=True, kw_only=True)
class Held(Remembering):
    """Waits in the middle of its first batch until it is let go."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, batch: object) -> object:  # type: ignore[override]
        self.begun.set()
        await self.go.wait()
        return await Remembering.send(self, batch)  # type: ignore[arg-type]


async def test_pitfall_27_a_warning_that_is_cancelled_and_resumed_reaches_each_once(
    house: House,
) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 41)])
    chief = await hired(house, "chief", Role.CHIEF)
    informing = await informed(house)
    sms = Held(rung=Rung.SMS, batch=10)
    walking = asyncio.create_task(inform_next(house.office(), {Rung.SMS: sms}))
    await sms.begun.wait()
    await inform.cancel(house.office(), chief, informing.id)
    sms.go.set()
    await walking
    await walked(house, {Rung.SMS: sms})
    assert len(sms.people) == 10
    states = [row.state for row in (await rows_of(house.stores, informing)).values()]
    assert states.count(RowState.CANCELLED) == 30

    await inform.resume(house.office(), chief, informing.id)
    await walked(house, {Rung.SMS: sms})
    assert sorted(sms.people) == list(range(1, 41))


async def test_pitfall_27_a_worker_that_dies_leads_to_no_second_message(house: House) -> None:
    await settled(house.stores, *[person(n) for n in range(1, 21)])
    informing = await informed(house)
    dies = Held(rung=Rung.SMS, batch=10)
    walking = asyncio.create_task(inform_next(house.office(), {Rung.SMS: dies}, lease_s=0.5))
    await dies.begun.wait()
    walking.cancel()
    await asyncio.gather(walking, return_exceptions=True)
    sms = Remembering(rung=Rung.SMS, batch=10)

    async def taken_over() -> bool:
        return await inform_next(house.office(), {Rung.SMS: sms})

    await until(taken_over)
    rows = await rows_of(house.stores, informing)
    unknown = {handle for handle, row in rows.items() if row.state is RowState.UNKNOWN}
    assert len(unknown) == 10
    assert sorted(sms.people) == sorted(set(range(1, 21)) - unknown)


async def test_pitfall_27_a_second_warning_is_a_message_of_its_own(house: House) -> None:
    await settled(house.stores, person(1))
    sms = Remembering(rung=Rung.SMS)
    for key in ("signal/yellow", "signal/red", "signal/red"):
        await informed(house, key)
        await walked(house, {Rung.SMS: sms})
    assert sms.people == [1, 1]


class Watched(Outbox):
    """Counts how often a worker has looked whether a reply waits."""

    looks = 0

    async def oldest_due(self) -> datetime | None:
        found = await Outbox.oldest_due(self)
        self.looks += 1
        return found


async def test_pitfall_27_a_reply_in_the_chat_goes_before_the_mass(house: House) -> None:
    await settled(house.stores, *[person(n, chat=True) for n in range(1, 31)])
    outbox, replied = house.stores.outbox, asyncio.Event()
    reply = Delivery(
        id=DeliveryId("reply"),
        to=builders.citizen(),
        answers=None,
        text="您好",
        created_at=builders.now(),
    )
    await outbox.put(reply)
    early: list[int] = []

    def sent(one: object) -> Ending:
        if not replied.is_set():
            early.append(1)
        return Ending.ACCEPTED

    await informed(house)
    chat = Remembering(rung=Rung.CHAT, batch=10, answer=sent)
    watched = Watched(house.stores.database)
    office = replace(house.office(), stores=replace(house.stores, outbox=watched))
    walking = asyncio.create_task(inform_next(office, {Rung.CHAT: chat}))

    async def has_wanted_to_send() -> bool:
        return watched.looks > 1

    await until(has_wanted_to_send)
    claimed = await outbox.claim(lease_s=5)
    assert claimed is not None
    replied.set()
    await outbox.settle(claimed)
    await walking
    await walked(house, {Rung.CHAT: chat})
    assert (early, len(chat.people)) == ([], 30)
