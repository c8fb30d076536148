"""Compare a draft with its base, or any two releases: which files differ, and how, in words."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import Draft
from data.civic.people import Staff
from data.content.differing import Difference, Sort, difference
from data.content.keyed import WORDS
from data.content.merging import Clash
from data.store.releases import ReleaseFiles
from handlers.acts.draft_files import base_of, whole_of
from handlers.acts.draft_upgrade import left_to_staff
from handlers.acts.drafts import READ
from handlers.office import Office

A_PAGE = 20
"""Files of one page: a bulk import may change thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One page of how two sets of files differ."""

    differences: tuple[Difference, ...]
    total: int
    """Files that differ."""
    page: int
    pages: int


async def of_draft(office: Office, draft: Draft, page: int) -> Compared:
    """Tell how a draft differs from its base.

    Raises:
        StoreUnavailable: a text is missing, or the database does not answer.
    """
    base, whole = await base_of(office, draft.base), await whole_of(office, draft)
    return await asyncio.to_thread(_compared, base, whole, sorted(draft.edits), page)


async def of_releases(
    office: Office, staff: Staff, before: ReleaseId, after: ReleaseId, page: int
) -> Compared:
    """Tell how one release differs from another.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such release. StoreUnavailable: it is damaged.
    """
    staff.must(*READ)
    old, new = await base_of(office, before), await base_of(office, after)
    return await asyncio.to_thread(_compared, old, new, _differing(old, new), page)


async def of_upgrade(office: Office, draft: Draft) -> tuple[Difference, ...]:
    """Tell what the newest program says otherwise, where its upgrade left that to staff.

    What a draft says as the program does has been decided, and is left out.

    Raises:
        StoreUnavailable: a text is missing, or the database does not answer.
    """
    clashes, newest = left_to_staff(draft), await office.stores.shipped_files.manifest()
    if not clashes or newest is None:
        return ()
    named = {one.path: newest.files[one.path] for one in clashes if one.path in newest.files}
    texts = await office.stores.drafts.texts(named.values())
    theirs = {path: texts[sha] for path, sha in named.items() if sha in texts}
    ours = (await whole_of(office, draft)).files
    return await asyncio.to_thread(_left, clashes, ours, theirs)


def _left(
    clashes: Sequence[Clash], ours: Mapping[str, bytes], theirs: Mapping[str, bytes]
) -> tuple[Difference, ...]:
    open_still = [one for one in clashes if ours.get(one.path) != theirs.get(one.path)]
    found = (_only(one, ours.get(one.path), theirs.get(one.path)) for one in open_still)
    return tuple(one for one in found if one.changes or one.sort is not Sort.CHANGED)


def _only(clash: Clash, ours: bytes | None, theirs: bytes | None) -> Difference:
    """Compare what a clash names alone; nothing is named, or lines: the whole file."""
    whole = difference(clash.path, ours, theirs)
    if not clash.keys or not clash.path.endswith(".toml"):
        return whole
    said = [one for one in whole.changes if any(_named(one.at, key) for key in clash.keys)]
    return replace(whole, changes=tuple(said))


def _named(at: tuple[str, ...], key: str) -> bool:
    """Say whether a clash at this key is about this place; words clash together, by one of them."""
    around, _, last = key.rpartition(".")
    if last in WORDS:
        return ".".join(at[:-1]) == around and at[-1] in WORDS
    return f"{'.'.join(at)}.".startswith(f"{key}.")


def _differing(old: ReleaseFiles, new: ReleaseFiles) -> list[str]:
    before, after = old.manifest.files, new.manifest.files
    return sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )


def _compared(old: ReleaseFiles, new: ReleaseFiles, paths: Sequence[str], page: int) -> Compared:
    pages = max(1, -(-len(paths) // A_PAGE))
    at = min(max(page, 1), pages)
    shown = paths[(at - 1) * A_PAGE : at * A_PAGE]
    found = tuple(difference(path, old.files.get(path), new.files.get(path)) for path in shown)
    return Compared(differences=found, total=len(paths), page=at, pages=pages)
