"""The outbox."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from data.civic.ids import DeliveryId
from data.civic.sending.deliveries import Delivery, DeliveryState, Failure, failed
from data.store.stores import Stores
from tests import builders
from tests.waiting import until

LONG = 60.0


def delivery(name: str = "d1", *, made: datetime | None = None) -> Delivery:
    return Delivery(
        id=DeliveryId(name),
        to=builders.citizen(),
        answers=builders.message().id,
        text="您的护照可以领取了。",
        created_at=made or builders.now(),
    )


async def test_a_delivery_is_queued_once(stores: Stores) -> None:
    one = delivery()
    await stores.outbox.put(one)
    await stores.outbox.put(replace(one, text="二"))
    assert await stores.outbox.of(one.conversation, 10) == [one]


async def test_each_delivery_is_given_to_one_worker(stores: Stores) -> None:
    for number in range(10):
        await stores.outbox.put(delivery(f"d{number}"))
    claims = [stores.outbox.claim(lease_s=LONG) for _ in range(30)]
    taken = [one.id for one in await asyncio.gather(*claims) if one is not None]
    assert sorted(taken) == [f"d{number}" for number in range(10)]


async def test_what_has_been_due_longest_goes_first(stores: Stores) -> None:
    now = builders.now()
    await stores.outbox.put(delivery("new", made=now - timedelta(seconds=1)))
    await stores.outbox.put(delivery("old", made=now - timedelta(minutes=1)))
    assert await stores.outbox.oldest_due() == now - timedelta(minutes=1)
    first = await stores.outbox.claim(lease_s=LONG)
    assert first is not None
    assert (first.id, first.state) == ("old", DeliveryState.SENDING)


async def test_what_is_put_off_waits_until_it_is_due(stores: Stores) -> None:
    now = builders.now()
    await stores.outbox.put(delivery(made=now))
    taken = await stores.outbox.claim(lease_s=LONG)
    assert taken is not None
    later = failed(taken, Failure.PASSING, "busy", now)
    await stores.outbox.settle(later)
    assert await stores.outbox.claim(lease_s=LONG) is None
    assert await stores.outbox.claim(lease_s=LONG, now=now + timedelta(seconds=4)) is None
    again = await stores.outbox.claim(lease_s=LONG, now=now + timedelta(seconds=5))
    assert again == replace(later, state=DeliveryState.SENDING)


async def test_what_was_in_the_air_when_its_worker_died_is_named(stores: Stores) -> None:
    await stores.outbox.put(delivery())
    await stores.outbox.claim(lease_s=0)
    assert await until(stores.outbox.lost) == 1
    (kept,) = await stores.outbox.of(builders.citizen().id, 10)
    assert kept.state is DeliveryState.UNKNOWN
    assert await stores.outbox.claim(lease_s=LONG) is None


async def test_a_receipt_settles_what_was_unknown(stores: Stores) -> None:
    await stores.outbox.put(delivery())
    taken = await stores.outbox.claim(lease_s=0)
    assert taken is not None
    await until(stores.outbox.lost)
    await stores.outbox.settle(replace(taken, state=DeliveryState.SENT))
    (kept,) = await stores.outbox.of(builders.citizen().id, 10)
    assert kept.state is DeliveryState.SENT


async def test_an_end_is_an_end(stores: Stores) -> None:
    await stores.outbox.put(delivery())
    taken = await stores.outbox.claim(lease_s=LONG)
    assert taken is not None
    await stores.outbox.settle(replace(taken, state=DeliveryState.SENT))
    await stores.outbox.settle(replace(taken, state=DeliveryState.QUEUED))
    (kept,) = await stores.outbox.of(builders.citizen().id, 10)
    assert kept.state is DeliveryState.SENT


async def test_an_empty_outbox_has_waited_for_nothing(stores: Stores) -> None:
    assert await stores.outbox.oldest_due() is None
    assert await stores.outbox.claim(lease_s=LONG) is None
    assert await stores.outbox.lost() == 0
