"""A witness of every query that reaches the database while tests run.

The server itself explains each new shape of query; one that reads a whole collection, sorts in
memory, or asks a collection that nobody has declared, fails the test that sent it.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pymongo import monitoring

OWN = "a test's own"
"""The comment on commands that tests send for themselves: they are not witnessed."""

SYSTEM = {"admin", "config", "local"}
PARTS = {"update": "updates", "delete": "deletes"}
"""Commands that hold several queries, and where."""
QUERIES = {"find", "count", "distinct", "aggregate", "findAndModify", *PARTS}
FRAME = {
    *("lsid", "txnNumber", "writeConcern", "readConcern", "maxTimeMS", "ordered"),
    *("$db", "$clusterTime", "$readPreference"),
}
"""What surrounds a query and plays no part in how it is answered."""
BAD = {"COLLSCAN", "SORT", "EOF"}
"""Stages: reads everything; sorts in memory; there is no such collection."""

Command = dict[str, Any]
Explain = Callable[[Command], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of asking: a command, and its outline without the values."""

    outline: str
    command: Command


class Witness(monitoring.CommandListener):
    """Sees every query; explains each shape once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # the driver calls from its own threads
        self._asked: dict[int, list[Shape]] = {}
        self._seen: set[str] = set()
        self._waiting: list[Shape] = []
        self._explain: Explain | None = None

    def explain_with(self, explain: Explain) -> None:
        """Say who explains."""
        self._explain = explain

    def unserved(self) -> list[str]:
        """Tell the shapes, seen since the last call, that no index serves."""
        if self._explain is None:
            return []
        with self._lock:
            new, self._waiting = self._waiting, []
        told = [(shape, faults(self._explain(shape.command))) for shape in new]
        return [f"{' '.join(sorted(bad))}: {shape.outline}" for shape, bad in told if bad]

    def seen(self) -> set[str]:
        """Tell the outlines of all shapes ever seen."""
        with self._lock:
            return set(self._seen)

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        own = event.command.get("comment") == OWN or event.database_name in SYSTEM
        if not own and event.command_name in QUERIES:
            queries = _queries(event.command_name, event.command)
            with self._lock:
                self._asked[event.request_id] = [Shape(outline(one), one) for one in queries]

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        with self._lock:
            shapes = self._asked.pop(event.request_id, [])
            self._waiting += [one for one in shapes if one.outline not in self._seen]
            self._seen |= {one.outline for one in shapes}

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        with self._lock:
            self._asked.pop(event.request_id, None)


def faults(explained: Mapping[str, Any]) -> set[str]:
    """Name the bad stages in the server's explanation."""
    return BAD & set(_stages(explained))


def outline(command: Mapping[str, Any]) -> str:
    """Write a command with `?` for every value, so that the same question looks the same."""
    name, collection = next(iter(command.items()))
    rest = {key: _without_values(value) for key, value in command.items() if key != name}
    return f"{name} {collection} {json.dumps(rest)}"


def _queries(name: str, command: Mapping[str, Any]) -> Iterator[Command]:
    parts = PARTS.get(name)
    if parts is None:
        yield {key: value for key, value in command.items() if key not in FRAME}
        return
    for one in command[parts]:
        yield {name: command[name], parts: [one]}


def _without_values(part: Any) -> Any:
    match part:
        case Mapping():
            return {key: _without_values(value) for key, value in part.items()}
        case list():
            return sorted({json.dumps(_without_values(one)) for one in part})
        case _:
            return "?"


def _stages(part: Any) -> Iterator[str]:
    match part:
        case Mapping():
            if "stage" in part:
                yield str(part["stage"])
            for key, value in part.items():
                if key != "rejectedPlans":
                    yield from _stages(value)
        case list():
            for one in part:
                yield from _stages(one)
