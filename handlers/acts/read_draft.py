"""Read what a draft says now, and sum its guides up; kept at hand by this process."""

import asyncio
from collections.abc import Mapping
from typing import TypeVar

from data.civic.ids import GuideId, ReleaseId
from data.civic.knowing.drafts import Draft
from data.civic.knowing.releases import Release
from data.civic.knowing.upkeep import GuideLine, line_of
from data.content.drafted import Drafted, drafted
from handlers.acts.draft_files import base_of, files_of
from handlers.office import Office

KEPT = 6

K = TypeVar("K")
V = TypeVar("V")

Lines = Mapping[GuideId, GuideLine]

_read: dict[tuple[ReleaseId, ReleaseId, str], Drafted] = {}
_lines: dict[ReleaseId, Lines] = {}
"""By what they hold: ids and digests, so nothing grows stale."""

_reading = asyncio.Lock()


async def drafted_of(office: Office, draft: Draft) -> Drafted:
    """Read a draft as far as it can be read.

    Raises:
        StoreUnavailable: a text is missing, or the database does not answer.
    """
    key = (office.release.id, draft.base, draft.content)
    async with _reading:  # two pages that ask at once read it once
        if key not in _read:
            served = (await base_of(office, office.release.id)).files
            files = await files_of(office, draft)
            _read[key] = await asyncio.to_thread(drafted, office.release, served, files)
            _forget(_read)
    return _read[key]


async def lines_of(office: Office, draft: Drafted | None = None) -> Lines:
    """Sum up the guides of a draft, or of what is served. Seconds for thousands, once a release."""
    release = office.release
    async with _reading:
        if release.id not in _lines:
            _lines[release.id] = await asyncio.to_thread(_lines_of, release)
            _forget(_lines)
    if draft is None:
        return _lines[release.id]
    return await asyncio.to_thread(_anew, _lines[release.id], draft, release)


def _lines_of(release: Release) -> Lines:
    return {
        key: line_of(one, release.sources, release.rules.reading)
        for key, one in sorted(release.guides.items())
    }


def _anew(lines: Lines, draft: Drafted, release: Release) -> Lines:
    kept = {key: one for key, one in lines.items() if key not in draft.anew}
    read = {
        key: line_of(draft.guides[key], draft.sources, release.rules.reading)
        for key in draft.anew
        if key in draft.guides
    }
    return dict(sorted({**kept, **read}.items()))


def _forget(kept: dict[K, V]) -> None:
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
