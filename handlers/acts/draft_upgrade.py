"""Draft what an upgrade of the program brings, where files no longer make the release.

While the current release is from files, changed files replace it (`bot/first_release.py`). Once
staff have published, adopted or gone back, nothing comes in by itself: what is new becomes one
draft, which is reviewed, signed and published like any other.
"""

import asyncio
from collections.abc import Mapping

from data.civic.errors import Conflict
from data.civic.ids import DraftId, StaffId
from data.civic.knowing.draft_parts import Edit, Remark
from data.civic.knowing.drafts import Draft
from data.civic.knowing.releases import Origin
from data.content.files import manifest_of
from data.content.merging import Clash
from data.content.upgrading import Brought, Files, brought
from data.store.contents import digest_of
from data.store.releases import ReleaseFiles
from handlers.acts.draft_files import base_of
from handlers.acts.note import note
from handlers.office import Office
from handlers.wording import written

SYSTEM = StaffId("system")
TITLE = "upgrade_draft"
WORDS: Mapping[str, tuple[str, ...]] = {TITLE: ()}


async def draft_upgrade(office: Office, shipped: Files) -> Draft | None:
    """Draft what is new in the files shipped now, and note them; None: there is nothing to draft.

    What both the house and the program changed stays as the house has it: a remark of the draft
    names it, a line each; where that is all, the draft has no edit. Idempotent, also where several
    processes start at once: one draft for the same files.

    Raises:
        StoreUnavailable: the database does not answer; the next start does it.
    """
    now = ReleaseFiles(manifest=await asyncio.to_thread(manifest_of, shipped), files=shipped)
    last = await office.stores.shipped_files.manifest()
    if last is not None and last.files == now.manifest.files:
        return None
    made = None if await _files_rule(office) else await _drafted(office, now)
    # Noted last: a process that dies before is followed by another, which finds the draft.
    await office.stores.shipped_files.note(now)
    return made


def left_to_staff(draft: Draft) -> tuple[Clash, ...]:
    """Tell what an upgrade left to decide, as its draft remarks it."""
    lines = [line for one in draft.remarks if one.by == SYSTEM for line in one.text.splitlines()]
    named = (line.partition(": ") for line in lines)
    return tuple(
        Clash(path=path, keys=tuple(keys.split(", ")) if keys else ()) for path, _, keys in named
    )


async def _files_rule(office: Office) -> bool:
    """Say whether changed files become the release by themselves."""
    return office.release.origin is Origin.FILES and not await office.stores.releases.chosen()


async def _drafted(office: Office, now: ReleaseFiles) -> Draft | None:
    mine = await base_of(office, office.release.id)
    base = await _grown_from(office)
    found = await asyncio.to_thread(
        lambda: brought(office.release, mine.files, base=base, theirs=now.files)
    )
    if not found.texts and not found.kept:
        return None
    draft = _draft(office, found, mine=mine, now=now)
    await office.stores.drafts.keep([text for text in found.texts.values() if text is not None])
    try:
        await office.stores.drafts.put(draft)
    except Conflict:  # another process was first, or these files were shipped before
        return None
    await note(office, SYSTEM, "draft.open", draft.id)
    return draft


async def _grown_from(office: Office) -> Files:
    """Give the files shipped last; of a house that never noted them, its newest of files."""
    if known := await office.stores.shipped_files.texts():
        return known
    newest = await office.stores.releases.newest(Origin.FILES)
    return (await base_of(office, newest)).files if newest else {}


def _draft(office: Office, found: Brought, *, mine: ReleaseFiles, now: ReleaseFiles) -> Draft:
    at, before = office.clock.now(), mine.manifest.files
    edits = {
        path: Edit(
            digest=None if text is None else digest_of(text),
            base=before.get(path, ""),
            by=SYSTEM,
            at=at,
        )
        for path, text in found.texts.items()
    }
    left = "\n".join(map(str, found.kept))
    return Draft(
        id=DraftId(f"upgrade-{now.manifest.id[:16]}"),
        title=written(office.release, TITLE),
        base=office.release.id,
        created_by=SYSTEM,
        created_at=at,
        changed_at=at,
        edits=edits,
        editors=frozenset(one.by for one in edits.values()),
        remarks=(Remark(by=SYSTEM, text=left, at=at),) if left else (),
    )
