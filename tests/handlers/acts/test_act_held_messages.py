"""Messages that wait for a person: confirmed, given areas, or rejected."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, ArrivalId
from data.civic.people import Role, Staff
from data.civic.warning.arrivals import Arrival
from data.civic.warning.messages import Colour, SaidArea, WarningMessage
from data.civic.warning.verdicts import Reason, Verdict
from handlers.acts import held_messages
from handlers.acts.in_force import warnings_in_force
from handlers.acts.relay import relay
from tests.bulletins import FEED, LINPU, PUYANG, START, arrival, at, cancel, message, update
from tests.staffed import hired

CAREFUL = replace(FEED, confirm_first=True)
UNCLEAR = (SaidArea(description="临浦镇南部山区", codes=("330109",)),)


@pytest.fixture
async def duty(house: House, clock: SystemClock) -> Staff:
    at(clock, START + timedelta(minutes=30))
    await house.stores.feeds.configure([FEED], START)
    return await hired(house, "duty", Role.DUTY)


async def held(house: House, one: WarningMessage, *, careful: bool = False) -> Arrival:
    found = await relay(house.office(), CAREFUL if careful else FEED, arrival(one))
    assert found.held
    return found


async def colour(house: House, area: AreaCode = LINPU) -> Colour | None:
    return (await warnings_in_force(house.office(), area)).colour


async def test_one_duty_officer_confirms_and_it_is_relayed(house: House, duty: Staff) -> None:
    found = await held(house, message(), careful=True)
    assert await colour(house) is None
    assert [one.id for one in await held_messages.held(house.office(), duty)] == [found.id]
    confirmed = await held_messages.confirm(house.office(), duty, found.id)
    assert confirmed.judgement
    assert (confirmed.judgement.verdict, confirmed.decided_by) == (Verdict.APPLIED, duty.id)
    assert await colour(house) is Colour.ORANGE
    acts = [one.deed.act for one in await house.stores.audit.of_subject(found.id, 9)]
    assert acts == ["warning.applied", "warning.confirm", "warning.held"]


async def test_areas_that_did_not_resolve_are_named_by_a_person(house: House, duty: Staff) -> None:
    found = await held(house, message(where=UNCLEAR))
    office = house.office()
    with pytest.raises(BadInput, match="name the areas"):
        await held_messages.confirm(office, duty, found.id)
    for wrong in ("330110", "330109999"):
        with pytest.raises(BadInput, match="no area"):
            await held_messages.confirm(office, duty, found.id, areas=[AreaCode(wrong)])
    await held_messages.confirm(office, duty, found.id, areas=[LINPU])
    assert (await colour(house), await colour(house, PUYANG)) == (Colour.ORANGE, None)


async def test_an_update_without_its_first_begins_a_warning_of_its_own(
    house: House, duty: Staff
) -> None:
    found = await held(house, update(2, minute=20, colour=Colour.RED))
    confirmed = await held_messages.confirm(house.office(), duty, found.id)
    assert confirmed.signal == f"{FEED.id}/{found.identifier}"
    assert await colour(house) is Colour.RED


async def test_a_cancel_of_nothing_can_only_be_rejected(house: House, duty: Staff) -> None:
    found = await held(house, cancel(2, minute=20))
    office = house.office()
    with pytest.raises(Conflict, match="reject it"):
        await held_messages.confirm(office, duty, found.id)
    rejected = await held_messages.reject(office, duty, found.id)
    assert rejected.judgement
    assert rejected.judgement.reason is Reason.BY_STAFF
    with pytest.raises(Conflict, match="only one that is held"):
        await held_messages.reject(office, duty, found.id)


async def test_only_duty_officers_of_the_feeds_area_decide(house: House, duty: Staff) -> None:
    found = await held(house, message(where=UNCLEAR))
    office = house.office()
    agent = await hired(house, "agent", Role.AGENT)
    town = await hired(house, "town", Role.DUTY, area=LINPU)
    for other in (agent, town):
        with pytest.raises(Refused):
            await held_messages.confirm(office, other, found.id, areas=[LINPU])
    with pytest.raises(NotFound):
        await held_messages.confirm(office, duty, ArrivalId("weather/none"))


async def test_what_calls_itself_a_drill_can_only_be_rejected(house: House, duty: Staff) -> None:
    found = await held(house, replace(message(), description="【演练】请立即转移。"))
    with pytest.raises(Conflict, match="calls itself a drill"):
        await held_messages.confirm(house.office(), duty, found.id, areas=[LINPU])
    await held_messages.reject(house.office(), duty, found.id)
    assert await colour(house) is None


async def test_a_cancel_without_areas_is_proposed_for_those_of_its_warning(
    house: House, duty: Staff
) -> None:
    office = house.office()
    await relay(office, FEED, arrival(message()))
    found = await held(house, replace(cancel(2, minute=20), where=(), headline="", description=""))
    asked = await held_messages.relaying(office, duty, found)
    assert asked is not None
    assert asked.areas == (LINPU, PUYANG)
    await held_messages.confirm(office, duty, found.id)
    assert (await colour(house), await colour(house, PUYANG)) == (None, None)
