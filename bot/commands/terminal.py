"""Small things that commands share: read lines, write JSON lines, run asynchronous work."""

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import orjson
import uvloop

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


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run asynchronous work to its end on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
