"""What happens in a drill from outside: recorded one a line, and played again from the lines.

A telephone that answers, a key, a press, a knock that is answered, a message of the observatory,
a signature: the same happenings at the same times bring the same counts.
"""

import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.civic.errors import Mistake, Mistakes

FILE = "happenings.jsonl"
STORY, RECEIPT, PRESS, DOOR, DEAD = "story", "receipt", "press", "door", "dead"
KINDS = frozenset({STORY, RECEIPT, PRESS, DOOR, DEAD})
Told = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happens."""

    at: int
    """Seconds after the start."""
    kind: str
    told: Told = field(repr=False)
    """What belongs to it: a reference, a person, an answer."""

    def text(self, name: str) -> str:
        """Tell a part of it as text."""
        return str(self.told.get(name, ""))

    def number(self, name: str) -> int:
        """Tell a part of it as a number."""
        return int(self.told[name])

    def line(self) -> str:
        """Write it as one line."""
        said = {"at": self.at, "kind": self.kind, **self.told}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)


class Agenda:
    """What is still to happen, by time; those of one moment in the order they were put there."""

    def __init__(self, happenings: Iterable[Happening] = ()) -> None:
        self._waiting: list[tuple[int, int, Happening]] = []
        self._put = 0
        for one in happenings:
            self.put(one)

    def __len__(self) -> int:
        """Tell how much is still to happen."""
        return len(self._waiting)

    def put(self, one: Happening) -> None:
        """Have something happen."""
        heapq.heappush(self._waiting, (one.at, self._put, one))
        self._put += 1

    def due(self, at: int) -> list[Happening]:
        """Take what has happened by now, in its order."""
        found = []
        while self._waiting and self._waiting[0][0] <= at:
            found.append(heapq.heappop(self._waiting)[2])
        return found


def digest_of(lines: Iterable[str]) -> str:
    """Digest lines: 16 hex digits."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()[:16]


def read(file: Path) -> list[Happening]:
    """Read what was recorded.

    Raises:
        Mistakes: the file is not there, or a line is none of a record.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise Mistakes((Mistake(where=str(file), what=f"cannot be read ({error})"),)) from error
    return list(_happenings(file, lines))


def _happenings(file: Path, lines: Iterable[str]) -> Iterator[Happening]:
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            at, kind = int(said.pop("at")), _known(said.pop("kind"))
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            where = f"{file}:{number}"
            what = f"is no line of a record ({error}): record the drill again"
            raise Mistakes((Mistake(where=where, what=what),)) from error
        yield Happening(at=at, kind=kind, told=said)


def _known(kind: object) -> str:
    if kind not in KINDS:
        raise ValueError(f"no happening {kind!r}")
    return str(kind)
