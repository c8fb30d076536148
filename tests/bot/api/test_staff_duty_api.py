"""The staff API of grids, of what is called for, and of houses that are checked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.calendar import local
from data.civic.people import Role
from data.civic.warning.decisions import LiftOrder
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Status
from handlers.acts.call_duty import call_duty
from handlers.acts.in_force import warnings_in_force
from handlers.acts.relay import relay
from tests.bot.api.test_staff_warnings_api import Programs, programs
from tests.bulletins import FEED, arrival, message
from tests.headquarters import order, staffed_headquarters
from tests.staffed import COUNTY, LINPU, hired
from tests.townsfolk import GRID, VILLAGE, guarded, person, settled

__all__ = ["programs"]


@pytest.fixture
async def house_with_grid(house: House) -> House:
    await guarded(house.stores)
    await hired(house, "arranger", Role.CHIEF)
    await hired(house, "agent", Role.AGENT)
    return house


async def test_grids_are_listed_with_who_answers_and_where_nobody_does(
    house_with_grid: House, programs: Programs
) -> None:
    program = await programs.of("arranger")
    told = await program.get("/grids")
    (grid,), (worker,) = told["grids"], told["workers"]
    assert (grid["id"], grid["worker"], grid["gap_since"]) == (GRID, worker["id"], None)
    (grid,) = (await program.post(f"/grids/{GRID}/assign", {"worker": None}))["grids"]
    assert grid["worker"] is None
    assert grid["gap_since"]
    assert grid["next_level"] == ["王芳"]
    await (await programs.of("agent")).get("/grids", 403)


async def test_a_leave_without_a_deputy_is_refused_and_a_far_one_is_no_leave(
    house_with_grid: House, programs: Programs
) -> None:
    program = await programs.of("arranger")
    (worker,) = (await program.get("/grids"))["workers"]
    place, day = f"/grid-workers/{worker['id']}", local(house_with_grid.clock.now()).date()
    tomorrow = (day + timedelta(days=1)).isoformat()
    await program.post(f"{place}/leave", {"first": tomorrow, "last": tomorrow}, 409)
    await program.post(f"{place}/leave", {"first": "9999-01-01", "last": "9999-12-31"}, 400)
    await program.post(f"{place}/deputy", {"deputy": worker["id"]}, 400)
    await program.post(f"{place}/deputy", {"deputy": "nobody"}, 404)
    assert (await program.post(f"{place}/back"))["leaves"] == []


async def test_a_call_is_listed_seen_once_and_then_gone(
    house_with_grid: House, programs: Programs
) -> None:
    office = house_with_grid.office()
    await call_duty(office, DutyKind.FEED_SILENT, subject="weather/never", area=COUNTY)
    await hired(house_with_grid, "town", Role.DUTY, area=LINPU)
    town, county = await programs.of("town"), await programs.of("arranger")
    assert (await town.get("/duty-calls"))["calls"] == []
    (call,) = (await county.get("/duty-calls"))["calls"]
    await town.post("/duty-calls/see", {"id": call["id"]}, 403)
    seen = await county.post("/duty-calls/see", {"id": call["id"]})
    assert seen["seen_at"]
    assert (await county.get("/duty-calls"))["calls"] == []
    await county.post("/duty-calls/see", {"id": "none"}, 404)


async def test_houses_are_checked_before_anybody_returns(house: House, programs: Programs) -> None:
    hq = await staffed_headquarters(house)
    await hq.decided(order(), "请立即转移。")
    (issued,) = await house.stores.orders.of(hq.event.id, 5)
    await hq.decided(LiftOrder(order=issued.id, areas=(LINPU,)), "转移令解除。")
    await take_up_next(hq.office)
    program = await programs.of("wang")
    waiting = (await program.get("/returns"))["returns"]
    mine = next(one for one in waiting if one["village"] == VILLAGE)
    assert mine["state"] == "lifted"
    checked = await program.post("/returns/check", {"id": mine["id"], "remark": "已排查"})
    assert (checked["state"], checked["remark"], checked["checked_by"]) == (
        "checked",
        "已排查",
        hq.wang.id,
    )
    await program.post("/returns/check", {"id": "none"}, 404)


@pytest.mark.parametrize("status", [Status.TEST, Status.EXERCISE, Status.DRAFT, Status.SYSTEM])
async def test_a_test_is_for_the_fixed_list_alone_and_never_for_a_citizen(
    house: House, programs: Programs, status: Status
) -> None:
    feed = replace(FEED, tests_to=frozenset({"tester"}))
    await house.stores.feeds.configure([feed], house.clock.now())
    for login in ("tester", "other"):
        await hired(house, login, Role.CHIEF)
    await settled(house.stores, person(1))
    start = house.clock.now() - timedelta(minutes=1)
    await relay(house.office(), feed, arrival(message(status=status, start=start)))
    await take_up_next(house.office())
    (one,) = (await (await programs.of("tester")).get("/test-messages"))["messages"]
    assert (one["status"], one["feed"]) == (status, FEED.id)
    await (await programs.of("other")).get("/test-messages", 403)
    assert await house.stores.informings.newest(5) == []
    assert await house.stores.signals.newest(5) == []
    assert (await warnings_in_force(house.office(), COUNTY)).signals == ()
