"""Hazards: reports of one thing are one case, whatever the order; a case ends with a result."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput, Conflict
from data.civic.ids import GridId, HazardId, StaffId
from data.civic.safety import hazards
from data.civic.safety.hazards import Hazard, HazardKind, HazardState, Spot, oldest_of, same
from data.civic.shapes import Point
from tests.bulletins import LINPU, START, VILLAGE

DYKE = Point(120.25, 30.05)
METRE = 1 / 111_320
WANG = StaffId("wang")


def hazard(number: int = 1, *, spot: Spot | None = None, minute: int = 0) -> Hazard:
    at = START + timedelta(minutes=minute)
    place = spot or Spot(area=VILLAGE, point=DYKE)
    return Hazard(
        id=HazardId(f"h{number}"), kind=HazardKind.DYKE, spot=place, opened_at=at, last_at=at
    )


def north(metres: float) -> Spot:
    return Spot(area=VILLAGE, point=Point(DYKE.lon, DYKE.lat + metres * METRE))


@pytest.mark.parametrize(
    ("metres", "minutes", "is_same"),
    [(0, 0, True), (190, 19, True), (210, 0, False), (0, 21, False), (190, -19, True)],
)
def test_within_200_m_and_20_minutes_it_is_one_thing(
    metres: float, minutes: int, *, is_same: bool
) -> None:
    at = START + timedelta(minutes=minutes)
    assert same(hazard(), HazardKind.DYKE, north(metres), at) is is_same


def test_another_kind_is_another_thing() -> None:
    assert not same(hazard(), HazardKind.TREE, north(0), START)


def test_without_points_the_village_counts_and_a_town_is_too_wide() -> None:
    village, town = Spot(area=VILLAGE), Spot(area=LINPU)
    assert same(hazard(spot=village), HazardKind.DYKE, village, START)
    assert same(hazard(), HazardKind.DYKE, village, START)
    assert not same(hazard(spot=town), HazardKind.DYKE, town, START)


def test_what_has_ended_takes_no_more_reports() -> None:
    over = hazards.end(hazard(), "已经修好", WANG, START)
    assert not same(over, HazardKind.DYKE, north(0), START)


def test_each_report_lets_the_case_stay_open_for_others() -> None:
    later = START + timedelta(minutes=15)
    one = hazards.joined(hazard(), later)
    assert same(one, HazardKind.DYKE, north(0), START + timedelta(minutes=34))
    assert hazards.joined(one, START) == one


@given(st.permutations([hazard(3, minute=1), hazard(1, minute=2), hazard(2, minute=1)]))
def test_the_oldest_is_the_same_for_whoever_looks(some: list[Hazard]) -> None:
    found = oldest_of(some)
    assert found is not None
    assert found.id == "h2"


def test_what_was_begun_goes_into_nothing() -> None:
    begun = hazards.start(hazard(2), WANG, START)
    assert hazards.merge(begun, hazard(1)) == begun
    merged = hazards.merge(hazard(2), hazard(1))
    assert (merged.state, merged.into) == (HazardState.MERGED, "h1")
    with pytest.raises(Conflict):
        hazards.start(merged, WANG, START)


def test_a_result_is_told_once_and_not_changed() -> None:
    done = hazards.end(hazard(), " 已经修好 ", WANG, START)
    assert done.result == "已经修好"
    assert hazards.end(done, "已经修好", WANG, START) == done
    with pytest.raises(Conflict):
        hazards.end(done, "没有修", WANG, START)
    with pytest.raises(Conflict):
        hazards.assign(done, GridId("g"))


@pytest.mark.parametrize("result", ["", " ", "好", "长" * 501])
def test_a_result_needs_words(result: str) -> None:
    with pytest.raises(BadInput):
        hazards.end(hazard(), result, WANG, START)
