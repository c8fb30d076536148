"""The files of drafts: those of the base release, with the edits in their places."""

import asyncio
from collections.abc import Hashable, Mapping
from typing import TypeVar

from data.civic.errors import StoreUnavailable
from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import Draft
from data.civic.knowing.releases import Manifest
from data.store.contents import digest_of
from data.store.releases import ReleaseFiles
from handlers.office import Office

K = TypeVar("K", bound=Hashable)

KEPT_RELEASES, KEPT_DRAFTS = 4, 8
"""How many a process keeps at hand: a release of 5,000 guides is some 15 MB of shared texts."""

_releases: dict[ReleaseId, ReleaseFiles] = {}
_drafts: dict[tuple[ReleaseId, str], ReleaseFiles] = {}
"""By what they hold: a release's id and a draft's content are digests, so nothing grows stale."""

_loading = asyncio.Lock()


async def base_of(office: Office, release: ReleaseId) -> ReleaseFiles:
    """Fetch the files of a release, kept at hand by this process.

    Raises:
        NotFound: there is no such release.
        StoreUnavailable: it is damaged, or the database does not answer.
    """
    async with _loading:  # two pages that ask at once load it once
        if release not in _releases:
            _put(_releases, release, await office.stores.releases.files(release), KEPT_RELEASES)
        return _releases[release]


async def whole_of(office: Office, draft: Draft) -> ReleaseFiles:
    """Fetch the files of a draft with their digests, kept at hand by this process.

    Raises:
        StoreUnavailable: a text is missing, or the database does not answer.
    """
    base = await base_of(office, draft.base)
    key = (draft.base, draft.content)
    if key not in _drafts:
        wanted = {path: edit.digest for path, edit in draft.edits.items()}
        texts = await texts_of(office, wanted)
        _put(_drafts, key, _edited(base, wanted, texts), KEPT_DRAFTS)
    return _drafts[key]


async def files_of(office: Office, draft: Draft) -> Mapping[str, bytes]:
    """Fetch the files of a draft: path → text.

    Raises:
        StoreUnavailable: a text is missing, or the database does not answer.
    """
    return (await whole_of(office, draft)).files


async def file_of(office: Office, draft: Draft, path: str) -> tuple[bytes | None, str]:
    """Fetch one file as it is now in a draft, and its digest; None and "": it is not there.

    Raises:
        StoreUnavailable: its text is missing, or the database does not answer.
    """
    edit = draft.edits.get(path)
    if edit is None:
        base = await base_of(office, draft.base)
        return base.files.get(path), base.manifest.files.get(path, "")
    if edit.digest is None:
        return None, ""
    return (await texts_of(office, {path: edit.digest}))[path], edit.digest


async def texts_of(office: Office, wanted: Mapping[str, str | None]) -> Mapping[str, bytes]:
    """Fetch the texts of edited files by their paths; removed ones are left out.

    Raises:
        StoreUnavailable: a text is missing or damaged.
    """
    digests = {digest for digest in wanted.values() if digest is not None}
    found = await office.stores.drafts.texts(digests)
    lost = [path for path, digest in wanted.items() if digest and _lost(found, digest)]
    if lost:
        raise StoreUnavailable(f"the text of {lost[0]} is damaged: restore a backup")
    return {path: found[digest] for path, digest in wanted.items() if digest is not None}


def _edited(
    base: ReleaseFiles, digests: Mapping[str, str | None], texts: Mapping[str, bytes]
) -> ReleaseFiles:
    gone = {path for path, digest in digests.items() if digest is None}
    files = {path: text for path, text in base.files.items() if path not in gone}
    names = {path: sha for path, sha in base.manifest.files.items() if path not in gone}
    names |= {path: digest for path, digest in digests.items() if digest is not None}
    return ReleaseFiles(manifest=Manifest(files=names), files={**files, **texts})


def _lost(found: Mapping[str, bytes], digest: str) -> bool:
    return digest not in found or digest_of(found[digest]) != digest


def _put(kept: dict[K, ReleaseFiles], key: K, files: ReleaseFiles, most: int) -> None:
    """Keep one at hand, and let the oldest go."""
    kept[key] = files
    while len(kept) > most:
        del kept[next(iter(kept))]
