"""The command line, as a program: its output, its words, its exit codes."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from bot.commands.ear import read_rows
from bot.first_release import Shipped
from data.civic.errors import BadInput
from tests.conftest import DATABASE
from tests.faults.processes import ROOT, environment

UNDERSTOOD = {
    *("text", "intent", "aspect", "confidence", "runner_up", "sure", "danger", "slots", "next"),
}


async def bianmin(
    *words: str, home: Path, told: str = "", **settings: object
) -> tuple[int, str, str]:
    """Run a command to its end; tell its exit code, its output and its errors."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=ROOT,
        env=environment(home, settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate(told.encode("utf-8", "surrogateescape"))
    return process.returncode or 0, out.decode(), err.decode()


async def test_understand_writes_a_json_object_a_line(tmp_path: Path, shipped: Shipped) -> None:
    texts = [
        "护照在临浦多少钱",
        "",
        "水进来了我妈被困",
        "编号33010920261100001，13800138000",
        "\x00",
    ]
    code, out, err = await bianmin("understand", home=tmp_path, told="\n".join(texts))
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0, err
    assert all(line.startswith("training ") for line in err.splitlines()), err
    assert [set(line) for line in lines] == [UNDERSTOOD] * len(texts)
    assert [line["text"] for line in lines] == texts
    assert lines[0]["slots"]["place"] == "临浦镇"
    assert (lines[2]["danger"], lines[2]["next"]) == (True, "danger")
    assert lines[3]["slots"]["phone"] == "13800138000"
    assert all(
        line["next"] in ("answer", "clarify", "search", "refuse", "danger") for line in lines
    )


async def test_evaluate_tells_its_five_numbers(tmp_path: Path, shipped: Shipped) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text("护照怎么办\tpassport\n你好\tgreeting\t2\n\n今天股票怎么样\tother\n", "utf-8")
    code, out, _ = await bianmin("evaluate", str(file), "--json", home=tmp_path)
    told = json.loads(out)
    assert code == 0
    assert list(told) == ["accuracy", "top3", "macro_f1", "answered", "wrong_answered"]
    assert all(0 <= value <= 1 for value in told.values())


@pytest.mark.parametrize(
    ("text", "said"),
    [("护照怎么办\n", r"rows.tsv:1"), ("", r"rows.tsv"), ("护照\tpassport\tmany\n", r"rows.tsv:1")],
)
def test_a_file_that_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=said):
        read_rows(file)


async def test_converse_walks_line_by_line_and_shows_how_one_is_written(
    tmp_path: Path, shipped: Shipped, mongod_uri: str
) -> None:
    told = [
        {"conversation": "c1", "text": "老人高龄补贴在临浦怎么办"},
        {"conversation": "c2", "text": "多久？"},
        {"conversation": "c1", "text": "多久？"},
        {"conversation": "c1", "text": "我要补贴", "channel": "terminal"},
    ]
    code, out, _ = await bianmin(
        "converse",
        home=tmp_path,
        told="\n".join(json.dumps(one) for one in told),
        mongodb_uri=mongod_uri,
        database=f"{DATABASE}-serve",
    )
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [line["conversation"] for line in lines] == ["c1", "c2", "c1", "c1"]
    assert [list(line)[:4] for line in lines] == [
        ["conversation", "intent", "aspect", "outcome"]
    ] * 4
    assert (lines[2]["intent"], lines[2]["aspect"]) == ("elderly_allowance", "duration")
    assert lines[1]["intent"] != "elderly_allowance"
    assert {part["kind"] for line in lines for part in line["parts"]} == {"say", "choices"}
    code, _, err = await bianmin(
        "converse",
        home=tmp_path,
        told="走不动",
        mongodb_uri=mongod_uri,
        database=f"{DATABASE}-serve",
    )
    assert code == 1
    assert "line 1" in err
    assert '{"conversation": "c1", "text": ' in err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(("dance",), 2, "dance", id="no such command"),
        pytest.param(("evaluate", "nothing.tsv"), 1, "nothing.tsv", id="no such file"),
    ],
)
async def test_what_is_wrong_is_said_with_an_exit_code(
    tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    got, _, err = await bianmin(*words, home=tmp_path)
    assert got == code
    assert said in err
    assert "Traceback" not in err


async def test_all_wrong_settings_are_told_at_once(tmp_path: Path) -> None:
    code, _, err = await bianmin("serve", home=tmp_path, port="x", env="test")
    assert code == 2
    assert "2 mistake(s)" in err
    assert "BIANMIN_PORT" in err
    assert "BIANMIN_ENV" in err
