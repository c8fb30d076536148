"""Recording where people are, and the board of a village: who may say it, and what counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import ConversationId, PersonId, StepId
from data.civic.people import Role
from data.civic.safety.registrations import (
    Agreement,
    How,
    Kind,
    Registration,
    State,
    agree,
    registration_id,
)
from data.civic.safety.whereabouts import Stage
from handlers.acts import move_person, whereabouts_board
from tests import builders
from tests.evacuation import AWAY, ME, NEIGHBOUR, PURPOSE, Evacuation, evacuation
from tests.staffed import COUNTY, LINPU, hired
from tests.townsfolk import GRID, NEXT_VILLAGE, VILLAGE

MINE = ConversationId("terminal/county/openid-1")


@pytest.fixture
async def scene(house: House) -> Evacuation:
    return await evacuation(house)


async def test_the_worker_brings_somebody_and_the_desk_scans(scene: Evacuation) -> None:
    await scene.ordered()
    office = scene.office
    for stage in (Stage.NOTIFIED, Stage.AGREED, Stage.MOVING):
        await move_person.by_staff(office, scene.worker, scene.report(stage), purpose=PURPOSE)
    await scene.scanned(ME)
    standing = await move_person.standing_of(office, await _person(scene, ME), scene.event)
    assert (standing.stage, standing.moved) == (Stage.SHELTER, True)
    deeds = await office.stores.audit.of_subject(f"{scene.event}/person-0000000001", 9)
    assert [one.deed.act for one in deeds] == [
        "whereabouts.moving",
        "whereabouts.agreed",
        "whereabouts.notified",
    ]


async def test_a_step_sent_twice_is_one_and_a_late_one_settles(scene: Evacuation) -> None:
    office, opened = scene.office, scene.hq.event.opened_at
    later = scene.report(Stage.HOSPITAL, at=opened + timedelta(seconds=2), id=StepId("later"))
    early = scene.report(Stage.MOVING, at=opened + timedelta(seconds=1), id=StepId("early"))
    for one in (later, later, early, early):
        standing = await move_person.by_staff(office, scene.worker, one, purpose=PURPOSE)
    assert standing.stage is Stage.HOSPITAL
    assert len(await office.stores.whereabouts.of_person(ME, [scene.event])) == 2
    other = replace(early, stage=Stage.SHELTER)
    with pytest.raises(Conflict):
        await move_person.by_staff(office, scene.worker, other, purpose=PURPOSE)


async def test_who_may_say_what_of_whom(scene: Evacuation, house: House) -> None:
    office, stranger = scene.office, await hired(house, "other", Role.GRID, area=VILLAGE)
    agent = await hired(house, "agent", Role.AGENT)
    said = scene.report(Stage.AGREED)
    for one in (stranger, agent, scene.desk):
        with pytest.raises(Refused):
            await move_person.by_staff(office, one, said, purpose=PURPOSE)
    away = scene.report(Stage.SHELTER, who=ME, village=NEXT_VILLAGE)
    assert (await move_person.by_staff(office, scene.desk, away, purpose=PURPOSE)).moved
    with pytest.raises(BadInput):
        await move_person.by_staff(office, scene.worker, said, purpose="")


async def test_nobody_goes_back_before_the_return_is_released(scene: Evacuation) -> None:
    office, order = scene.office, await scene.ordered()
    await scene.scanned(ME)
    back = scene.report(Stage.RETURNED)
    for step in (None, scene.lifted, scene.checked):
        if step is not None:
            await step(order)
        with pytest.raises(Conflict, match="released"):
            await move_person.by_staff(office, scene.worker, back, purpose=PURPOSE)
    await scene.released(order)
    free = await move_person.standing_of(office, await _person(scene, ME), scene.event)
    assert free.stage is Stage.RETURN_RELEASED
    done = await move_person.by_staff(office, scene.worker, back, purpose=PURPOSE)
    assert done.stage is Stage.RETURNED


async def test_what_one_says_of_oneself_moves_nobody(scene: Evacuation) -> None:
    await scene.ordered()
    office = scene.office
    left = await move_person.by_self(office, MINE, scene.report(Stage.MOVING))
    assert (left.stage, left.moved) == (Stage.MOVING, False)
    with pytest.raises(BadInput):
        await move_person.by_self(office, MINE, scene.report(Stage.SHELTER))
    with pytest.raises(Refused):
        await move_person.by_self(office, MINE, scene.report(Stage.AGREED, who=NEIGHBOUR))
    with pytest.raises(Refused):
        await move_person.by_family(office, MINE, scene.report(Stage.RELATIVES, village=VILLAGE))


async def test_a_proxy_who_was_agreed_to_says_it_by_name(scene: Evacuation, house: House) -> None:
    await scene.ordered()
    office, daughter = scene.office, ConversationId("terminal/county/openid-77")
    there = scene.report(Stage.RELATIVES, who=NEIGHBOUR, village=NEXT_VILLAGE)
    asked = Registration(
        id=registration_id(builders.seal(), daughter, NEIGHBOUR),
        conversation=daughter,
        person=NEIGHBOUR,
        kind=Kind.PROXY,
        state=State.ASKED,
        name="王小敏",
        asked_at=builders.now(),
    )
    await house.stores.registrations.add(asked)
    with pytest.raises(Refused):
        await move_person.by_family(office, daughter, there)
    word = Agreement(how=How.DOOR, by="chen", at=builders.now())
    await house.stores.registrations.change(asked.id, lambda one: agree(one, word))
    standing = await move_person.by_family(office, daughter, there)
    assert (standing.stage, standing.village) == (Stage.RELATIVES, NEXT_VILLAGE)
    (step,) = await house.stores.whereabouts.of_person(NEIGHBOUR, [scene.event])
    assert step.who == "王小敏"
    said = scene.report(Stage.SHELTER, who=NEIGHBOUR)
    with pytest.raises(BadInput):
        await move_person.by_family(office, daughter, said)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        pytest.param({"at": timedelta(minutes=6)}, BadInput, id="still to come"),
        pytest.param({"at": timedelta(days=-1)}, BadInput, id="before the event"),
        pytest.param({"person": PersonId(99)}, NotFound, id="nobody"),
        pytest.param({"event": "none"}, NotFound, id="no event"),
    ],
)
async def test_what_cannot_be_is_refused(
    scene: Evacuation, more: dict[str, object], error: type[Exception]
) -> None:
    given = dict(more)
    if isinstance(given.get("at"), timedelta):
        given["at"] = builders.now() + given["at"]  # type: ignore[operator]
    said = replace(scene.report(Stage.AGREED), **given)  # type: ignore[arg-type]
    with pytest.raises(error):
        await move_person.by_staff(scene.office, scene.worker, said, purpose=PURPOSE)


async def test_the_board_shows_both_gaps_and_names_are_noted(scene: Evacuation) -> None:
    await scene.ordered()
    office, duty = scene.office, scene.hq.wang
    await scene.scanned(ME, AWAY, PersonId(3))
    lines = await whereabouts_board.board(office, duty, scene.event)
    assert {one.village: (one.listed, one.moved, one.not_listed) for one in lines} == {
        VILLAGE: (2, 1, 1),
        NEXT_VILLAGE: (0, 0, 1),
    }
    asked = {"village": VILLAGE, "grid": GRID, "purpose": PURPOSE}
    found = await whereabouts_board.names(office, scene.worker, scene.event, **asked)  # type: ignore[arg-type]
    assert [one.person.id for one in found.not_moved] == [NEIGHBOUR]
    assert [one.person.id for one in found.not_listed] == [3]
    assert (found.not_moved[0].overdue, found.not_moved[0].deadline is None) == (False, False)
    deeds = await office.stores.audit.of_subject(f"{scene.event}/{VILLAGE}/{GRID}", 9)
    assert [(one.deed.act, one.deed.purpose) for one in deeds] == [("whereabouts.names", PURPOSE)]


async def test_who_has_not_left_by_the_deadline_is_overdue(scene: Evacuation, house: House) -> None:
    await scene.ordered()
    house.clock.shift = timedelta(hours=7)  # type: ignore[attr-defined]
    (line,) = await whereabouts_board.board(scene.office, scene.hq.wang, scene.event)
    assert (line.listed, line.overdue, line.not_moved) == (2, 2, 2)


async def test_counts_and_names_stay_in_the_own_area(scene: Evacuation, house: House) -> None:
    other = await hired(house, "duty2", Role.DUTY, area=NEXT_VILLAGE)
    with pytest.raises(Refused):
        await whereabouts_board.board(scene.office, other, scene.event, area=LINPU)
    asked = {"village": VILLAGE, "purpose": PURPOSE}
    with pytest.raises(Refused):
        await whereabouts_board.names(scene.office, other, scene.event, **asked)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        await whereabouts_board.names(
            scene.office, scene.hq.wang, scene.event, village=COUNTY, purpose=PURPOSE
        )


async def _person(scene: Evacuation, who: PersonId):
    found = await scene.office.stores.residents.get(who)
    assert found is not None
    return found
