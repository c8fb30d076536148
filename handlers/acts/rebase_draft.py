"""Put a draft on the release that is current now; what both changed is named, or decided."""

import asyncio
from collections.abc import Mapping

from data.civic.errors import Conflict, NotFound
from data.civic.ids import DraftId, ReleaseId
from data.civic.knowing.draft_parts import Edit
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.people import Staff
from data.content.keyed import Side
from data.content.merging import Text, rebased
from data.store.contents import digest_of
from handlers.acts.draft_conflicts import edits_of
from handlers.acts.draft_files import base_of
from handlers.acts.drafts import WRITE, find
from handlers.acts.note import note
from handlers.acts.review_draft import must_be_seen
from handlers.office import Office

BEFORE_SIGNING = (DraftState.OPEN, DraftState.SUBMITTED)


async def rebase(
    office: Office, staff: Staff, draft: DraftId, *, seen: int, prefer: Mapping[str, Side]
) -> Draft:
    """Put a draft on the current release; `prefer` says of a file whose text counts in doubt.

    Idempotent: a draft that stands on it stays as it is. A signed one is not decided upon behind
    the backs of those who signed it: it catches up by itself, or is sent back first.

    Raises:
        Refused, NotFound: as `drafts.find`; only an editor does it.
        MergeConflict: both changed the same, and it was not decided; nothing is changed.
        Conflict: somebody changed the draft meanwhile, or it is signed or laid aside.
    """
    staff.must(*WRITE)
    found = await find(office, staff, draft)
    current = await office.stores.releases.current()
    if current == found.base:
        return found
    must_be_seen(found, seen)
    if found.state not in BEFORE_SIGNING:
        raise Conflict(f"draft {draft} is {found.state}: open it again before you decide")
    moved = await carried(office, found, prefer)
    saved = await office.stores.drafts.save(moved)
    await note(office, staff.id, "draft.rebase", draft, purpose=moved.base)
    return saved


async def carried(office: Office, draft: Draft, prefer: Mapping[str, Side]) -> Draft:
    """Carry a draft's edits over to the current release, and keep the merged texts.

    Raises:
        MergeConflict: both changed the same, and it was not decided.
        Conflict: it was published or laid aside.
    """
    current = await office.stores.releases.current()
    if current is None:
        raise NotFound("no release is served yet: start the house once")
    before, after = await base_of(office, draft.base), await base_of(office, current)
    texts = await edits_of(office, draft, list(draft.edits))
    merged = await asyncio.to_thread(
        lambda: rebased(texts, before=before.files, after=after.files, prefer=prefer)
    )
    await office.stores.drafts.keep([text for text in merged.values() if text is not None])
    edits = _edits(draft, merged, after.manifest.files)
    return draft.rebased(ReleaseId(current), edits, office.clock.now())


def _edits(draft: Draft, merged: Mapping[str, Text], base: Mapping[str, str]) -> Mapping[str, Edit]:
    """Write the merged texts as edits; what the new release says already is none any more."""
    found: dict[str, Edit] = {}
    for path, text in merged.items():
        digest, before = None if text is None else digest_of(text), base.get(path, "")
        if (digest or "") != before:
            old = draft.edits[path]
            found[path] = Edit(digest=digest, base=before, by=old.by, at=old.at)
    return found
