"""Beginning, stopping and ending an informing."""

import asyncio
from dataclasses import replace

import pytest

from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Role
from data.civic.safety.targets import Target
from data.civic.sending.informing import (
    LARGE,
    SLICE,
    Informing,
    InformingKind,
    InformingState,
    Words,
)
from data.civic.sending.ladder import CALM, SAME_WAYS, URGENT
from data.civic.sending.rows import RowState, Rung
from data.civic.shapes import Circle, Point
from handlers.acts import inform
from handlers.acts.cut_informing import cut
from tests.carrying import walked
from tests.staffed import COUNTY, hired
from tests.townsfolk import (
    LINPU,
    NEXT_VILLAGE,
    VILLAGE,
    all_ways,
    informed,
    person,
    request,
    rows_of,
    settled,
)

DRILL = Words(text="【演练】台风红色预警。")


async def test_a_plan_holds_everybody_of_the_areas_and_can_be_claimed(house: House) -> None:
    await settled(
        house.stores,
        person(1),
        person(2, village=NEXT_VILLAGE),
        person(3, village=AreaCode("330109106201")),
    )
    informing = await informed(house)
    assert (informing.state, informing.planned) == (InformingState.SENDING, 2)
    (one,) = await house.stores.slices.all(informing.id)
    assert one.villages == ((VILLAGE, 1), (NEXT_VILLAGE, 1))


async def test_areas_may_overlap_and_nobody_is_meant_twice(house: House) -> None:
    await settled(house.stores, person(1))
    informing = await informed(house, areas=(LINPU, VILLAGE, COUNTY))
    assert informing.planned == 1


async def test_a_large_village_is_cut_and_everybody_of_it_is_meant(house: House) -> None:
    many = [person(n) for n in range(1, LARGE + SLICE // 2)]
    await settled(house.stores, *many)
    informing = await informed(house)
    assert len(await house.stores.slices.all(informing.id)) == 3
    await walked(house, all_ways())
    assert len(await rows_of(house.stores, informing)) == len(many)


async def test_of_a_village_on_the_border_of_a_shape_only_who_lives_inside_is_meant(
    house: House,
) -> None:
    at_home, away, unknown = Point(120.25, 30.05), Point(120.35, 30.05), None
    homes = {1: at_home, 2: away, 3: unknown}
    people = [replace(person(n), home=home) for n, home in homes.items()]
    await settled(house.stores, *people)
    await house.stores.villages.recount([VILLAGE])
    circle = Target(shapes=(Circle(at_home, 2_000.0),))
    begun = await inform.start(house.office(), replace(request(), target=circle))
    await walked(house, all_ways())
    assert set(await rows_of(house.stores, begun)) == {1, 3}, "unknown counts as inside"


async def test_the_same_news_is_told_once(house: House) -> None:
    await settled(house.stores, person(1))
    ones = await asyncio.gather(*(informed(house) for _ in range(5)))
    assert len({one.id for one in ones}) == 1
    ways = all_ways()
    await walked(house, ways)
    assert ways[Rung.SMS].people == [1]


async def test_an_area_of_nobody_is_planned_for_nobody(house: House) -> None:
    informing = await informed(house)
    assert informing.planned == 0
    await walked(house, all_ways())
    assert await rows_of(house.stores, informing) == {}


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        pytest.param({"urgent": True}, URGENT, id="urgent"),
        pytest.param({"urgent": False}, CALM, id="calm"),
        pytest.param({"urgent": False, "flash_flood": True}, URGENT, id="a flash flood"),
        pytest.param({"rules": SAME_WAYS}, SAME_WAYS, id="its own"),
    ],
)
async def test_the_timers_go_with_the_urgency(house: House, more: dict[str, object], rules) -> None:  # type: ignore[no-untyped-def]
    wanted = replace(request(), **more)  # type: ignore[arg-type]
    assert (await inform.start(house.office(), wanted)).rules == rules


async def test_a_drill_says_so_in_every_text_or_is_not_begun(house: House) -> None:
    with pytest.raises(BadInput, match="drill-1"):
        await informed(house, "drill-1")
    with pytest.raises(BadInput, match="signal/1"):
        await informed(house, words=DRILL)
    assert (await informed(house, "drill-1", words=DRILL)).drill


async def test_what_is_followed_must_be_there(house: House) -> None:
    with pytest.raises(NotFound):
        await informed(house, "notice/2", kind=InformingKind.LIFT, of=99)


async def test_a_cancel_stops_what_is_unsent_and_a_resume_goes_on(house: House) -> None:
    await settled(house.stores, person(1), person(2))
    chief, ways = await hired(house, "chief", Role.CHIEF), all_ways()
    informing = await informed(house)
    stopped = await inform.cancel(house.office(), chief, informing.id)
    assert stopped.state is InformingState.CANCELLED
    await walked(house, ways)
    assert ways[Rung.SMS].given == []
    again = await inform.cancel(house.office(), chief, informing.id)
    assert again.version == stopped.version
    await inform.resume(house.office(), chief, informing.id)
    await walked(house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2]


async def test_what_was_stopped_before_a_slice_could_be_claimed_is_planned_when_it_goes_on(
    house: House,
) -> None:
    await settled(house.stores, person(1))
    office, chief = house.office(), await hired(house, "chief", Role.CHIEF)
    wanted = request()
    for key, drafted in (("signal/1", False), ("signal/2", True)):
        left = await house.stores.informings.begin(
            Informing(
                id=0,
                key=key,
                event=wanted.event,
                kind=wanted.kind,
                words=wanted.words,
                target=wanted.target,
                rules=URGENT,
                by="system",
                created_at=office.clock.now(),
            )
        )
        if drafted:
            made = await cut(office, left)
            await house.stores.slices.draft(left, made, due=office.clock.now())
        await inform.cancel(office, chief, left.id)
        resumed = await inform.resume(office, chief, left.id)
        assert (resumed.state, resumed.planned) == (InformingState.SENDING, 1)
        await walked(house, ways := all_ways())
        assert ways[Rung.SMS].people == [1]


async def test_only_duty_of_the_whole_area_may_stop_it(house: House) -> None:
    informing = await informed(house, areas=(COUNTY,))
    for login, role, area in (
        ("agent", Role.AGENT, COUNTY),
        ("village", Role.DUTY, LINPU),
    ):
        staff = await hired(house, login, role, area=area)
        with pytest.raises(Refused):
            await inform.cancel(house.office(), staff, informing.id)


async def test_when_the_event_is_over_the_ladder_goes_no_further(house: House) -> None:
    await settled(house.stores, person(1), person(2))
    informing, ways = await informed(house), all_ways()
    await walked(house, ways)
    assert await inform.close_event(house.office(), informing.event) == 1
    assert await inform.close_event(house.office(), informing.event) == 0
    await walked(house, ways)
    assert await house.stores.slices.still_going(informing.id) == 0
    duty = await hired(house, "duty", Role.DUTY)
    with pytest.raises(Conflict):
        await inform.resume(house.office(), duty, informing.id)


async def test_what_is_corrected_is_stopped_and_what_is_lifted_is_closed(house: House) -> None:
    for key, kind, state in (
        ("a", InformingKind.CORRECTION, InformingState.CANCELLED),
        ("b", InformingKind.LIFT, InformingState.CLOSED),
    ):
        first = await informed(house, key)
        second = await informed(house, f"{key}/2", kind=kind, of=first.id)
        assert (await house.stores.informings.must(first.id)).state is state
        assert second.state is InformingState.SENDING


async def test_whoever_got_nothing_of_what_is_corrected_gets_no_correction(house: House) -> None:
    await settled(house.stores, person(1))
    first = await informed(house)
    second = await informed(house, "notice/2", kind=InformingKind.CORRECTION, of=first.id)
    ways = all_ways()
    await walked(house, ways)
    assert ways[Rung.SMS].given == []
    assert await rows_of(house.stores, second) == {}
    (row,) = (await rows_of(house.stores, first)).values() or [None]
    assert row is None or row.state is RowState.CANCELLED
    assert await house.stores.rows.get(second.id, PersonId(1)) is None
