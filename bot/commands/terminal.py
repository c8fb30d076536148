"""Small things that commands share: read lines, write JSON lines, run asynchronous work."""

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import orjson
import uvloop
from rich.console import Console
from rich.table import Table

UNBOUND = 10_000
"""Columns where there is no terminal: nobody looks at the lines, programs do."""

T = TypeVar("T")


def lines_in() -> Iterator[tuple[int, str]]:
    """Read standard input line by line, numbered from 1; what is not UTF-8 is marked."""
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        yield number, raw.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def write_json(value: dict[str, Any]) -> None:
    """Write one JSON object as a line of standard output, at once."""
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Write one line for people to standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def show_table(table: Table) -> None:
    """Print a table whole: folded in a narrow terminal, and one line a row in a pipe or file."""
    width = None if sys.stdout.isatty() else UNBOUND
    Console(highlight=False, width=width).print(folded(table))


def folded(table: Table) -> Table:
    """Have a table folded where it is too wide: ids, addresses and telephones are typed on."""
    for column in table.columns:
        column.overflow = "fold"
    return table


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run asynchronous work to its end on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
