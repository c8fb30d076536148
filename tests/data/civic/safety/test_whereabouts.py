"""Where somebody is: in any order, doubled or late, the same; nobody moves on a rule's word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data.civic.errors import BadInput
from data.civic.ids import OrderId, PersonId
from data.civic.safety.holding import deadline, rule_steps
from data.civic.safety.progress import Known, progress
from data.civic.safety.whereabouts import MOVED, MOVES, By, Folded, Stage, Standing, Step, fold
from tests.bulletins import START, VILLAGE
from tests.safety import AT, DUE, OLD_HOUSE, going_back, lifted, order, step

ME = PersonId(1)


def by_rule(stage: Stage, minute: int, number: int = 1) -> Step:
    return step(
        stage, by=By.RULE, minute=minute, key=f"{stage}/{number}", order=OrderId(f"o-{number}")
    )


LISTED = by_rule(Stage.LISTED, 0)
WAY = (
    LISTED,
    step(Stage.NOTIFIED, by=By.STAFF, minute=1),
    step(Stage.REFUSED, by=By.SELF, minute=2),
    step(Stage.AGREED, by=By.FAMILY, minute=3),
    step(Stage.MOVING, by=By.STAFF, minute=4, helper="陈网格"),
    step(Stage.SHELTER, minute=5),
    by_rule(Stage.RETURN_RELEASED, 50),
    step(Stage.RETURNED, by=By.STAFF, minute=60),
)


def test_the_whole_way_is_gone_step_by_step() -> None:
    stages = [fold(WAY[: n + 1]).standing.stage for n in range(len(WAY))]
    assert stages == [one.stage for one in WAY]
    assert fold(WAY).without_effect == ()


def test_nobody_returns_before_the_return_is_released() -> None:
    early = fold([LISTED, step(minute=5), step(Stage.RETURNED, by=By.STAFF, minute=6)])
    assert early.standing.stage is Stage.SHELTER
    assert len(early.without_effect) == 1


def test_a_walk_in_whom_no_order_holds_may_go_home() -> None:
    here = [step(minute=5), step(Stage.RETURNED, minute=6)]
    assert fold(here).standing.stage is Stage.RETURNED


def test_another_order_still_holds_who_is_released_by_one() -> None:
    second = by_rule(Stage.LISTED, 10, number=2)
    found = fold([LISTED, second, step(minute=20), by_rule(Stage.RETURN_RELEASED, 50)]).standing
    assert (found.stage, found.held_by) == (Stage.SHELTER, {OrderId("o-2")})


def test_who_has_returned_is_listed_again_by_a_new_order() -> None:
    found = fold([*WAY, by_rule(Stage.LISTED, 90, number=2)]).standing
    assert (found.stage, found.moved) == (Stage.LISTED, False)


def test_who_leaves_the_shelter_is_on_the_way_again() -> None:
    left = [LISTED, step(minute=5), step(Stage.MOVING, by=By.SCAN, minute=9)]
    assert not fold(left).standing.moved


@pytest.mark.parametrize("late", [Stage.MOVING, Stage.HOSPITAL, Stage.RETURNED])
def test_a_shelter_signs_nobody_out_who_was_seen_elsewhere_since(late: Stage) -> None:
    here, there = step(minute=5, shelter="hall"), step(minute=6, shelter="school")
    tidied = step(late, minute=9, shelter="hall")
    assert fold([LISTED, here, there, tidied]).standing.last == there
    at_relatives = step(Stage.RELATIVES, minute=6)
    assert fold([here, at_relatives, tidied]).standing.last == at_relatives
    assert fold([here, step(Stage.MOVING, minute=9, shelter="hall")]).standing.moved is False


def test_who_says_that_they_leave_relatives_was_seen_there_last() -> None:
    there = step(Stage.RELATIVES, by=By.STAFF, minute=5)
    leaves = step(Stage.MOVING, by=By.SELF, minute=6)
    refuses = step(Stage.REFUSED, by=By.SELF, minute=7)
    found = fold([there, leaves, refuses]).standing
    assert (found.moved, found.village, found.with_relatives) == (False, VILLAGE, VILLAGE)
    seen = fold([there, leaves, step(Stage.MOVING, by=By.SCAN, minute=8)]).standing
    assert seen.with_relatives is None


def test_one_cannot_undo_a_scan_by_what_one_says_of_oneself() -> None:
    for stage in (Stage.REFUSED, Stage.MOVING, Stage.AGREED):
        said = step(stage, by=By.SELF, minute=9)
        assert fold([LISTED, step(minute=5), said]).standing.stage is Stage.SHELTER


def test_a_late_arrival_settles_by_when_it_was_so() -> None:
    scan, hospital = step(minute=5), step(Stage.HOSPITAL, by=By.STAFF, minute=9)
    assert fold([hospital, scan, LISTED]).standing.stage is Stage.HOSPITAL


def test_with_relatives_the_village_is_told_and_no_nearer_place() -> None:
    kin = step(Stage.RELATIVES, by=By.FAMILY, minute=5)
    assert fold([LISTED, kin]).standing.village == VILLAGE


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"stage": Stage.SHELTER, "by": By.SELF}, id="arrived, by oneself"),
        pytest.param({"stage": Stage.SHELTER, "by": By.FAMILY}, id="in a shelter, by family"),
        pytest.param({"stage": Stage.RELATIVES, "by": By.RULE}, id="moved by a rule"),
        pytest.param({"stage": Stage.RETURN_RELEASED, "by": By.STAFF}, id="released by staff"),
        pytest.param({"stage": Stage.RELATIVES, "village": None}, id="no village"),
        pytest.param({"stage": Stage.RELATIVES, "by": By.FAMILY, "who": " "}, id="no name"),
        pytest.param({"stage": Stage.SHELTER, "device": ""}, id="a scan of no device"),
    ],
)
def test_what_nobody_may_say_is_no_step(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        step(**wrong)  # type: ignore[arg-type]


def test_moved_is_said_by_a_scan_staff_or_family_alone() -> None:
    who = {by for one in MOVES if one.to in MOVED for by in one.by}
    assert who == {By.SCAN, By.STAFF, By.FAMILY}


def test_the_same_id_with_other_content_is_named_and_settles_the_same_way() -> None:
    one = step(minute=5, key="s")
    other = step(Stage.HOSPITAL, minute=7, key="s")
    assert fold([one, other]).conflicts == {"s"}
    assert fold([one, other]) == fold([other, one])


SAID = [
    step(one.to, by=by, minute=minute, key=f"{one.to}-{by}-{minute}")
    for one in MOVES
    for by in sorted(one.by - {By.RULE})
    for minute in (3, 20, 55, 70)
]
RULED = [
    *(by_rule(Stage.LISTED, 10 * n, number=n) for n in (0, 1, 2)),
    *(by_rule(Stage.RETURN_RELEASED, 40 + n, number=n) for n in (0, 1, 2)),
]
histories = st.lists(st.sampled_from([*SAID, *RULED]), max_size=14)


@given(history=histories, data=st.data())
def test_order_and_doubles_change_nothing(history: list[Step], data: st.DataObject) -> None:
    doubled = history + (data.draw(st.lists(st.sampled_from(history))) if history else [])
    assert fold(data.draw(st.permutations(doubled))) == fold(history)


@given(history=histories)
def test_who_has_moved_was_seen_by_somebody(history: list[Step]) -> None:
    standing = fold(history).standing
    if standing.moved:
        assert standing.last
        assert standing.last.by in {By.SCAN, By.STAFF, By.FAMILY}
    if standing.stage is Stage.RETURNED and standing.last:
        ordered = {
            one.order for one in history if one.stage is Stage.LISTED and _before(one, standing)
        }
        freed = {one.order for one in history if one.stage is Stage.RETURN_RELEASED}
        assert ordered <= freed


def _before(one: Step, standing: Standing) -> bool:
    return standing.last is not None and one.at < standing.last.at


class Devices(RuleBasedStateMachine):
    """Records reach the house one by one, late and doubled: at rest all houses agree."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Step] = []
        self.arrived: list[Step] = []

    @rule(one=st.sampled_from([*SAID, *RULED]))
    def record(self, one: Step) -> None:
        self.sent.append(one)

    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        if self.sent:
            self.arrived.append(data.draw(st.sampled_from(self.sent)))

    @invariant()
    def the_same_steps_give_the_same(self) -> None:
        unique = {one.id: one for one in self.arrived}
        assert _said(fold(self.arrived)) == _said(fold(reversed(list(unique.values()))))


def _said(folded: Folded) -> tuple[Standing, set[str]]:
    return folded.standing, set(folded.without_effect)


TestDevices = Devices.TestCase


def known(number: int, *steps: Step, due: bool = True) -> Known:
    ruled = [LISTED] if due else []
    standing = fold([*ruled, *steps]).standing
    due_at = DUE if due else None
    orders = standing.held_by
    return Known(person=PersonId(number), standing=standing, orders=orders, deadline=due_at)


def test_both_gaps_of_a_village_are_lists() -> None:
    people = [
        known(1, step()),
        known(2),
        known(3, step(Stage.REFUSED, by=By.STAFF)),
        known(4, step(), due=False),
        known(5, due=False),
    ]
    late = DUE + timedelta(minutes=1)
    found = progress(VILLAGE, people, late)
    assert (found.listed, found.moved) == (3, 1)
    assert (found.not_moved, found.not_listed, found.overdue) == ((2, 3), (4,), (2, 3))
    assert found.stages == {Stage.SHELTER: 1, Stage.LISTED: 1, Stage.REFUSED: 1}
    assert progress(VILLAGE, people, AT).overdue == ()


def test_the_earliest_tier_is_the_deadline_until_the_order_is_lifted() -> None:
    one = order(tags=OLD_HOUSE)
    tiers = (*one.tiers, replace(one.tiers[0], tags=frozenset(), deadline=DUE + timedelta(hours=5)))
    one = replace(one, tiers=tiers)
    assert deadline([one], VILLAGE, OLD_HOUSE) == DUE
    assert deadline([one], VILLAGE, frozenset()) == DUE + timedelta(hours=5)
    assert deadline([lifted(one)], VILLAGE, OLD_HOUSE) is None


def test_orders_and_released_returns_are_steps_that_nobody_stores() -> None:
    one = order()
    asked = {"person": ME, "home": VILLAGE, "tags": OLD_HOUSE}
    assert [s.stage for s in rule_steps([one], [], **asked)] == [Stage.LISTED]  # type: ignore[arg-type]
    off = lifted(one)
    for back in (going_back(one, checked=False), going_back(one, done=False)):
        assert len(rule_steps([off], [back], **asked)) == 1  # type: ignore[arg-type]
    made = rule_steps([off], [going_back(one)], **asked)  # type: ignore[arg-type]
    assert [s.at for s in made] == [START, START + timedelta(minutes=50)]
    assert rule_steps([order(tags=OLD_HOUSE)], [], person=ME, home=VILLAGE, tags=frozenset()) == []
