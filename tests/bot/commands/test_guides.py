"""`guides export` and `guides adopt`, as an operator runs them, on a real database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pymongo import MongoClient

from bot.workbooks.layout import Column
from data.store.collection import Document
from tests.bot.commands.conftest import Operator
from tests.clerks import ADOPT, CORRECT, GUIDE, NOT_OURS, SMALL, WITHDRAW, Clerk

FEE, PLACE, SUMMARY, TIME = (f"{GUIDE}/{name}" for name in ("fee", "place", "summary", "time"))
DATABASE = f"bianmin-guides-{os.getpid()}"


class Guides(Operator):
    """Runs `bianmin guides`."""

    first = ("guides",)

    def exports(self, to: str, *words: str) -> Path:
        self.runs("export", "--by", "department", "--out", str(self.folder / to), *words)
        return self.folder / to / f"{SMALL}.xlsx"

    def adopts(self, clerk: Clerk, *words: str, code: int = 0) -> str:
        file = self.folder / f"{SMALL}.xlsx"
        file.write_bytes(clerk.saved())
        return self.runs("adopt", str(file), "--by", "李强", *words, code=code)


@pytest.fixture(scope="module")
def operator(
    mongod_uri: str, raw: MongoClient[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Guides]:
    yield Guides(mongod_uri, tmp_path_factory.mktemp("operator"), database=DATABASE)
    raw.drop_database(DATABASE)


@pytest.fixture(scope="module")
def sent(operator: Guides) -> Path:
    """The workbook as it was first exported."""
    return operator.exports("out")


@pytest.fixture
def clerk(sent: Path) -> Clerk:
    return Clerk(sent.read_bytes())


def test_a_workbook_goes_out_comes_back_and_goes_out_again(operator: Guides, clerk: Clerk) -> None:
    clerk.say(ADOPT, *clerk.keys)
    clerk.write(FEE, {Column.OPINION: CORRECT, Column.NEW_TEXT: "=不收钱"})
    clerk.sheet[clerk.address(FEE, Column.NEW_TEXT)].data_type = "s"
    clerk.say(WITHDRAW, PLACE)
    clerk.write(TIME, {Column.OPINION: NOT_OURS, Column.NEW_TEXT: "归公安"})

    count = len(clerk.keys) - 1
    told = operator.adopts(clerk)
    words = f"adopted {count} elements of 1 guides for {SMALL} (1 corrected, 1 taken down); release"
    assert told.startswith(words)
    assert "is current" in told
    assert f"not theirs: {TIME} 归公安" in told
    assert "nothing new to adopt" in operator.adopts(clerk)

    again = Clerk(operator.exports("again", "--only", "unread").read_bytes())
    assert again.keys == [SUMMARY, TIME]
    assert "已认领" in str(again.read(SUMMARY, Column.STATUS))


def test_mistakes_are_named_together_and_nothing_is_adopted(
    operator: Guides, clerk: Clerk, raw: MongoClient[Document]
) -> None:
    before = raw[DATABASE]["release_current"].find_one({"_id": "current"})
    clerk.say(ADOPT, SUMMARY)
    clerk.write(FEE, {Column.OPINION: "好"})
    clerk.write(PLACE, {Column.OPINION: ADOPT, Column.DIGEST: "0" * 16})
    told = operator.adopts(clerk, code=2)
    assert "2 mistake(s)" in told
    assert f"{SMALL}.xlsx 核对!{clerk.address(FEE, Column.OPINION)}" in told
    assert f"{PLACE}: its words are not those that were exported" in told
    assert raw[DATABASE]["release_current"].find_one({"_id": "current"}) == before


def test_a_dry_run_changes_nothing(
    operator: Guides, clerk: Clerk, raw: MongoClient[Document]
) -> None:
    before = raw[DATABASE]["release_current"].find_one({"_id": "current"})
    clerk.say(ADOPT, SUMMARY)
    told = operator.adopts(clerk, "--dry-run")
    assert told.startswith(f"would adopt 1 elements of 1 guides for {SMALL}; nothing was changed")
    assert raw[DATABASE]["release_current"].find_one({"_id": "current"}) == before


def test_files_that_are_no_workbooks_are_named_together(operator: Guides) -> None:
    wrong = operator.folder / "民政.csv"
    wrong.write_text("编号,意见\n", "utf-8-sig")
    missing = operator.folder / "missing.xlsx"
    told = operator.runs("adopt", str(wrong), str(missing), "--by", "李强", code=2)
    assert "民政.csv: no .xlsx file" in told
    assert "missing.xlsx: cannot be read: No such file" in told


def test_a_workbook_that_stands_there_is_not_overwritten(operator: Guides, sent: Path) -> None:
    before = sent.read_bytes()
    told = operator.runs("export", "--out", str(sent.parent), code=1)
    assert "already, perhaps filled in" in told
    assert sent.read_bytes() == before
