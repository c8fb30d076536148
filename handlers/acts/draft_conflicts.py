"""Find what stands against a draft: a newer release under it, other drafts beside it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import LIVE, Draft
from data.content.merging import Clash, MergeConflict, Text, rebased
from handlers.acts.draft_files import base_of, texts_of
from handlers.office import Office

MOST = 200
"""How many other drafts are looked at."""
MOST_FILES = 50
"""Of how many files that two drafts share it is told what both change."""
KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Another release has become current since the draft was begun."""

    release: ReleaseId
    both: tuple[str, ...]
    """Files that the draft and the newer releases changed."""
    clashes: tuple[Clash, ...]
    """What cannot be merged without a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another draft that changes the same files."""

    draft: Draft
    paths: tuple[str, ...]
    clashes: tuple[Clash, ...]
    """What of them, or of the first of many, the two change differently."""


_behind: dict[tuple[ReleaseId, str, ReleaseId], Behind] = {}
"""By what was compared: ids and digests, so nothing grows stale."""


async def behind(office: Office, draft: Draft) -> Behind | None:
    """Tell what the current release changed under a draft; None: it stands on it.

    Raises:
        StoreUnavailable: the database does not answer, or what it keeps is damaged.
    """
    current = await office.stores.releases.current()
    if current is None or current == draft.base:
        return None
    key = (draft.base, draft.content, current)
    if key not in _behind:
        _behind[key] = await _overtaken(office, draft, current)
        while len(_behind) > KEPT:
            del _behind[next(iter(_behind))]
    return _behind[key]


async def beside(office: Office, draft: Draft) -> list[Beside]:
    """List the other drafts that change the same files.

    Raises:
        StoreUnavailable: the database does not answer, or what it keeps is damaged.
    """
    others = await office.stores.drafts.list(LIVE, MOST)
    found = [await _beside(office, draft, one) for one in others if one.id != draft.id]
    return [one for one in found if one is not None]


async def edits_of(office: Office, draft: Draft, paths: list[str]) -> Mapping[str, Text]:
    """Fetch what a draft makes of these files; None: it removes the file.

    Raises:
        StoreUnavailable: a text is missing, or the database does not answer.
    """
    digests = {path: draft.edits[path].digest for path in paths}
    texts = await texts_of(office, digests)
    return {path: texts.get(path) for path in paths}


async def _overtaken(office: Office, draft: Draft, current: ReleaseId) -> Behind:
    before, after = await base_of(office, draft.base), await base_of(office, current)
    both = [
        path
        for path in draft.edits
        if before.manifest.files.get(path) != after.manifest.files.get(path)
    ]
    edits = await edits_of(office, draft, both)
    clashes = await asyncio.to_thread(_clashes, edits, before.files, after.files)
    return Behind(release=current, both=tuple(sorted(both)), clashes=clashes)


async def _beside(office: Office, draft: Draft, other: Draft) -> Beside | None:
    both = sorted(
        path
        for path, edit in other.edits.items()
        if path in draft.edits and draft.edits[path].digest != edit.digest
    )
    if not both:
        return None
    base, looked_at = await base_of(office, draft.base), both[:MOST_FILES]
    ours = await edits_of(office, draft, looked_at)
    theirs = await edits_of(office, other, looked_at)
    after = {path: text for path, text in theirs.items() if text is not None}
    clashes = await asyncio.to_thread(_clashes, ours, base.files, after)
    return Beside(draft=other, paths=tuple(both), clashes=clashes)


def _clashes(
    edits: Mapping[str, Text], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> tuple[Clash, ...]:
    try:
        rebased(edits, before=before, after=after)
    except MergeConflict as error:
        return error.clashes
    return ()
