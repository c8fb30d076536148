"""Finding a mongod that runs here."""

from pathlib import Path

import pytest

from data.civic.errors import Mistakes
from data.store.mongod.program import WHEEL, find

WAYS = ("BIANMIN_MONGODB_URI", "BIANMIN_MONGOD", WHEEL)


def script(path: Path, words: str) -> Path:
    path.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_named_program_is_taken_with_its_version(tmp_path: Path) -> None:
    program = find(script(tmp_path / "mongod", "echo db version v8.0.17"))
    assert (program.path, str(program.version)) == (tmp_path / "mongod", "8.0.17")


@pytest.mark.parametrize(
    "words",
    ["echo libcurl.so.4: cannot open shared object file >&2; exit 127", "echo hello", "exit 1"],
    ids=["a library is missing", "something else", "it fails"],
)
def test_a_named_program_that_does_not_run_is_refused_with_all_ways(
    tmp_path: Path, words: str
) -> None:
    with pytest.raises(Mistakes) as refused:
        find(script(tmp_path / "mongod", words))
    assert all(way in str(refused.value) for way in WAYS)


def test_a_named_program_that_is_not_there_is_never_passed_over(tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match="does not run"):
        find(tmp_path / "nothing")


def test_where_none_is_named_one_is_found() -> None:
    assert find(None).path.name == "mongod"
