"""Informings: found by what they say, by event, by what they follow; the newest first."""

from datetime import timedelta

import pytest

from data.civic.errors import Conflict
from data.civic.ids import AreaCode
from data.civic.risks import RiskTag
from data.civic.safety.targets import Target
from data.civic.sending import informing as moves
from data.civic.sending.informing import Informing, InformingKind, Words
from data.civic.sending.ladder import CALM, SAME_WAYS, LadderRules
from data.civic.sending.rows import Rung
from data.civic.shapes import Circle, Point
from data.store.stores import Stores
from tests.informed import informing

FULL = {
    "words": Words(text="请转移。", sms="转移", voice="转移", fields={"colour": "红色"}),
    "target": Target(
        areas=(AreaCode("330109105"),),
        tags=frozenset({RiskTag.LOW_LYING, RiskTag.SHIP}),
        shapes=(Circle(Point(120.2, 30.1), 500),),
    ),
    "urgent": False,
    "by": "staff-1",
}
OWN = LadderRules(waits={Rung.DOOR: timedelta(seconds=0.5)}, last=Rung.DOOR, tries=1)


async def begun(stores: Stores, key: str, **more: object) -> Informing:
    return await stores.informings.begin(informing(key, number=0, **more))


def numbers(found: list[Informing]) -> list[int]:
    return [one.id for one in found]


@pytest.mark.parametrize("rules", [CALM, SAME_WAYS, OWN], ids=["calm", "same ways", "its own"])
async def test_whom_it_is_for_and_all_its_timers_are_kept(
    stores: Stores, rules: LadderRules
) -> None:
    await begun(stores, "signal/1", rules=rules, **FULL)
    kept = informing("signal/1", number=1, rules=rules, **FULL)
    assert await stores.informings.by_key("signal/1") == kept
    assert await stores.informings.by_key("signal/2") is None


async def test_the_same_news_begun_again_stays_as_it_was_begun(stores: Stores) -> None:
    first = await begun(stores, "signal/1")
    await stores.informings.save(moves.planned(first, 9))
    assert (await begun(stores, "signal/1", by="staff-2")).planned == 9
    assert (await begun(stores, "signal/2")).id == 2


async def test_an_informing_that_was_never_begun_is_not_saved(stores: Stores) -> None:
    with pytest.raises(Conflict, match="read it again"):
        await stores.informings.save(moves.close(informing(number=5)))
    assert await stores.informings.get(5) is None


async def test_what_is_planned_comes_before_what_is_sent_the_newest_first(stores: Stores) -> None:
    every = [await begun(stores, f"signal/{n}") for n in range(1, 7)]
    sending = [moves.planned(one, 1) for one in every[2:]]
    for one in sending:
        await stores.informings.save(one)
    await stores.informings.save(moves.cancel(sending[0]))
    await stores.informings.save(moves.close(sending[1]))
    assert numbers(await stores.informings.open()) == [2, 1, 6, 5]
    assert numbers(await stores.informings.open(3)) == [2, 1, 6]


async def test_the_informings_of_an_event_are_listed(stores: Stores) -> None:
    await begun(stores, "signal/1")
    await begun(stores, "signal/2", event="event-2")
    await begun(stores, "signal/3")
    assert numbers(await stores.informings.of_event("event-1")) == [3, 1]
    assert numbers(await stores.informings.of_event("event-1", 1)) == [3]
    assert await stores.informings.of_event("event-3") == []


async def test_what_corrects_or_lifts_an_informing_follows_it(stores: Stores) -> None:
    first = await begun(stores, "signal/1")
    following = {"target": None, "of": first.id}
    await begun(stores, "correction/1", kind=InformingKind.CORRECTION, **following)
    await begun(stores, "signal/2")
    await begun(stores, "lift/1", kind=InformingKind.LIFT, **following)
    assert numbers(await stores.informings.followers(first.id)) == [4, 2]
    assert await stores.informings.followers(3) == []
