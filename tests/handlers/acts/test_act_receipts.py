"""What platforms tell afterwards of what was sent."""

import pytest

from bot.house import House
from data.civic.errors import BadInput, NotFound
from data.civic.sending.batches import reference
from data.civic.sending.informing import Informing
from data.civic.sending.rows import By, Manner, RowState, Rung, Said
from handlers.acts import receipts
from tests.carrying import states, walked
from tests.townsfolk import Remembering, all_ways, informed, person, settled


@pytest.fixture
def ways() -> dict[Rung, Remembering]:
    return all_ways()


@pytest.fixture
async def told(house: House, ways: dict[Rung, Remembering]) -> Informing:
    await settled(house.stores, person(1))
    informing = await informed(house)
    await walked(house, ways)
    return informing


async def test_what_failed_afterwards_is_followed_by_the_next_way_at_once(
    house: House, told: Informing, ways: dict[Rung, Remembering]
) -> None:
    (sent,) = ways[Rung.SMS].given
    await receipts.receive(house.office(), sent.reference, RowState.FAILED)
    await walked(house, ways)
    assert await states(house, told) == {1: (RowState.SENT, Rung.VOICE)}


async def test_what_was_delivered_is_waited_on(
    house: House, told: Informing, ways: dict[Rung, Remembering]
) -> None:
    (sent,) = ways[Rung.SMS].given
    await receipts.receive(house.office(), sent.reference, RowState.DELIVERED)
    await walked(house, ways)
    assert await states(house, told) == {1: (RowState.DELIVERED, Rung.SMS)}


async def test_an_answer_by_the_way_itself_confirms(
    house: House, told: Informing, ways: dict[Rung, Remembering]
) -> None:
    (sent,) = ways[Rung.SMS].given
    confirmed = await receipts.answered(house.office(), sent.reference, Said.SAFE)
    assert (confirmed.confirmation.manner, confirmed.confirmation.by) == (Manner.SMS, By.SELF)
    assert (await states(house, told))[1][0] is RowState.CONFIRMED


@pytest.mark.parametrize("text", ["", "1-2-3", "drop table", "0-1-3-1"])
async def test_a_reference_that_is_none_of_ours_is_refused(house: House, text: str) -> None:
    with pytest.raises(BadInput):
        await receipts.receive(house.office(), text, RowState.READ)


async def test_no_receipt_confirms_or_gives_somebody_to_a_worker(
    house: House, told: Informing, ways: dict[Rung, Remembering]
) -> None:
    (sent,) = ways[Rung.SMS].given
    for state in (RowState.CONFIRMED, RowState.WITH_WORKER, RowState.CREATED):
        with pytest.raises(BadInput):
            await receipts.receive(house.office(), sent.reference, state)


async def test_a_receipt_for_nobody_does_nothing_and_an_answer_says_so(
    house: House, told: Informing
) -> None:
    nobody = reference(told.id, 99, Rung.SMS, 1)  # type: ignore[arg-type]
    await receipts.receive(house.office(), nobody, RowState.READ)
    with pytest.raises(NotFound):
        await receipts.answered(house.office(), nobody, Said.RECEIVED)
