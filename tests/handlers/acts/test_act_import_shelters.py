"""Shelters from a file: a cell that is wrong is named, and who is overtaken is told the truth."""

from dataclasses import replace

import pytest

from bot.house import House
from bot.workbooks.shelters import read_shelters
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ShelterId
from data.civic.people import Role, Staff
from data.content.shelter_words import shelter_words
from handlers.acts.import_shelters import SheltersImported, import_shelters
from tests.sheltering import shelter
from tests.staffed import hired
from tests.townsfolk import VILLAGE

HEAD = "编号,名称,级别,地区代码,可容纳人数,电话,检查有效期至"
GOOD = (
    f"hall,大礼堂,镇级,{VILLAGE},150,12345,2029-03-31",
    f"school,小学,村级,{VILLAGE},80,12345,2029-03-31",
)
FAR = AreaCode("330110001")


@pytest.fixture
async def chief(house: House) -> Staff:
    return await hired(house, "chief", Role.CHIEF)


async def imported(house: House, staff: Staff, *lines: str) -> SheltersImported:
    words = shelter_words()
    rows = read_shelters("安置点.csv", "\n".join((HEAD, *lines)).encode(), words)
    office = house.office()
    return await import_shelters(office, staff, rows, words, purpose="汛前登记", dry_run=False)


async def test_who_is_overtaken_has_written_a_part_that_is_noted(
    house: House, chief: Staff
) -> None:
    taken = replace(shelter(ShelterId("school")), area=FAR, name="别处的")
    await house.stores.shelters.add(taken)
    with pytest.raises(Conflict):
        await imported(house, chief, *GOOD)
    assert await house.stores.shelters.get("hall") is not None
    assert await house.stores.shelters.get("school") == taken
    entries = await house.stores.audit.of_subject("shelters-2", 5)
    assert [one.deed.act for one in entries] == ["shelter.import"]
    (same,) = (await imported(house, chief, GOOD[0]),)
    assert (same.same, same.written) == (1, True), "sent again, it changes nothing"


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (f"x-1,{'长' * 61},村级,{VILLAGE},80,12345,2029-03-31", "B2"),
        (f"x-1,礼堂,村级,{VILLAGE},80,一二三,2029-03-31", "F2"),
        (f"X 1,礼堂,村级,{VILLAGE},80,12345,2029-03-31", "A2"),
    ],
    ids=["name", "telephone", "id"],
)
async def test_what_is_wrong_is_named_by_its_own_cell(
    house: House, chief: Staff, line: str, where: str
) -> None:
    done = await imported(house, chief, line)
    assert [one.where.split("!")[1] for one in done.mistakes] == [where]
