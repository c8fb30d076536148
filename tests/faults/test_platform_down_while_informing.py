"""A platform is down for a minute, by a clock that is moved: nobody is lost, nobody told twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.sending.informing import Informing
from data.civic.sending.rows import RowState, Rung
from tests import builders
from tests.carrying import later
from tests.conftest import Build
from tests.faults.accounting import balanced, states_of
from tests.faults.informing_scene import HANDLES, ONCE, REACHED, Scene, comes_to_its_end
from tests.journeys.county import County
from tests.journeys.informing import WORDS, reaching
from tests.townsfolk import informed, settled

BY_SMS = set(range(1, 7))


@pytest.mark.parametrize(("kind", "code"), [("status", "503"), ("status", "429")])
async def test_a_gateway_that_takes_nothing_for_a_minute_gets_it_after_that_once(
    scene: Scene, county: County, informing: Informing, build: Build, kind: str, code: str
) -> None:
    await county.control.post("/_sim/faults", where="/sms/messages", kind=kind, code=code)
    for minutes in (0, 0.3, 0.8):
        await later(build, minutes, scene.ways)
        states = await states_of(scene.house.stores, informing)
        assert {states[one] for one in BY_SMS} == {RowState.FAILED}
    assert scene.handed.people(Rung.SMS) == set()
    await county.control.delete("/_sim/faults")
    await later(build, 1.9, scene.ways)
    assert scene.handed.people(Rung.SMS) == BY_SMS
    await comes_to_its_end(scene, informing, build)


async def test_of_a_gateway_that_hangs_up_nothing_is_known_and_the_next_way_is_gone(
    scene: Scene, county: County, informing: Informing, build: Build
) -> None:
    await county.control.post("/_sim/faults", where="/sms/messages", kind="drop")
    await scene.go_on()
    states = await states_of(scene.house.stores, informing)
    assert {states[one] for one in BY_SMS} == {RowState.UNKNOWN}
    await later(build, 3, scene.ways)
    scene.handed.nobody_twice()
    assert scene.handed.people(Rung.SMS) == set()
    assert scene.handed.people(Rung.VOICE) >= BY_SMS
    await balanced(scene.house.stores, informing, HANDLES)
    assert set((await states_of(scene.house.stores, informing)).values()) <= REACHED


async def test_wechat_is_down_for_a_minute_and_each_gets_one_message(
    county: County, build: Build
) -> None:
    path = "/cgi-bin/message/subscribe/send"
    async with reaching(county) as reach:
        people = [await reach.subscriber(handle) for handle in range(1, 4)]
        await settled(county.house.stores, *people)
        await county.control.post("/_sim/faults", where=path, kind="status", code="503")
        one = await informed(county.house, words=WORDS, rules=ONCE)
        for minutes in (0, 0.3, 0.8):
            await works_on(county, build, minutes)
            assert [await reach.shown(who) for who in people] == [[]] * 3
        await county.control.delete("/_sim/faults")
        await works_on(county, build, 1.9)
        assert [await reach.shown(who) for who in people] == [["template"]] * 3
        await balanced(county.house.stores, one, [who.id for who in people])


async def works_on(county: County, build: Build, minutes: float) -> None:
    """Let a worker go on so much later, with all its clocks."""
    clock = builders.clock(shift=timedelta(minutes=minutes))
    async with reaching(replace(county, house=build(clock=clock))) as reach:
        await reach.work()
