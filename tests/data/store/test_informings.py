"""Informings and the record of their sends."""

import asyncio
from dataclasses import replace

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import PersonId
from data.civic.sending import informing as moves
from data.civic.sending.batches import Batch, Sent
from data.civic.sending.informing import InformingKind, InformingState
from data.civic.sending.ladder import CALM, URGENT
from data.civic.sending.rows import Ending, Rung
from data.store.failures import Duplicate
from data.store.stores import Stores
from tests import builders
from tests.data.civic.sending.test_batches import batch
from tests.data.civic.sending.test_informing_moves import informing


async def test_an_informing_is_read_as_it_was_written(stores: Stores) -> None:
    for n, rules in enumerate((URGENT, CALM)):
        begun = await stores.informings.begin(replace(informing(f"signal/{n}"), rules=rules))
        assert await stores.informings.get(begun.id) == begun


async def test_the_same_news_is_one_informing_however_many_begin_it(stores: Stores) -> None:
    begun = await asyncio.gather(*(stores.informings.begin(informing()) for _ in range(8)))
    assert len({one.id for one in begun}) == 1


async def test_informings_are_numbered_without_two_alike(stores: Stores) -> None:
    many = [stores.informings.begin(informing(f"signal/{n}")) for n in range(8)]
    begun = await asyncio.gather(*many)
    assert sorted(one.id for one in begun) == list(range(1, 9))
    assert [one.id for one in await stores.informings.newest(3)] == [8, 7, 6]


async def test_it_is_changed_only_at_the_version_that_was_read(stores: Stores) -> None:
    begun = await stores.informings.begin(informing())
    await stores.informings.save(moves.planned(begun, 5))
    with pytest.raises(Conflict):
        await stores.informings.save(moves.cancel(begun))
    assert (await stores.informings.must(begun.id)).state is InformingState.SENDING


async def test_what_is_open_is_listed_and_what_is_over_is_not(stores: Stores) -> None:
    begun = [await stores.informings.begin(informing(f"signal/{n}")) for n in range(3)]
    await stores.informings.save(moves.close(begun[0]))
    await stores.informings.save(moves.planned(begun[1], 5))
    assert {one.id for one in await stores.informings.open()} == {begun[1].id, begun[2].id}


async def test_only_of_an_order_the_event_is_told_also_before_it_is_there(stores: Stores) -> None:
    assert await stores.informings.of_order(1) is None
    order = replace(informing("order/1"), kind=InformingKind.ORDER, event="typhoon")
    begun = await stores.informings.begin(order)
    other = await stores.informings.begin(informing())
    for _ in range(2):
        assert await stores.informings.of_order(begun.id) == "typhoon"
        assert await stores.informings.of_order(other.id) is None


async def test_an_informing_that_is_not_there_is_named(stores: Stores) -> None:
    with pytest.raises(NotFound, match="informing 99"):
        await stores.informings.must(99)


def numbered(one: Batch, *, turn: int, place: int) -> Batch:
    return replace(one, turn=turn, place=place)


async def test_every_attempt_of_a_person_is_on_record_in_its_order(stores: Stores) -> None:
    first = numbered(batch(Rung.SMS, 1, 2), turn=1, place=0)
    second = numbered(batch(Rung.VOICE, 1), turn=2, place=0)
    for one in (second, first):
        await stores.sends.begin(one)
    accepted = Sent(PersonId(1), Ending.ACCEPTED, "sms-77")
    await stores.sends.tell(first, [accepted, Sent(PersonId(2), Ending.REFUSED, error="gone")])
    attempts = await stores.sends.attempts(1, 0, PersonId(1))
    assert [(one.rung, one.ending, one.provider_id) for one in attempts] == [
        (Rung.SMS, Ending.ACCEPTED, "sms-77"),
        (Rung.VOICE, None, ""),
    ]
    (refused,) = await stores.sends.attempts(1, 0, PersonId(2))
    assert (refused.ending, refused.error) == (Ending.REFUSED, "gone")
    assert await stores.sends.attempts(1, 1, PersonId(1)) == []


async def test_the_newest_batch_is_found_and_no_batch_is_begun_twice(stores: Stores) -> None:
    assert await stores.sends.last(1, 0) is None
    ones = [numbered(batch(Rung.SMS, 1), turn=t, place=p) for t, p in ((1, 0), (10, 2), (2, 11))]
    for one in ones:
        await stores.sends.begin(one)
    assert await stores.sends.last(1, 0) == ones[1]
    with pytest.raises(Duplicate):
        await stores.sends.begin(ones[0])


async def test_who_takes_over_never_writes_over_what_is_known(stores: Stores) -> None:
    one = batch(Rung.SMS, 1)
    await stores.sends.begin(one)
    await stores.sends.tell(one, [Sent(PersonId(1), Ending.ACCEPTED)])
    await stores.sends.tell_lost(one, [Sent(PersonId(1), Ending.UNKNOWN)])
    last = await stores.sends.last(1, 0)
    assert last is not None
    assert last.told == (Sent(PersonId(1), Ending.ACCEPTED),)
    assert builders.now() >= last.at
