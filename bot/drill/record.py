"""Keep what happened in a drill, so that it can be played again elsewhere, without a network."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.drill.happenings import FILE, Happening, digest_of, read
from bot.drill.plan import Plan
from data.civic.errors import BadInput, Mistake, Mistakes

PLAN = "plan.json"
_KEPT = ("people", "seed", "workers", "response_at", "order_at", "lasts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A drill that can be played again."""

    plan: Plan
    happenings: Sequence[Happening]
    counts: str
    """The digest of the counts to which they had led."""


def keep(folder: Path, record: Record) -> str:
    """Write a record into a folder; tell the digest of what happened.

    Raises:
        BadInput: the folder cannot be written.
    """
    lines = [one.line() for one in record.happenings]
    told = {name: getattr(record.plan, name) for name in _KEPT}
    told |= {"happenings": digest_of(lines), "counts": record.counts}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        (folder / PLAN).write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written ({error}): name another") from error
    return str(told["happenings"])


def open_record(folder: Path, *, speed: float = 0) -> Record:
    """Read a record back.

    Raises:
        Mistakes: a file is missing, broken, or has been changed since.
    """
    file = folder / PLAN
    try:
        told = json.loads(file.read_text("utf-8"))
        plan = Plan(speed=speed, **{name: int(told[name]) for name in _KEPT})
        wanted, counts = str(told["happenings"]), str(told["counts"])
    except (OSError, ValueError, KeyError, TypeError, BadInput) as error:
        what = f"is no plan of a drill ({error}): record one with bianmin drill --record"
        raise Mistakes((Mistake(where=str(file), what=what),)) from error
    happenings = read(folder / FILE)
    if digest_of(one.line() for one in happenings) != wanted:
        what = "is not what was recorded: lines are missing or changed; record the drill again"
        raise Mistakes((Mistake(where=str(folder / FILE), what=what),))
    return Record(plan=plan, happenings=happenings, counts=counts)
