"""What rows come to: adopted, corrected, taken down, not theirs, or wrong by their cell."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from bot.workbooks.judging import Judged, Returner, judged
from bot.workbooks.layout import Column
from bot.workbooks.opening import rows_in
from data.civic.errors import Mistake, Mistakes
from data.civic.ids import GuideId
from data.civic.knowing.adopted_areas import AreaAdoption
from data.civic.knowing.adoptions import Adoption
from data.civic.knowing.guides import ElementName, Material, Words
from data.civic.knowing.releases import Release
from data.content.adopting import with_adoptions
from data.content.files import manifest_of
from data.content.reader import read
from tests.clerks import ADOPT, CORRECT, GUIDE, NOT_OURS, WITHDRAW, WORDS, Clerk, exported

TODAY = date(2026, 12, 1)
FEE, MATERIALS, SUMMARY = (f"{GUIDE}/{name}" for name in ("fee", "materials", "summary"))
VILLAGE = "area=330109105201"


@pytest.fixture
def clerk(release: Release) -> Clerk:
    return Clerk(exported(release))


def handed_in(release: Release, *clerks: Clerk) -> Judged:
    rows = [row for one in clerks for row in rows_in("a.xlsx", one.saved(), WORDS)]
    return judged(rows, release, WORDS, Returner(name="李强", today=TODAY))


def refused(release: Release, *clerks: Clerk) -> tuple[Mistake, ...]:
    with pytest.raises(Mistakes) as error:
        handed_in(release, *clerks)
    return error.value.mistakes


def only(found: Judged) -> Adoption:
    (one,) = (one for one in found.adoptions.elements if one.spot.element is not None)
    return one


def test_a_workbook_without_opinions_says_nothing(release: Release, clerk: Clerk) -> None:
    found = handed_in(release, clerk)
    assert not found.adoptions.elements
    assert found.left == len(clerk.keys)


def test_everything_may_be_adopted(release: Release, clerk: Clerk) -> None:
    clerk.say(ADOPT, *clerk.keys)
    found = handed_in(release, clerk)
    assert [str(one) for one in found.adoptions.elements] == clerk.keys
    assert {(one.by, one.on) for one in found.adoptions.elements} == {("李强", TODAY)}


@pytest.mark.parametrize(
    "day", ["2026-11-21", "2026/11/21", "2026年11月21日", date(2026, 11, 21)], ids=str
)
def test_a_row_names_who_read_it_and_when(release: Release, clerk: Clerk, day: object) -> None:
    clerk.write(FEE, {Column.OPINION: ADOPT, Column.BY: " 王 芳 ", Column.ON: day})
    one = only(handed_in(release, clerk))
    assert (one.by, one.on) == ("王 芳", date(2026, 11, 21))


def test_what_is_left_empty_in_a_correction_stays(release: Release, clerk: Clerk) -> None:
    before = release.guides[GuideId(GUIDE)].elements[ElementName.MATERIALS]
    clerk.write(MATERIALS, {Column.OPINION: CORRECT, Column.NEW_PLAIN: "带身份证。"})
    clerk.say(ADOPT, SUMMARY)
    found = only(handed_in(release, clerk)).correction
    assert found == Words(text=before.text, plain="带身份证。", items=before.items)


def test_materials_are_corrected_a_line_each(release: Release, clerk: Clerk) -> None:
    cells = {
        Column.OPINION: CORRECT,
        Column.NEW_TEXT: "无",
        Column.NEW_MATERIALS: "身份证 | 原件1份 || 电子身份证\n\n户口簿｜复印件",
    }
    clerk.write(MATERIALS, cells)
    clerk.say(ADOPT, SUMMARY)
    found = only(handed_in(release, clerk)).correction
    assert found is not None
    assert (found.text, found.plain) == ("", "身份证、户口簿")
    assert found.items == (
        Material(name="身份证", form="原件1份", electronic="电子身份证"),
        Material(name="户口簿", form="复印件"),
    )


def test_an_element_may_be_taken_down(release: Release, clerk: Clerk) -> None:
    clerk.say(WITHDRAW, FEE)
    clerk.say(ADOPT, SUMMARY)
    assert only(handed_in(release, clerk)).correction == Words()


def test_what_is_not_theirs_is_named_and_not_adopted(release: Release, clerk: Clerk) -> None:
    clerk.write(FEE, {Column.OPINION: NOT_OURS, Column.NEW_TEXT: "归公安"})
    found = handed_in(release, clerk)
    assert found.not_theirs == (f"{FEE} 归公安",)
    assert not found.adoptions.elements


def test_areas_are_adopted_by_the_bureau_of_names(release: Release) -> None:
    clerk = Clerk(exported(release, release.places.department))
    clerk.write(VILLAGE, {Column.OPINION: CORRECT, Column.NEW_TEXT: "苎萝村"})
    (one,) = handed_in(release, clerk).adoptions.areas
    assert isinstance(one, AreaAdoption)
    assert (one.code, one.name, one.department) == ("330109105201", "苎萝村", "民政")


def test_who_corrects_an_element_is_asked_for_the_summary(release: Release, clerk: Clerk) -> None:
    clerk.write(FEE, {Column.OPINION: CORRECT, Column.NEW_TEXT: "不收钱。"})
    (mistake,) = refused(release, clerk)
    assert mistake.where.endswith(clerk.address(FEE, Column.OPINION))
    assert SUMMARY in mistake.what


WRONG: Mapping[str, tuple[str, Mapping[Column, object], Column]] = {
    "opinion": (FEE, {Column.OPINION: "同意"}, Column.OPINION),
    "correction without opinion": (FEE, {Column.NEW_TEXT: "不收钱。"}, Column.OPINION),
    "adopted and corrected": (
        FEE,
        {Column.OPINION: ADOPT, Column.NEW_PLAIN: "不收钱。"},
        Column.NEW_PLAIN,
    ),
    "nothing corrected": (FEE, {Column.OPINION: CORRECT}, Column.NEW_TEXT),
    "nothing left": (
        FEE,
        {Column.OPINION: CORRECT, Column.NEW_TEXT: "无"},
        Column.NEW_TEXT,
    ),
    "too long": (
        FEE,
        {Column.OPINION: CORRECT, Column.NEW_TEXT: "长" * 121},
        Column.NEW_PLAIN,
    ),
    "materials": (
        MATERIALS,
        {Column.OPINION: CORRECT, Column.NEW_MATERIALS: "a|b|c|d|e"},
        Column.NEW_MATERIALS,
    ),
    "summary with materials": (
        SUMMARY,
        {Column.OPINION: CORRECT, Column.NEW_MATERIALS: "身份证"},
        Column.NEW_MATERIALS,
    ),
    "no summary": (SUMMARY, {Column.OPINION: WITHDRAW}, Column.OPINION),
    "day to come": (
        FEE,
        {Column.OPINION: ADOPT, Column.ON: TODAY + timedelta(days=1)},
        Column.ON,
    ),
    "no day": (FEE, {Column.OPINION: ADOPT, Column.ON: "2026-02-30"}, Column.ON),
    "a number for a day": (FEE, {Column.OPINION: ADOPT, Column.ON: 46347}, Column.ON),
    "name": (FEE, {Column.OPINION: ADOPT, Column.BY: "王" * 41}, Column.BY),
    "digest": (FEE, {Column.OPINION: ADOPT, Column.DIGEST: "0" * 16}, Column.DIGEST),
    "no digest": (FEE, {Column.OPINION: ADOPT, Column.DIGEST: None}, Column.DIGEST),
}


@pytest.mark.parametrize(("key", "cells", "at"), WRONG.values(), ids=WRONG)
def test_a_wrong_row_is_named_by_its_cell(
    release: Release, clerk: Clerk, key: str, cells: Mapping[Column, object], at: Column
) -> None:
    clerk.write(key, cells)
    address = clerk.address(key, at)
    assert f"a.xlsx 核对!{address}" in [one.where for one in refused(release, clerk)]


@pytest.mark.parametrize("key", ["no_such_guide/fee", f"{GUIDE}/no_element", "330109105201"])
def test_a_row_of_something_unknown_is_named(release: Release, clerk: Clerk, key: str) -> None:
    address = clerk.address(FEE, Column.KEY)
    clerk.write(FEE, {Column.OPINION: ADOPT, Column.KEY: key})
    (mistake,) = refused(release, clerk)
    assert mistake.where == f"a.xlsx 核对!{address}"
    assert key in mistake.what


def test_the_same_row_in_two_workbooks_is_named(release: Release, clerk: Clerk) -> None:
    clerk.say(ADOPT, FEE)
    (mistake,) = refused(release, clerk, clerk)
    assert f"{FEE} stands in a.xlsx 核对!A" in mistake.what


def test_all_wrong_rows_are_named_together(release: Release, clerk: Clerk) -> None:
    clerk.say("好", FEE, MATERIALS)
    clerk.write(SUMMARY, {Column.OPINION: ADOPT, Column.DIGEST: "x"})
    assert len(refused(release, clerk)) == 3


def test_a_correction_that_stands_already_is_no_mistake(
    files: Mapping[str, bytes], release: Release, clerk: Clerk
) -> None:
    clerk.write(FEE, {Column.OPINION: CORRECT, Column.NEW_TEXT: "不收钱。"})
    clerk.say(ADOPT, SUMMARY)
    now = with_adoptions(files, handed_in(release, clerk).adoptions, ())
    again = handed_in(read(now, manifest=manifest_of(now)), clerk)
    assert (again.settled, [str(one) for one in again.adoptions.elements]) == (1, [SUMMARY])
