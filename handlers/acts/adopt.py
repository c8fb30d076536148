"""Adopt what guides say (认领): a new release that says who vouches for which words."""

import asyncio
from datetime import datetime

from data.civic.audit import Deed
from data.civic.errors import Conflict
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Origin
from data.content.adopting import Adoptions, with_adoptions
from data.content.files import manifest_of
from data.store.releases import StoredRelease
from data.store.stores import Stores


async def adopt(
    stores: Stores, base: StoredRelease, given: Adoptions, *, by: str, at: datetime
) -> ReleaseId:
    """Make what departments vouch for current, on top of `base`, with the same model.

    Idempotent: what `base` says already makes no new release.

    Raises:
        Conflict: other words stand than were read, or another release has become current.
        Mistakes: an adoption makes the release unreadable.
    """
    made = await asyncio.to_thread(_made, base, given, at)
    if made.manifest.id == base.manifest.id:
        return base.manifest.id
    await stores.releases.put(
        made.manifest, made.files, made.model, origin=made.origin, at=made.made_at
    )
    await stores.releases.make_current(made.manifest.id, expected=base.manifest.id)
    for department in given.departments:
        purpose = f"{department}, handed in by {by}"
        deed = Deed(
            actor="command line", act="guides.adopt", subject=made.manifest.id, purpose=purpose
        )
        await stores.audit.append(deed, at=at)
    return made.manifest.id


def _made(base: StoredRelease, given: Adoptions, at: datetime) -> StoredRelease:
    """Add the adoptions to the files, and read the result as it will be served."""
    files = with_adoptions(base.files, given, base.read().lapsed)
    made = StoredRelease(
        manifest=manifest_of(files, model=base.manifest.model),
        files=files,
        model=base.model,
        origin=Origin.CONSOLE,
        made_at=at,
    )
    lost = set(made.read().lapsed) & {*given.elements, *given.areas}
    if lost:
        names = ", ".join(sorted(str(one) for one in lost))
        raise Conflict(f"the words of {names} are not those that were read: export them anew")
    return made
