"""The preview before approval: N people, M without a telephone, K without a grid worker."""

import pytest

from bot.house import House
from data.civic.errors import BadInput, Refused
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.risks import RiskTag
from data.civic.safety.targets import Target
from data.civic.shapes import Circle, Point
from handlers.acts import preview_area
from handlers.acts.preview_area import reach
from handlers.acts.rosters import Wish, import_roster
from tests.rosters import LOUYING, TONGER, WORDS, ZHULUO, row
from tests.staffed import COUNTY, LINPU, hired

HERE = Point(120.26, 30.05)


@pytest.fixture(autouse=True)
async def _people(house: House) -> None:
    admin = await hired(house, "admin", Role.ADMIN)
    near, far = {"lon": "120.26", "lat": "30.05"}, {"lon": "120.27", "lat": "30.06"}
    rows = (
        row(1, phone="13800000000", risks="低洼", **near),
        row(2, risks="独居、低洼", **far),
        row(3, **far),
        row(4, village=TONGER, risks="危房", **near),
        row(5, village=LOUYING, phone="13800000001", **near),
    )
    done = await import_roster(house.office(), admin, rows, Wish(purpose="核对"), words=WORDS)
    assert not done.mistakes


@pytest.fixture
async def duty(house: House) -> Staff:
    return await hired(house, "duty", Role.DUTY)


@pytest.mark.parametrize(
    ("areas", "tags", "told"),
    [
        ((COUNTY,), frozenset(), (5, 3, 5)),
        ((LINPU,), frozenset(), (4, 3, 4)),
        ((AreaCode(ZHULUO), LINPU), frozenset(), (4, 3, 4)),
        ((LINPU,), frozenset({RiskTag.LOW_LYING}), (2, 1, 2)),
        ((LINPU,), frozenset({RiskTag.LOW_LYING, RiskTag.LIVING_ALONE}), (2, 1, 2)),
        ((COUNTY,), frozenset({RiskTag.SHIP}), (0, 0, 0)),
    ],
)
async def test_areas_and_tags_are_counted(
    house: House,
    duty: Staff,
    areas: tuple[AreaCode, ...],
    tags: frozenset[RiskTag],
    told: tuple[int, ...],
) -> None:
    found = await reach(house.office(), duty, Target(areas=areas, tags=tags))
    assert (found.people, found.without_phone, found.without_worker) == told
    assert sum(one.people for one in found.by_village) == found.people


async def test_on_the_border_of_a_shape_people_are_counted_one_by_one(
    house: House, duty: Staff
) -> None:
    found = await reach(house.office(), duty, Target(shapes=(Circle(HERE, 300),)))
    assert {one.village: one.people for one in found.by_village} == {
        ZHULUO: 1,
        TONGER: 1,
        LOUYING: 1,
    }
    assert found.unsettled == 0


async def test_of_a_shape_only_the_own_area_counts(house: House) -> None:
    town = await hired(house, "town", Role.CHIEF, area=LINPU)
    found = await reach(house.office(), town, Target(shapes=(Circle(HERE, 5_000),)))
    assert [one.village for one in found.by_village] == [ZHULUO, TONGER]


async def test_another_area_is_refused_and_a_target_of_nobody(house: House, duty: Staff) -> None:
    town = await hired(house, "town", Role.DUTY, area=LINPU)
    with pytest.raises(Refused):
        await reach(house.office(), town, Target(areas=(COUNTY,)))
    with pytest.raises(BadInput, match="whom it is meant for"):
        Target(tags=frozenset({RiskTag.SHIP}))


@pytest.mark.parametrize("role", sorted(set(Role) - set(preview_area.PREVIEW)))
async def test_no_other_role_previews(house: House, role: Role) -> None:
    staff = await hired(house, "somebody", role)
    with pytest.raises(Refused):
        await reach(house.office(), staff, Target(areas=(COUNTY,)))
