"""Progress without a terminal: lines now and then, and none after the end."""

import pytest

from bot.progress import bar
from tests.waiting import until


async def test_without_a_terminal_a_line_is_written_now_and_then(
    capfd: pytest.CaptureFixture[str],
) -> None:
    said = ""

    async def told() -> bool:
        nonlocal said
        said += capfd.readouterr().err
        return said.count("50%") > 1

    with bar("at it", every_s=0.01) as move:
        move(0.5)
        await until(told)
    assert "at it 50%" in said
    capfd.readouterr()
    assert capfd.readouterr().err == "", "the work is over"


async def test_what_is_done_soon_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with bar("at it") as move:
        move(1.0)
    assert capfd.readouterr().err == ""
