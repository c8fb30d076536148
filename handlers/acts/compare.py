"""Compare a draft with its base, or any two releases: which files differ, and how, in words."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import Draft
from data.civic.people import Staff
from data.content.differing import Difference, difference
from data.store.releases import ReleaseFiles
from handlers.acts.draft_files import base_of, whole_of
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
