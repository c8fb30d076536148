"""What lies in what, and what it is called in full."""

import pytest

from data.civic.areas import Area, Gazetteer, within
from data.civic.errors import Refused
from data.civic.ids import AreaCode, StaffId
from data.civic.people import Role, Staff

NAMES = {
    "33": "浙江省",
    "3301": "杭州市",
    "330109": "萧山区",
    "330109105": "临浦镇",
    "330109001": "城厢街道",
    "330109105201": "苎萝村",
    "330110001": "别处的镇",
}
PLACES = Gazetteer(
    county=AreaCode("330109"),
    areas={AreaCode(code): Area(code=AreaCode(code), name=name) for code, name in NAMES.items()},
)
TOWN = AreaCode("330109105")


@pytest.mark.parametrize(
    ("area", "outer", "inside"),
    [
        ("330109105201", "330109", True),
        ("330109", "330109", True),
        ("330109", "330109105", False),
        ("330110", "330109", False),
        ("330109", "33", True),
    ],
)
def test_an_area_lies_in_itself_and_in_those_around_it(
    area: AreaCode, outer: AreaCode, *, inside: bool
) -> None:
    assert within(area, outer) is inside


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("330109105201", "萧山区临浦镇苎萝村"),
        ("330109105999", "萧山区临浦镇"),
        ("330109", "萧山区"),
        ("3301", ""),
        ("999999", ""),
    ],
)
def test_a_place_is_named_from_the_county_down(code: AreaCode, name: str) -> None:
    assert PLACES.full_name(code) == name


def test_a_place_that_is_not_known_is_named_by_its_code() -> None:
    assert PLACES.name(TOWN) == "临浦镇"
    assert PLACES.name(AreaCode("330109999")) == "330109999"


def test_the_towns_are_those_of_the_county() -> None:
    assert [town.name for town in PLACES.towns()] == ["城厢街道", "临浦镇"]


def staff(*roles: Role, active: bool = True) -> Staff:
    return Staff(
        id=StaffId("s1"),
        login="wang",
        name="王芳",
        roles=frozenset(roles),
        area=TOWN,
        password_hash="",
        active=active,
    )


@pytest.mark.parametrize(
    ("one", "area", "may"),
    [
        pytest.param(staff(Role.AGENT), None, True, id="anywhere"),
        pytest.param(staff(Role.AGENT), TOWN, True, id="the own town"),
        pytest.param(staff(Role.AGENT), "330109105201", True, id="a village in it"),
        pytest.param(staff(Role.AGENT), "330109", False, id="the county around it"),
        pytest.param(staff(Role.AGENT), "330109001", False, id="the next town"),
        pytest.param(staff(Role.DUTY, Role.EDITOR), TOWN, True, id="one of the roles"),
        pytest.param(staff(Role.EDITOR), TOWN, False, id="none of the roles"),
        pytest.param(staff(), None, False, id="no role"),
        pytest.param(staff(Role.AGENT, active=False), TOWN, False, id="gone"),
    ],
)
def test_who_may_needs_a_role_and_the_area(one: Staff, area: AreaCode | None, *, may: bool) -> None:
    assert one.may(Role.AGENT, Role.DUTY, area=area) is may
    if not may:
        with pytest.raises(Refused, match="agent or duty"):
            one.must(Role.AGENT, Role.DUTY, area=area)
    else:
        one.must(Role.AGENT, Role.DUTY, area=area)


def test_what_lies_in_an_area_is_listed_down_to_the_villages() -> None:
    assert [one.code for one in PLACES.descendants(TOWN)] == ["330109105201"]
    assert [one.code for one in PLACES.descendants(AreaCode("330109"))] == [
        "330109001",
        "330109105",
        "330109105201",
    ]
    assert [one.code for one in PLACES.villages()] == ["330109105201"]
    assert PLACES.villages(AreaCode("330109001")) == ()


@pytest.mark.parametrize(
    ("area", "but", "left"),
    [
        ("330109", (), ("330109",)),
        ("330109", ("330109105",), ("330109001",)),
        ("330109", ("330109105201",), ("330109001",)),
        ("330109105", ("330109",), ()),
        ("330109105", ("330109001",), ("330109105",)),
    ],
)
def test_an_area_without_some_of_its_parts_is_the_others(
    area: str, but: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert PLACES.without(AreaCode(area), [AreaCode(one) for one in but]) == left
