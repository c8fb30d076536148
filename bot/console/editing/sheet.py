"""One form of an editor: a part of one file, shown, sent back, checked, and put in its place."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from bot.console.editing.bench import Bench
from data.civic.errors import BadInput, Conflict
from data.civic.knowing.drafts import EditedMeanwhile
from data.civic.people import Staff
from data.content.faults import Fault, faults
from data.content.forms.form import Filled, Form, Sort, filled, row_count, table_of, unreadable
from data.content.writing import Table, toml_of
from handlers.acts import drafts

SEEN = "seen"
"""The hidden field with the digest of the part that was shown."""
SPARE_ROWS = 3
"""Empty rows at the end of a list in a form."""
TRIES = 3
_SHOWN = re.compile(r"(?:[0-9a-f]{16})?", re.ASCII)

Check = Callable[[Table], Awaitable[Sequence[Fault]]]


async def nothing_more(_: Table) -> Sequence[Fault]:
    """Find no further fault."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one form edits."""

    path: str
    form: Form
    shape: type[BaseModel]
    take: Callable[[Table], Table | None] = lambda whole: whole or None
    """Find the part in the file's table."""
    put: Callable[[Table, Table], Table] = lambda _, part: part
    """Put the part into the file's table."""
    onto: Mapping[str, Any] = field(default_factory=dict)
    """What a new part begins with."""
    also: Check = nothing_more
    """What its shape cannot see: what other files say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody else has changed the same part since it was shown."""

    theirs: Filled
    by: Staff | None
    at: datetime | None
    gone: bool
    """The part is there no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A form as it is shown: what stands in it, what is wrong with it, what a colleague wrote."""

    values: Filled
    seen: str
    wrong: Mapping[str, Fault] = field(default_factory=dict)
    clash: Clash | None = None
    new: bool = False

    def get(self, name: str) -> str:
        """Tell what stands in a field."""
        return self.values.get(name, "")

    def lines(self, name: str) -> list[str]:
        """List what stands in a field, one a line."""
        return self.get(name).splitlines()

    def rows(self, name: str, spare: int = SPARE_ROWS) -> range:
        """Number the rows of a list: those that are filled, and `spare` to fill."""
        return range(row_count(name, self.values) + spare)

    def theirs(self, name: str) -> str | None:
        """Tell what a colleague wrote in a field; None: the same."""
        if self.clash is None:
            return None
        said = self.clash.theirs.get(name, "")
        return None if _same(said, self.get(name)) else said


async def opened(bench: Bench, sheet: Sheet) -> Filling:
    """Fill the form with what the draft says now."""
    _, whole, _ = await bench.file(sheet.path)
    part = sheet.take(whole)
    values = filled(sheet.form, part or sheet.onto)
    return Filling(values=values, seen=digest_of_part(part), new=part is None)


async def sent(bench: Bench, sheet: Sheet, given: Filled) -> Filling | None:
    """Save what a form says; None: it is saved. Else the form again, with what was typed in it.

    A colleague who meanwhile changed another part of the same file is no conflict.

    Raises:
        Refused: this person may not write. Conflict: the draft is not open.
        BadInput: what was seen is nothing that a page has shown.
    """
    seen = given.get(SEEN, "")
    if not _SHOWN.fullmatch(seen):
        raise BadInput("no page sends this form: open it again")
    for _ in range(TRIES):
        text, whole, digest = await bench.file(sheet.path)
        part = sheet.take(whole)
        made = table_of(sheet.form, given, onto=part or sheet.onto)
        wrong = (*_unreadable(sheet.form, made), *faults(sheet.shape, made))
        wrong = wrong or tuple(await sheet.also(made))
        if wrong:
            return Filling(values=given, seen=seen, wrong=_by_field(wrong), new=part is None)
        if seen != digest_of_part(part) and made != part:
            clash = await _clash(bench, sheet, part)
            return Filling(values=given, seen=digest_of_part(part), clash=clash)
        now = toml_of(sheet.put(whole, made), before=text)
        if await _saved(bench, sheet.path, now, digest):
            return None
        draft = await drafts.find(bench.office, bench.staff, bench.draft.id)
        bench = replace(bench, draft=draft)
    raise Conflict(f"{sheet.path} is being changed by many at once: save again")


async def removed(bench: Bench, path: str) -> None:
    """Take a file out of the draft.

    Raises:
        Refused, Conflict: as `sent`.
    """
    _, digest = await drafts.file_of(bench.office, bench.draft, path)
    await drafts.save(bench.office, bench.staff, bench.draft.id, {path: None}, {path: digest})


async def changed(bench: Bench, path: str, change: Callable[[Table], Table]) -> None:
    """Change a file by a button: nothing was typed that could be lost.

    Raises:
        Refused, Conflict: as `sent`.
    """
    text, whole, digest = await bench.file(path)
    now = toml_of(change(whole), before=text)
    await drafts.save(bench.office, bench.staff, bench.draft.id, {path: now}, {path: digest})


def digest_of_part(part: Table | None) -> str:
    """Digest a part as it was shown; empty: it is not there."""
    return hashlib.sha256(toml_of(part)).hexdigest()[:16] if part is not None else ""


async def clash_of(bench: Bench, path: str, theirs: Filled, *, gone: bool) -> Clash:
    """Tell what a colleague made of a file, who it was and when."""
    draft = await drafts.find(bench.office, bench.staff, bench.draft.id)
    edit = draft.edits.get(path)
    by = await bench.office.stores.staff.get(edit.by) if edit else None
    return Clash(theirs=theirs, by=by, at=edit.at if edit else None, gone=gone)


async def _saved(bench: Bench, path: str, text: bytes, digest: str) -> bool:
    """Save a file; False: somebody changed it in this very moment."""
    try:
        await drafts.save(bench.office, bench.staff, bench.draft.id, {path: text}, {path: digest})
    except EditedMeanwhile:
        return False
    return True


async def _clash(bench: Bench, sheet: Sheet, part: Table | None) -> Clash:
    theirs = filled(sheet.form, part or {})
    return await clash_of(bench, sheet.path, theirs, gone=part is None)


def _unreadable(form: Form, made: Table) -> Iterator[Fault]:
    for name, sort in unreadable(form, made):
        code = "date" if sort is Sort.DAY else "int"
        yield Fault(field=name, code=code, what=f"no {sort}")


def _by_field(wrong: Sequence[Fault]) -> dict[str, Fault]:
    """Name what is wrong by its field, the first of each."""
    found: dict[str, Fault] = {}
    for one in wrong:
        found.setdefault(one.field, one)
    return found


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
