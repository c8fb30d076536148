"""`codes keys`, `codes export` and `codes verify`, as an operator runs them."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pymongo import MongoClient

from bot.codewire import KitOut
from data.civic.safety.codes import LENGTH, Code, CodeKind, pack
from data.store.collection import Document
from tests import builders
from tests.bot.commands.conftest import Operator

DATABASE = f"bianmin-codes-{os.getpid()}"
SEAL = builders.seal()
SALT = "salt"


@pytest.fixture(scope="module")
def operator(
    mongod_uri: str, raw: MongoClient[Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Operator]:
    yield Operator(mongod_uri, tmp_path_factory.mktemp("operator"), database=DATABASE)
    raw.drop_database(DATABASE)


@pytest.fixture
def unplugged(tmp_path: Path) -> Operator:
    """No database answers at this address, and no house key stands there."""
    return Operator(
        "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=1", tmp_path, database=DATABASE
    )


def kit_file(folder: Path, *, age: timedelta, revoked: tuple[int, ...] = ()) -> str:
    public = SEAL.code_key(SALT)
    whole = {
        "at": (builders.now() - age).isoformat(),
        "keys": [{"id": 7, "public": public.hex(), "made_at": (builders.now() - age).isoformat()}],
        "version": len(revoked),
        "revoked": [f"{one:016x}" for one in revoked],
    }
    file = folder / "kit.json"
    file.write_text(json.dumps(whole))
    return str(file)


def code(handle: int, kind: CodeKind, lasts: timedelta, *, key: int = 7) -> str:
    issued = builders.now().replace(microsecond=0) - timedelta(seconds=61)
    whole = Code(key=key, handle=handle, kind=kind, issued=issued, expires=issued + lasts)
    return pack(whole, lambda packed: SEAL.sign_code(packed, salt=SALT))


def test_codes_are_judged_line_by_line_without_database_and_key(unplugged: Operator) -> None:
    year, minute = timedelta(days=365), timedelta(minutes=1)
    kit = kit_file(unplugged.folder, age=timedelta(days=3), revoked=(2,))
    lines = [
        code(1, CodeKind.SHEET, year),
        code(2, CodeKind.PENDANT, year),
        code(3, CodeKind.SCREEN, minute),
        code(4, CodeKind.SHEET, year, key=8),
        code(5, CodeKind.SHEET, year)[:-3] + "000",
        "",
        "nonsense",
        "x" * LENGTH,
    ]
    told = unplugged.runs("codes", "verify", "--kit", kit, given="\n".join(lines) + "\n")
    found = [json.loads(line) for line in told.splitlines()]
    assert [one["standing"] for one in found] == [
        "valid",
        "revoked",
        "freshness_unknown",
        "unknown_key",
        "forged",
        "unreadable",
        "unreadable",
    ]
    assert found[0]["handle"] == f"{1:016x}"
    assert found[0]["keys_age_s"] // 86400 == 3
    assert (found[3]["handle"], found[5]["why"]) == (None, "foreign")
    assert not (unplugged.folder / "house.key").exists()


@pytest.mark.parametrize("at", ["yesterday", "2026-11-22T03:12:00"])
def test_a_moment_that_is_none_is_said_so(unplugged: Operator, at: str) -> None:
    kit = kit_file(unplugged.folder, age=timedelta())
    assert "+08:00" in unplugged.runs("codes", "verify", "--kit", kit, "--at", at, code=1)


def test_a_kit_that_cannot_be_read_is_said_so(unplugged: Operator) -> None:
    assert "codes export" in unplugged.runs("codes", "verify", "--kit", "none.json", code=2)
    broken = unplugged.folder / "broken.json"
    broken.write_text('{"at": "x"}')
    assert "keys" in unplugged.runs("codes", "verify", "--kit", str(broken), code=2)


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        pytest.param("public", "no key", "keys.0.public", id="a key that is no hex"),
        pytest.param("revoked", ["no handle"], "revoked.0", id="a handle that is no hex"),
    ],
)
def test_a_kit_that_holds_no_hex_is_refused_with_its_place(
    unplugged: Operator, right: str, wrong: object, place: str
) -> None:
    file = Path(kit_file(unplugged.folder, age=timedelta()))
    whole = json.loads(file.read_text())
    (whole["keys"][0] if right == "public" else whole)[right] = wrong
    file.write_text(json.dumps(whole))
    told = unplugged.runs("codes", "verify", "--kit", str(file), code=2)
    assert place in told
    assert "Traceback" not in told


@pytest.mark.timeout(300)
def test_keys_are_listed_rotated_and_exported(operator: Operator) -> None:
    first = operator.runs("codes", "keys", "list")
    rotated = operator.runs("codes", "keys", "rotate")
    assert "signs from now on" in rotated
    both = operator.runs("codes", "keys", "list")
    assert (first.count("yes"), both.count("still counts")) == (1, 1)
    file = operator.folder / "kit.json"
    operator.runs("codes", "export", str(file))
    kit = KitOut.model_validate_json(file.read_bytes())
    assert [f"{one.id:04x}" in both for one in kit.keys] == [True, True]
    assert kit.revoked == []
