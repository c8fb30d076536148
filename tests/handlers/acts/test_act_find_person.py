"""Looking at a named person: for a purpose, in the own area, and noted where the person sees it."""

import pytest

from bot.house import House
from data.civic.errors import BadInput, NotFound, Refused
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Role, Staff
from data.civic.safety.identity import named
from handlers.acts.find_person import Asked, find, look
from handlers.acts.rosters import Wish, import_roster
from tests.rosters import LOUYING, WORDS, ZHULUO, id_number, row
from tests.staffed import LINPU, hired

WHY = "上门核对"


@pytest.fixture(autouse=True)
async def _people(house: House) -> None:
    admin = await hired(house, "admin", Role.ADMIN)
    rows = (
        row(1, phone="13800000000", household="12", address="样例路1号"),
        row(2, id_number="", household="12", phone="13800000000"),
        row(3, village=LOUYING),
    )
    done = await import_roster(house.office(), admin, rows, Wish(purpose="核对"), words=WORDS)
    assert not done.mistakes


@pytest.fixture
async def grid(house: House) -> Staff:
    return await hired(house, "grid", Role.GRID, area=LINPU)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (Asked(number=id_number(1)), ["样例1"]),
        (Asked(number=" 138 0000 0000 "), ["样例1", "样例2"]),
        (Asked(name="样例2", village=AreaCode(ZHULUO)), ["样例2"]),
    ],
)
async def test_people_are_found_by_number_or_by_name_in_a_village(
    house: House, grid: Staff, asked: Asked, names: list[str]
) -> None:
    found = await find(house.office(), grid, asked, purpose=WHY)
    assert sorted(one.person.name for one in found) == names
    assert {one.household.address for one in found if one.household} == {"样例路1号"}


async def test_every_look_stands_with_its_purpose_where_the_person_sees_it(
    house: House, grid: Staff
) -> None:
    (found,) = await find(house.office(), grid, Asked(number=id_number(1)), purpose=WHY)
    await look(house.office(), grid, found.person.id, purpose=WHY)
    await look(house.office(), grid, found.person.id, purpose="再次上门")
    entries = await house.stores.audit.of_subject(named(found.person.id), 9)
    assert [(one.deed.act, one.deed.actor, one.deed.purpose) for one in entries] == [
        ("person.read", grid.id, "再次上门"),
        ("person.read", grid.id, WHY),
    ]


async def test_without_a_purpose_nothing_is_shown(house: House, grid: Staff) -> None:
    with pytest.raises(BadInput, match="purpose"):
        await find(house.office(), grid, Asked(number=id_number(1)), purpose=" ")
    with pytest.raises(BadInput, match="purpose"):
        await look(house.office(), grid, PersonId(1), purpose="")


async def test_who_is_unknown_and_who_is_anothers_are_the_same_answer(
    house: House, grid: Staff
) -> None:
    said = set()
    for number in (id_number(3), id_number(99), "13912345678"):
        with pytest.raises(NotFound) as refused:
            await find(house.office(), grid, Asked(number=number), purpose=WHY)
        said.add(str(refused.value))
    assert len(said) == 1
    (theirs,) = await house.stores.residents.of_village(AreaCode(LOUYING), 5)
    with pytest.raises(NotFound):
        await look(house.office(), grid, theirs.id, purpose=WHY)
    wanted = Asked(name="样例3", village=AreaCode(LOUYING))
    with pytest.raises(Refused):
        await find(house.office(), grid, wanted, purpose=WHY)


@pytest.mark.parametrize("asked", [Asked(), Asked(name="样例1"), Asked(number="123456789012")])
async def test_what_is_nothing_to_look_for_is_refused(
    house: House, grid: Staff, asked: Asked
) -> None:
    with pytest.raises(BadInput):
        await find(house.office(), grid, asked, purpose=WHY)


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.GRID, Role.DUTY, Role.CHIEF, Role.SHELTER})
)
async def test_no_other_role_looks(house: House, role: Role) -> None:
    staff = await hired(house, "somebody", role)
    with pytest.raises(Refused):
        await find(house.office(), staff, Asked(number=id_number(1)), purpose=WHY)
