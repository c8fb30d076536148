"""Marks by hand, appeals and the nightly report: more help only, two officers, never red."""

from datetime import timedelta

import pytest

from bot.house import House
from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import ConversationId, EventId, PersonId, StaffId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.people import Role
from data.civic.safety.appeals import Outcome
from data.civic.safety.colours import Reason
from data.civic.safety.marks import MOST_IN_EVENT, MOST_LISTED, MarkKind
from handlers.acts import appeal, manual_changes, mark_person, my_colour, open_event
from handlers.acts.mark_person import ListWish
from tests.evacuation import AWAY, ME, NEIGHBOUR, PURPOSE, Evacuation, evacuation
from tests.staffed import hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, person, settled

MINE = ConversationId("terminal/county/openid-1")
HAND, TRANSFER = MarkKind.NEEDS_HAND, MarkKind.NEEDS_TRANSFER


@pytest.fixture
async def scene(house: House) -> Evacuation:
    return await evacuation(house)


def wish(scene: Evacuation, *people: PersonId, **more: object) -> ListWish:
    given = {"event": scene.event, "area": VILLAGE, "kind": TRANSFER, "people": people or (ME,)}
    return ListWish(**(given | more))  # type: ignore[arg-type]


async def marked(scene: Evacuation, kind: MarkKind = TRANSFER) -> None:
    await mark_person.mark(
        scene.office, scene.worker, ME, event=scene.event, kind=kind, purpose=PURPOSE
    )


async def colour(scene: Evacuation) -> tuple[CodeColour, Reason]:
    (mine,) = await my_colour.own(scene.office, MINE)
    return mine.colouring.colour, mine.colouring.reason


async def test_the_own_worker_marks_one_person_who_sees_why(scene: Evacuation) -> None:
    assert await colour(scene) == (CodeColour.GREY, Reason.SILENT)
    await marked(scene, HAND)
    assert await colour(scene) == (CodeColour.YELLOW, Reason.MARKED)
    for _ in range(2):
        await marked(scene)
    assert await colour(scene) == (CodeColour.ORANGE, Reason.MARKED)
    assert len(await scene.office.stores.marks.of_person(ME, [scene.event])) == 2


async def test_nobody_else_marks_and_nobody_without_an_event(
    scene: Evacuation, house: House
) -> None:
    office = scene.office
    stranger = await hired(house, "other", Role.GRID, area=VILLAGE)
    for one in (stranger, scene.hq.wang, scene.hq.li, scene.desk):
        with pytest.raises(Refused):
            await mark_person.mark(office, one, ME, event=scene.event, kind=HAND, purpose=PURPOSE)
    asked = {"kind": HAND, "purpose": PURPOSE}
    with pytest.raises(NotFound):
        await mark_person.mark(office, scene.worker, ME, event=EventId("none"), **asked)  # type: ignore[arg-type]
    elsewhere = await open_event.open_event(office, scene.hq.li, name="洪水", areas=[NEXT_VILLAGE])
    with pytest.raises(Conflict):
        await mark_person.mark(office, scene.worker, ME, event=elsewhere.id, **asked)  # type: ignore[arg-type]
    await open_event.close_event(office, scene.hq.li, scene.event)
    with pytest.raises(Conflict):
        await mark_person.mark(office, scene.worker, ME, event=scene.event, **asked)  # type: ignore[arg-type]


async def test_a_list_takes_two_officers_and_makes_nobody_red(scene: Evacuation) -> None:
    office, hq = scene.office, scene.hq
    made = await mark_person.propose(office, hq.li, wish(scene, ME, NEIGHBOUR), purpose=PURPOSE)
    assert await colour(scene) == (CodeColour.GREY, Reason.SILENT)
    waiting = await mark_person.proposed(office, hq.zhao, scene.event)
    assert [one.id for one in waiting] == [made.id]
    with pytest.raises(Conflict):
        await mark_person.approve(office, hq.li, made.id)
    for _ in range(2):
        await mark_person.approve(office, hq.zhao, made.id)
    assert await colour(scene) == (CodeColour.ORANGE, Reason.MARKED)
    (mark,) = await office.stores.marks.of_person(NEIGHBOUR, [scene.event])
    assert mark.by == (hq.li.id, hq.zhao.id)
    with pytest.raises(Conflict):
        await mark_person.discard(office, hq.li, made.id)


async def test_a_list_is_short_and_of_one_area_of_the_event(
    scene: Evacuation, house: House
) -> None:
    office, li = scene.office, scene.hq.li
    many = [PersonId(one) for one in range(1_000, 1_000 + MOST_IN_EVENT + 1)]
    await settled(house.stores, *(person(one) for one in many))
    for one in (wish(scene, people=()), wish(scene, *many[: MOST_LISTED + 1])):
        with pytest.raises(BadInput):
            await mark_person.propose(office, li, one, purpose=PURPOSE)
    with pytest.raises(BadInput):
        await mark_person.propose(office, li, wish(scene, ME, AWAY), purpose=PURPOSE)
    with pytest.raises(NotFound):
        await mark_person.propose(office, li, wish(scene, PersonId(77)), purpose=PURPOSE)
    for at in range(0, MOST_IN_EVENT, MOST_LISTED):
        some = wish(scene, *many[at : at + MOST_LISTED])
        made = await mark_person.propose(office, li, some, purpose=PURPOSE)
        await mark_person.approve(office, scene.hq.zhao, made.id)
    with pytest.raises(Conflict, match="transfer order"):
        await mark_person.propose(office, li, wish(scene, many[-1]), purpose=PURPOSE)
    town = await hired(house, "town", Role.DUTY, area=NEXT_VILLAGE)
    with pytest.raises(Refused):
        await mark_person.propose(office, town, wish(scene, ME), purpose=PURPOSE)


async def test_an_appeal_is_answered_by_another_officer_and_ends_the_marks(
    scene: Evacuation,
) -> None:
    office, hq = scene.office, scene.hq
    made = await mark_person.propose(office, hq.li, wish(scene), purpose=PURPOSE)
    await mark_person.approve(office, hq.zhao, made.id)
    asked = await appeal.appeal(office, MINE, ME, "我不需要转移。")
    assert (asked.shown.colour, asked.shown.reason) == (CodeColour.ORANGE, Reason.MARKED)
    with pytest.raises(Conflict):
        await appeal.appeal(office, MINE, ME, "再说一遍。")
    with pytest.raises(NotFound):
        await appeal.appeal(office, MINE, NEIGHBOUR, "替邻居问。")
    assert [one.id for one in await appeal.waiting(office, hq.wang)] == [asked.id]
    for one in (hq.li, hq.zhao):
        with pytest.raises(Conflict):
            await appeal.answer(office, one, asked.id, Outcome.UPHELD, "对不起，已更正。")
    for _ in range(2):
        await appeal.answer(office, hq.wang, asked.id, Outcome.UPHELD, "对不起，已更正。")
    assert await colour(scene) == (CodeColour.GREY, Reason.SILENT)
    assert await appeal.waiting(office, hq.wang) == []
    with pytest.raises(Conflict):
        await appeal.answer(office, hq.wang, asked.id, Outcome.EXPLAINED, "其实不对。")
    await marked(scene)
    assert await colour(scene) == (CodeColour.ORANGE, Reason.MARKED)


async def test_the_nightly_report_lists_what_was_done_by_hand(
    scene: Evacuation, house: House
) -> None:
    office, hq = scene.office, scene.hq
    await marked(scene)
    await mark_person.propose(office, hq.li, wish(scene, NEIGHBOUR), purpose=PURPOSE)
    await appeal.appeal(office, MINE, ME, "为什么？")
    today = local(house.clock.now()).date()
    auditor = await hired(house, "audit", Role.AUDITOR)
    found = await manual_changes.of_day(office, auditor, today)
    assert ([one.person for one in found.marks], len(found.lists)) == ([ME], 1)
    assert found.by_officer == {StaffId(scene.worker.id): 1}
    assert [one.person for one in found.appeals] == [ME]
    yesterday = await manual_changes.of_day(office, auditor, today - timedelta(days=1))
    assert (yesterday.marks, yesterday.lists, yesterday.appeals) == ((), (), ())
    with pytest.raises(Refused):
        await manual_changes.of_day(office, hq.wang, today)


async def test_a_colour_is_shown_to_who_brings_the_person_and_noted(
    scene: Evacuation, house: House
) -> None:
    await scene.ordered()
    office, asked = scene.office, {"event": scene.event, "purpose": PURPOSE}
    seen = await my_colour.of_person(office, scene.worker, ME, **asked)  # type: ignore[arg-type]
    assert (seen.colouring.colour, seen.colouring.reason) == (CodeColour.RED, Reason.ORDER)
    for one in (scene.hq.wang, scene.hq.li, await hired(house, "agent", Role.AGENT)):
        with pytest.raises(Refused):
            await my_colour.of_person(office, one, ME, **asked)  # type: ignore[arg-type]
    stranger = await hired(house, "other", Role.GRID, area=VILLAGE)
    for one in (stranger, scene.desk):
        with pytest.raises(NotFound):
            await my_colour.of_person(office, one, ME, **asked)  # type: ignore[arg-type]
    await scene.scanned(ME)
    there = await my_colour.of_person(office, scene.desk, ME, **asked)  # type: ignore[arg-type]
    assert (there.colouring.colour, there.colouring.moved) == (CodeColour.ORANGE, True)
    with pytest.raises(BadInput):
        await my_colour.of_person(office, scene.desk, ME, event=scene.event, purpose=" ")
    deeds = await office.stores.audit.of_subject(f"{scene.event}/person-0000000001", 9)
    assert [one.deed.act for one in deeds] == ["colour.read", "colour.read"]


async def test_after_the_event_nobody_asks_for_a_colour_any_more(scene: Evacuation) -> None:
    office = scene.office
    await open_event.close_event(office, scene.hq.li, scene.event)
    for event, error in ((scene.event, Conflict), (EventId("none"), NotFound)):
        with pytest.raises(error):
            await my_colour.of_person(office, scene.worker, ME, event=event, purpose=PURPOSE)
    assert await my_colour.own(office, ConversationId("terminal/county/nobody")) == []


async def test_a_recorded_walk_keeps_the_code_from_green_until_the_end(scene: Evacuation) -> None:
    order = await scene.ordered()
    assert await colour(scene) == (CodeColour.RED, Reason.ORDER)
    await scene.scanned(ME)
    assert await colour(scene) == (CodeColour.ORANGE, Reason.MOVED)
    for step in (scene.lifted, scene.checked):
        await step(order)
        assert await colour(scene) == (CodeColour.YELLOW, Reason.AWAITS_RETURN)
    await scene.released(order)
    assert await colour(scene) == (CodeColour.GREY, Reason.SILENT)
