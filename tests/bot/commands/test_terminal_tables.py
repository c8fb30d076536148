"""Tables of commands: nothing that somebody has to type on is cut."""

import io

import pytest
from rich.console import Console
from rich.table import Table

from bot.commands.terminal import folded, show_table

SIGNAL = "county-weather/33010941600000_20261121000001"
ADDRESS = "临浦镇苎萝村东山脚自然村" * 12 + "36号"


def test_in_a_pipe_a_row_is_one_whole_line(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("signal", "address")
    table.add_row(SIGNAL, ADDRESS)
    show_table(table)
    row = next(line for line in capsys.readouterr().out.splitlines() if SIGNAL in line)
    assert ADDRESS in row


def test_in_a_narrow_terminal_it_is_folded_and_nothing_is_lost() -> None:
    table = Table("telephone")
    table.add_row("13800000000" * 6)
    printed = io.StringIO()
    Console(file=printed, width=40).print(folded(table))
    assert "…" not in printed.getvalue()
    assert sum(one.isdigit() for one in printed.getvalue()) == 66
