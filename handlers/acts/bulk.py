"""Bulk: sheets out of a draft, and sheets into it, tried before anything is kept."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.civic.errors import Mistake, Mistakes
from data.civic.knowing.drafts import Draft
from data.civic.knowing.releases import Release
from data.civic.people import Role, Staff
from data.content.bulk.lines import Cells, Kind, Line, Taken
from data.content.bulk.sheets import SHEETS, good_lines, taken_in
from data.content.files import manifest_of
from data.content.reader import read
from data.store.contents import digest_of
from handlers.acts import drafts
from handlers.acts.note import note
from handlers.office import Office
from handlers.own_words import completed

BULK = (Role.EDITOR,)

Refuses = Callable[[Release], Sequence[Mistake]]
"""What else a release is refused for: `Directory.check`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a sheet would make of a draft."""

    texts: Mapping[str, bytes | None] = field(repr=False)
    seen: Mapping[str, str] = field(repr=False)
    """The digests of the files as they were when it was planned."""
    mistakes: tuple[Mistake, ...]
    left_out: int
    """Lines with a mistake."""
    new: int
    changed: int
    same: int
    removed: int


async def sheet_of(office: Office, staff: Staff, draft: Draft, kind: Kind) -> list[Cells]:
    """Write a sheet of what a draft says.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*BULK, Role.REVIEWER)
    files = await drafts.files_of(office, draft)
    return await asyncio.to_thread(lambda: list(SHEETS[kind].out(files)))


async def plan(
    office: Office,
    staff: Staff,
    draft: Draft,
    sheet: tuple[Kind, Sequence[Line], Sequence[Mistake]],
    refuses: Refuses,
) -> tuple[Plan, Plan]:
    """Try a sheet: what all of it would do, and what its good lines alone would do.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*BULK)
    files = await drafts.files_of(office, draft)
    lent = office.release.lent

    def check(now: Mapping[str, bytes]) -> Sequence[Mistake]:
        try:
            return refuses(completed(read(now, manifest=manifest_of(now)), only=lent))
        except Mistakes as error:
            return error.mistakes

    return await asyncio.to_thread(_planned, files, sheet, check)


async def keep(office: Office, staff: Staff, draft: Draft, kind: Kind, made: Plan) -> Draft:
    """Keep what was planned, all files or none. Idempotent.

    Raises:
        Refused: the role is not held.
        EditedMeanwhile, Conflict: as `drafts.save`.
    """
    staff.must(*BULK)
    if not made.texts:
        return draft
    saved = await drafts.save(office, staff, draft.id, made.texts, made.seen)
    await note(office, staff.id, f"bulk.{kind}", draft.id)
    return saved


def _planned(
    files: Mapping[str, bytes],
    sheet: tuple[Kind, Sequence[Line], Sequence[Mistake]],
    check: Callable[[Mapping[str, bytes]], Sequence[Mistake]],
) -> tuple[Plan, Plan]:
    kind, lines, faults = sheet
    whole = taken_in(kind, files, lines, check=check)
    good = whole
    if whole.bad:
        good = good_lines(kind, files, lines, check=check)
    wrong, left_out = (*faults, *whole.mistakes), len(whole.bad) + len(faults)

    return _plan(files, whole, wrong, left_out), _plan(files, good, wrong, left_out)


def _plan(
    files: Mapping[str, bytes], taken: Taken, wrong: tuple[Mistake, ...], left_out: int
) -> Plan:
    return Plan(
        texts=taken.texts,
        seen={path: digest_of(files[path]) if path in files else "" for path in taken.texts},
        mistakes=wrong,
        left_out=left_out,
        new=taken.new,
        changed=taken.changed,
        same=taken.same,
        removed=taken.removed,
    )
