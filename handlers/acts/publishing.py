"""Publish drafts: which are due, begin, become a release that is served, or fail with the reason.

The acts of the worker. Every step may be taken again after a kill: one draft becomes one release,
and what citizens are served changes in one compare-and-set.
"""

from collections.abc import Mapping
from datetime import timedelta

from data.civic.errors import Conflict
from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.civic.knowing.releases import Manifest, Origin
from data.civic.knowing.stories import story_of
from handlers.acts.freeze import frozen
from handlers.acts.note import note
from handlers.acts.rebase_draft import carried
from handlers.office import Office

SYSTEM = "system"
MOST = 1_000
ABANDONED = timedelta(minutes=5)
"""A draft of whose publishing nothing was heard for so long is taken up by another worker."""
PROBLEM_CHARS = 4_000


async def due(office: Office) -> list[Draft]:
    """List drafts whose time has come, the emergency lane first; and what a dead worker left."""
    now = office.clock.now()
    found = await office.stores.drafts.list((DraftState.APPROVED, DraftState.PUBLISHING), MOST)
    still = await frozen(office) is not None
    waiting = [one for one in found if one.due(now) or _abandoned(office, one)]
    free = [one for one in waiting if one.lane is Lane.EMERGENCY or not still]
    return sorted(
        free, key=lambda one: (one.lane is Lane.ORDINARY, one.publish_at or one.changed_at)
    )


async def start(office: Office, draft: Draft) -> Draft:
    """Take a draft up; of several workers one gets it.

    Raises:
        Conflict: it is not due any more, or another worker has it.
    """
    if draft.state is DraftState.PUBLISHING and not _abandoned(office, draft):
        raise Conflict(f"draft {draft.id} is being published by another worker")
    started = draft.start(office.clock.now())
    saved = await office.stores.drafts.save(started)
    await note(office, SYSTEM, "draft.start", draft.id)
    return saved


async def advance(office: Office, draft: Draft, progress: float) -> Draft:
    """Note how far it is, 0 to 1, and that the worker is alive.

    Raises:
        Conflict: another worker has taken it up.
    """
    return await office.stores.drafts.save(draft.advance(progress, office.clock.now()))


async def catch_up(office: Office, draft: Draft) -> Draft:
    """Put a draft on the release that is current now. Idempotent.

    Raises:
        MergeConflict: both changed the same; it names what.
        Conflict: another worker has taken it up.
    """
    if draft.base == await office.stores.releases.current():
        return draft
    saved = await office.stores.drafts.save(await carried(office, draft, {}))
    await note(office, SYSTEM, "draft.rebase", draft.id, purpose=saved.base)
    return saved


async def publish(
    office: Office, draft: Draft, manifest: Manifest, files: Mapping[str, bytes], model: bytes
) -> Draft:
    """Make a draft the release that is served, if its base is served until now.

    Idempotent: a release that is served already is noted alone. Where ordinary publishing was
    frozen meanwhile, nothing is served and the draft waits again.

    Raises:
        Conflict: another release has become current (catch up, and prepare again), or another
            worker has taken the draft up.
        BadInput: files or model are not those of the manifest.
    """
    releases = office.stores.releases
    if await releases.current() != manifest.id:
        if draft.lane is Lane.ORDINARY and await frozen(office) is not None:
            return await hold(office, draft)
        now = office.clock.now()
        await releases.put(
            manifest, files, model, origin=Origin.CONSOLE, at=now, story=story_of(draft)
        )
        # Said before it is done: a worker that dies in between leaves a trace to be finished by.
        draft = await office.stores.drafts.save(draft.becoming(manifest.id, now))
        await releases.make_current(manifest.id, expected=draft.base)
    return await _noted(office, draft, manifest.id)


async def finished(office: Office, draft: Draft) -> Draft | None:
    """Note of a draft that a dead worker left that it is served; None: it is not.

    One from which somebody has gone back meanwhile was served as well: it is not served again.

    Raises:
        Conflict: another worker has taken it up.
    """
    releases = office.stores.releases
    if draft.release is None:
        return None
    if draft.release not in (await releases.current(), await releases.before()):
        return None
    return await _noted(office, draft, draft.release)


async def hold(office: Office, draft: Draft) -> Draft:
    """Let a draft that is being published wait again, as it was signed.

    Raises:
        Conflict: another worker has taken it up.
    """
    saved = await office.stores.drafts.save(draft.hold(office.clock.now()))
    await note(office, SYSTEM, "draft.hold", draft.id)
    return saved


async def fail(office: Office, draft: Draft, problem: str) -> Draft:
    """Note why a draft could not be published; the release before it stays.

    Raises:
        Conflict: another worker has taken it up.
    """
    failed = draft.failed(problem[:PROBLEM_CHARS], office.clock.now())
    saved = await office.stores.drafts.save(failed)
    await note(office, SYSTEM, "draft.fail", draft.id)
    return saved


async def _noted(office: Office, draft: Draft, release: ReleaseId) -> Draft:
    # Told twice rather than not at all: a worker that dies in between is followed by another.
    await note(office, SYSTEM, "draft.publish", draft.id, purpose=release)
    return await office.stores.drafts.save(draft.published(release, office.clock.now()))


def _abandoned(office: Office, draft: Draft) -> bool:
    silent = office.clock.now() - draft.changed_at
    return draft.state is DraftState.PUBLISHING and silent > ABANDONED
