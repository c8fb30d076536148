"""Who has answered to a transfer order stands as told in the event; other news leave no step."""

import pytest

from bot.house import House
from data.civic.ids import EventId, PersonId
from data.civic.safety.whereabouts import By, Stage
from data.civic.sending.informing import InformingKind
from data.civic.sending.rows import Manner
from handlers.acts.confirm import Answer, confirm
from tests.observed import sent
from tests.townsfolk import guarded, person, settled

EVENT = EventId("event-1")


@pytest.fixture(autouse=True)
async def _household(house: House) -> None:
    await settled(house.stores, person(1), person(2, household=1))
    await guarded(house.stores)


async def stages(house: House, who: int) -> list[tuple[Stage, By]]:
    found = await house.stores.whereabouts.of_person(PersonId(who), [EVENT])
    return [(one.stage, one.by) for one in found]


async def test_an_answer_to_an_order_counts_for_the_household_once(house: House) -> None:
    one = await sent(house, "order/1", kind=InformingKind.ORDER)
    answer = Answer(informing=one.id, person=PersonId(1), manner=Manner.CHAT)
    for _ in range(2):
        await confirm(house.office(), answer)
    assert await stages(house, 1) == [(Stage.NOTIFIED, By.RULE)]
    assert await stages(house, 2) == [(Stage.NOTIFIED, By.RULE)]


async def test_an_answer_to_a_signal_leaves_no_step(house: House) -> None:
    one = await sent(house)
    answer = Answer(informing=one.id, person=PersonId(1), manner=Manner.CHAT)
    await confirm(house.office(), answer)
    assert await stages(house, 1) == []
