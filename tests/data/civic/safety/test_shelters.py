"""Shelters: what was not inspected stays shut; nobody is sent where there is no room."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, ShelterId
from data.civic.safety import shelters
from data.civic.safety.nearest import Party, nearest
from data.civic.safety.shelters import Capacity, Change, Places, Shelter, ShelterState
from data.civic.shapes import Point
from tests.sheltering import GYM, HALL, SCHOOL, START, shelter
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

TODAY = START.date()
NOW = Change(at=START, today=TODAY)
UNSAFE = Change(at=START, today=TODAY, why="屋顶漏水")
HERE = Party(area=VILLAGE, point=Point(120.25, 30.05))


def opened(one: Shelter) -> Shelter:
    return shelters.open_up(one, NOW)


def test_the_last_day_of_an_inspection_still_counts() -> None:
    assert opened(shelter(inspected_until=TODAY)).open


def test_what_was_not_inspected_is_not_opened_and_says_since_when() -> None:
    with pytest.raises(Conflict, match="2026-11-20"):
        opened(shelter(inspected_until=TODAY - timedelta(days=1)))


def test_what_is_unsafe_is_opened_after_a_new_inspection_alone() -> None:
    bad = shelters.find_unsafe(opened(shelter()), UNSAFE)
    with pytest.raises(Conflict, match="屋顶漏水"):
        opened(bad)
    with pytest.raises(Conflict):
        shelters.stand_by(bad, NOW)
    assert shelters.close(bad, NOW) == bad
    again = shelters.inspect(bad, date(2029, 1, 1), NOW)
    assert (again.state, again.why) == (ShelterState.CLOSED, "")
    assert opened(again).open


def test_a_reason_and_a_day_to_come_are_asked_for() -> None:
    with pytest.raises(BadInput, match="unsafe"):
        shelters.find_unsafe(shelter(), NOW)
    with pytest.raises(BadInput, match="expired"):
        shelters.inspect(shelter(), TODAY - timedelta(days=1), NOW)


@pytest.mark.parametrize(
    "move", [shelters.open_up, shelters.stand_by, shelters.close, shelters.find_unsafe]
)
def test_a_move_made_twice_is_one(move: object) -> None:
    once = move(shelter(), UNSAFE)  # type: ignore[operator]
    assert move(once, UNSAFE) == once  # type: ignore[operator]


@pytest.mark.parametrize("people", [0, -1, 20_001])
def test_a_shelter_holds_somebody_and_no_crowd(people: int) -> None:
    with pytest.raises(BadInput):
        Capacity(people=people)


def test_no_shelter_has_more_beds_than_places() -> None:
    with pytest.raises(BadInput):
        Capacity(people=10, beds=11)


def test_a_kind_that_nobody_counted_is_no_hindrance() -> None:
    assert Capacity(people=2).fits(Places(1, 1, 1), Places(1, 1, 1))
    assert not Capacity(people=2, beds=1).fits(Places(1, 1), Places(1, 1))
    assert Capacity(people=2, beds=1).fits(Places(1), Places(1, 2))


def test_the_nearest_with_places_comes_first() -> None:
    far = opened(shelter(SCHOOL, point=Point(120.30, 30.05)))
    near = opened(shelter(GYM, point=Point(120.26, 30.05)))
    found = nearest([far, near], {}, HERE, today=TODAY)
    assert [one.shelter.id for one in found] == [GYM, SCHOOL]
    assert found[0].metres == pytest.approx(963, abs=5)
    full = nearest([far, near], {GYM: Places(120)}, HERE, today=TODAY)
    assert [one.shelter.id for one in full] == [SCHOOL]


def test_without_points_the_same_village_is_nearer_than_the_same_town() -> None:
    there = opened(shelter(SCHOOL, area=NEXT_VILLAGE, point=None))
    here = opened(shelter(GYM, point=None))
    other = opened(shelter(HALL, area=AreaCode("330109"), point=None))
    found = nearest([other, there, here], {}, HERE, today=TODAY)
    assert [one.shelter.id for one in found] == [GYM, SCHOOL, HALL]
    assert found[0].metres is None


@pytest.mark.parametrize(
    ("party", "given"),
    [
        pytest.param(Party(area=VILLAGE, pets=True), {}, id="no animals"),
        pytest.param(Party(area=VILLAGE, wheelchair=True), {}, id="steps"),
        pytest.param(Party(area=VILLAGE, takes=Places(121)), {}, id="too many"),
        pytest.param(
            Party(area=VILLAGE, takes=Places(1, 0, 1)),
            {"capacity": Capacity(people=9, wheelchairs=0)},
            id="no place for a wheelchair",
        ),
    ],
)
def test_nobody_is_sent_where_they_do_not_fit(party: Party, given: dict[str, object]) -> None:
    assert nearest([opened(shelter(**given))], {}, party, today=TODAY) == ()  # type: ignore[arg-type]


STATES = st.sampled_from(list(ShelterState))
SHELTERS = st.builds(
    lambda n, state, days, people, lon: shelter(
        ShelterId(f"s{n}"),
        people,
        state=state,
        inspected_until=TODAY + timedelta(days=days),
        point=Point(lon, 30.0),
    ),
    st.integers(0, 99),
    STATES,
    st.integers(-2, 2),
    st.integers(1, 5),
    st.floats(120, 121),
)


@given(
    st.lists(SHELTERS, unique_by=lambda one: one.id),
    st.dictionaries(st.integers(0, 99).map(lambda n: ShelterId(f"s{n}")), st.integers(0, 6)),
)
def test_never_one_that_is_closed_unsafe_full_or_not_inspected(
    listed: list[Shelter], inside: dict[ShelterId, int]
) -> None:
    taken = {one: Places(many) for one, many in inside.items()}
    found = nearest(listed, taken, HERE, today=TODAY)
    for one in found:
        assert one.shelter.state is ShelterState.OPEN
        assert one.shelter.inspected_until >= TODAY
        assert inside.get(one.shelter.id, 0) < one.shelter.capacity.people
    assert list(found) == sorted(found, key=lambda one: one.metres or 0)
    fits = [one for one in listed if one.usable(TODAY)]
    assert len(found) == sum(inside.get(one.id, 0) < one.capacity.people for one in fits)
