"""Importing a roster: dry, whole, partial; who is known again; who may; what is noted."""

from dataclasses import replace

import pytest

from bot.house import House
from data.civic.errors import BadInput, Refused
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.risks import RiskTag
from data.civic.safety.identity import id_hash
from data.civic.safety.rosters import Mobility, Person
from data.civic.safety.rows import Row
from data.civic.safety.targets import Reach, Target
from handlers.acts.purge_rosters import purge_due
from handlers.acts.rosters import Imported, Wish, import_roster
from tests.rosters import LOUYING, TONGER, WORDS, ZHULUO, id_number, row
from tests.staffed import COUNTY, LINPU, hired

WISH = Wish(purpose="汛前核对")


@pytest.fixture
async def admin(house: House) -> Staff:
    return await hired(house, "admin", Role.ADMIN)


async def imported(
    house: House, staff: Staff, *rows: Row, wish: Wish = WISH, clean: bool = True
) -> Imported:
    done = await import_roster(house.office(), staff, rows, wish, words=WORDS)
    assert not (clean and done.mistakes), done.mistakes
    return done


async def person(house: House, number: int = 1) -> Person:
    found = await house.stores.residents.by_id_hashes(
        [id_hash(house.office().seal, id_number(number))]
    )
    assert len(found) == 1
    return found[0]


async def counters(house: House) -> Reach:
    return Reach.of(await house.stores.villages.covered(Target(areas=(COUNTY,))))


async def test_people_are_entered_and_counted(house: House, admin: Staff) -> None:
    done = await imported(
        house, admin, row(1, phone="13800000000"), row(2, village=TONGER, risks="独居")
    )
    assert (done.added, done.changed, done.same, done.written) == (2, 0, 0, True)
    assert done.villages == (ZHULUO, TONGER)
    reach = await counters(house)
    assert (reach.people, reach.without_phone, reach.without_worker) == (2, 1, 2)
    one = await person(house)
    assert (one.name, one.phone, one.born_year, one.id_last4) == (
        "样例1",
        "13800000000",
        1946,
        id_number(1)[-4:],
    )
    assert one.notice_version
    assert one.purge_on > one.checked_on


async def test_the_same_file_again_changes_nothing(house: House, admin: Staff) -> None:
    rows = (row(1, phone="13800000000", household="12"), row(2, id_number="", household="12"))
    await imported(house, admin, *rows)
    before = await person(house)
    done = await imported(house, admin, *rows)
    assert (done.added, done.changed, done.same) == (0, 0, 2)
    assert await person(house) == before


async def test_what_is_filled_in_counts_and_what_is_empty_stays(house: House, admin: Staff) -> None:
    await imported(house, admin, row(1, phone="13800000000", risks="独居、低洼", mobility="轮椅"))
    done = await imported(house, admin, row(1, name="样例改名", risks="危房", village=TONGER))
    assert (done.changed, done.villages) == (1, (ZHULUO, TONGER))
    one = await person(house)
    assert (one.name, one.phone, one.mobility) == ("样例改名", "13800000000", Mobility.WHEELCHAIR)
    assert (one.tags, one.village) == ({RiskTag.DANGEROUS_HOUSE}, TONGER)
    assert [row.village for row in (await counters(house)).by_village] == [TONGER]


async def test_a_person_is_known_by_telephone_and_name_then_by_the_door(
    house: House, admin: Staff
) -> None:
    await imported(
        house,
        admin,
        row(1, id_number="", phone="13800000000"),
        row(2, id_number="", household="12"),
    )
    done = await imported(
        house,
        admin,
        row(1, phone="13800000000"),  # now with an ID number
        row(2, id_number="", household="12", phone="13900000000"),
        row(3, phone="13800000000"),  # another name at the same telephone
    )
    assert (done.added, done.changed) == (1, 2)
    assert (await person(house)).name == "样例1"


async def test_people_of_one_name_and_door_with_two_id_numbers_are_two(
    house: House, admin: Staff
) -> None:
    await imported(house, admin, row(1, name="样例同名", household="12"))
    done = await imported(house, admin, row(2, name="样例同名", household="12"))
    assert (done.added, done.changed) == (1, 0)
    assert (await person(house, 1)).household == (await person(house, 2)).household


async def test_a_dry_run_tells_and_changes_nothing(house: House, admin: Staff) -> None:
    done = await imported(house, admin, row(1), row(2), wish=replace(WISH, dry_run=True))
    assert (done.added, done.written) == (2, False)
    assert (await counters(house)).people == 0
    assert [one async for one in house.stores.audit.entries()][-1].deed.act != "roster.import"


async def test_one_wrong_row_and_nothing_is_written(house: House, admin: Staff) -> None:
    rows = (row(1), row(2, phone="x"), row(3))
    done = await imported(house, admin, *rows, clean=False)
    assert [one.where for one in done.mistakes] == ["名册!C3"]
    assert (done.written, (await counters(house)).people) == (False, 0)
    assert await house.stores.households.by_keys(["x"]) == []


async def test_partial_takes_the_rows_that_are_right(house: House, admin: Staff) -> None:
    rows = (row(1), row(2, phone="x"), row(3))
    wish = replace(WISH, partial=True)
    done = await imported(house, admin, *rows, wish=wish, clean=False)
    assert (done.added, len(done.mistakes), done.written) == (2, 1, True)
    assert (await counters(house)).people == 2


async def test_who_stands_twice_in_a_file_is_named_with_the_first_place(
    house: House, admin: Staff
) -> None:
    await imported(house, admin, row(4, phone="13700000000"))
    done = await imported(
        house,
        admin,
        row(1),
        row(1, line=9),
        row(2, id_number="", phone="13800000000"),
        row(2, line=10, id_number="", phone="13800000000"),
        row(4),
        row(4, line=11, id_number="", phone="13700000000"),
        row(5, phone="13600000000"),
        row(5, line=12, id_number="", phone="13600000000"),
        clean=False,
    )
    assert [(one.where, one.what) for one in done.mistakes] == [
        ("名册!A9", "the same person as in 名册!A2"),
        ("名册!A10", "the same person as in 名册!A3"),
        ("名册!A11", "the same person as in 名册!A5"),
        ("名册!A12", "the same person as in 名册!A6"),
    ]


async def test_nobody_imports_for_another_area(house: House, admin: Staff) -> None:
    await imported(house, admin, row(1, village=LOUYING))
    grid = await hired(house, "grid", Role.GRID, area=LINPU)
    done = await imported(house, grid, row(2), row(3, village=LOUYING), row(1), clean=False)
    assert [one.where for one in done.mistakes] == ["名册!D4", "名册!A2"]
    assert "another area" in done.mistakes[1].what
    assert not done.written


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN, Role.CHIEF, Role.GRID}))
async def test_no_other_role_imports(house: House, role: Role) -> None:
    staff = await hired(house, "somebody", role)
    with pytest.raises(Refused):
        await imported(house, staff, row(1))


async def test_a_purpose_is_needed_and_noted_with_counts(house: House, admin: Staff) -> None:
    with pytest.raises(BadInput, match="purpose"):
        await imported(house, admin, row(1), wish=Wish(purpose="  "))
    await imported(house, admin, row(1), row(2), wish=Wish(purpose="核对 13800000000"))
    (entry,) = await house.stores.audit.of_subject(f"area-{COUNTY}", 5)
    assert (entry.deed.act, entry.deed.actor) == ("roster.import", admin.id)
    assert entry.deed.purpose == "核对 138****0000 (added 2, changed 0, same 0)"


async def test_progress_runs_from_nothing_to_all(house: House, admin: Staff) -> None:
    told: list[float] = []
    rows = [row(number) for number in range(1, 30)]
    await import_roster(house.office(), admin, rows, WISH, words=WORDS, tell=told.append)
    assert told == sorted(told)
    assert (told[0] > 0, told[-1]) == (True, 1.0)


async def test_whose_day_has_come_is_deleted_counted_and_noted(house: House, admin: Staff) -> None:
    await imported(house, admin, row(1, household="1"), row(2, household="2"))
    one = await person(house)
    late = replace(one, purge_on=house.clock.now().date(), version=one.version + 1)
    await house.stores.residents.save_all([late])
    assert await purge_due(house.office()) == 1
    assert await purge_due(house.office()) == 0
    assert (await counters(house)).people == 1
    assert await house.stores.households.get(one.household) is None
    (entry,) = await house.stores.audit.of_subject(f"area-{AreaCode(ZHULUO)}", 5)
    assert (entry.deed.act, entry.deed.purpose) == ("roster.purge", "1 people")


async def test_nobody_turns_any_colour_by_being_on_a_list(house: House, admin: Staff) -> None:
    await imported(house, admin, row(1, risks="危房"))
    names = await house.stores.database.collections()
    assert not [one for one in names if "colo" in one]
