"""`roster template`, `import` and `list`, as an operator runs them, on a real database."""

import os
from collections.abc import Iterator

import pytest
from pymongo import MongoClient

from data.civic.safety.rows import Column
from data.store.collection import Document
from tests.bot.commands.conftest import Operator
from tests.rosters import TONGER, ZHULUO, cells, csv, id_number

DATABASE = f"bianmin-roster-{os.getpid()}"


class Roster(Operator):
    """Runs `bianmin roster`."""

    first = ("roster",)

    def file(self, *people: dict[Column, str]) -> str:
        path = self.folder / "名册.csv"
        path.write_text(csv(people), "utf-8-sig")
        return str(path)


@pytest.fixture(scope="module")
def operator(
    mongod_uri: str, raw: MongoClient[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Roster]:
    yield Roster(mongod_uri, tmp_path_factory.mktemp("operator"), database=DATABASE)
    raw.drop_database(DATABASE)


@pytest.mark.timeout(400)
def test_a_roster_is_tried_mended_and_imported(operator: Roster) -> None:
    bad = operator.file(cells(1), cells(2, phone="x"))
    told = operator.runs("import", bad, "--purpose", "汛前核对", "--dry-run")
    assert "would import: 1 people added" in told
    assert "名册.csv!C3: no telephone number" in told

    told = operator.runs("import", bad, "--purpose", "汛前核对", code=2)
    assert "1 mistake(s)" in told
    assert "imported" not in told

    told = operator.runs("import", bad, "--purpose", "汛前核对", "--partial")
    assert told.startswith("imported: 1 people added, 0 changed, 0 as they were, in 1 villages; 1")

    good = operator.file(cells(1), cells(2, village=TONGER, phone="13800000000"))
    told = operator.runs("import", good, "--purpose", "汛前核对")
    assert told.startswith("imported: 1 people added, 0 changed, 1 as they were, in 1 villages")

    told = operator.runs("list")
    assert "2 people, 1 without a telephone, 2 without a grid worker" in told
    assert not [one for one in (id_number(1), "样例1", "1380000") if one in told]


def test_a_template_is_written_once(operator: Roster) -> None:
    path = operator.folder / "模板.xlsx"
    assert "wrote" in operator.runs("template", str(path))
    assert "choose another name" in operator.runs("template", str(path), code=1)


def test_a_file_that_is_not_there_is_named(operator: Roster) -> None:
    told = operator.runs("import", "missing.xlsx", "--purpose", "核对", code=2)
    assert "missing.xlsx: cannot be read: No such file" in told


@pytest.mark.timeout(400)
def test_grid_workers_are_tried_and_imported(operator: Roster) -> None:
    path = operator.folder / "网格员.csv"
    path.write_text(f"编号,姓名,电话,地区代码\nw-a,陈一,13800000001,{ZHULUO}\n", "utf-8-sig")
    words = ("workers", str(path), "--purpose", "汛前登记")
    assert "would import: 1 workers added" in operator.runs(*words, "--dry-run")
    assert operator.runs(*words).startswith("imported: 1 workers added, 0 changed")
    assert operator.runs(*words).startswith("imported: 0 workers added, 0 changed, 1 as they were")
    path.write_text("编号,姓名,电话,地区代码\nw-a,陈一,x,330109\n", "utf-8-sig")
    assert "网格员.csv!C2: no telephone" in operator.runs(*words, code=2)
