"""Publish drafts whose time has come: one at a time among all workers, resumed where one died."""

import asyncio
from contextlib import suppress

import structlog

from bot.current import sampled
from bot.gate import missed
from bot.workshop import Prepared, Workshop
from data.civic.errors import Conflict, Mistakes, StoreUnavailable, TrainingFailed
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.civic.knowing.problems import Problem, Trouble
from data.content.merging import MergeConflict
from handlers.acts import publishing
from handlers.directory import Directory
from handlers.office import Office

LEASE, LEASE_S = "publishing", 10.0
"""By the server's clock: so long after its worker's death a draft is taken up by another."""
LOOK_FOR_DRAFTS_S = 1.0
BEAT_S = 1.0
"""How often the lease is held longer, and the draft told how far it is."""
PREPARED, ASKED = 0.8, 0.9
"""How far it is when the release is prepared, and when it has answered its golden questions."""

log = structlog.get_logger()


async def publish_next(
    office: Office, directory: Directory, workshop: Workshop, *, holder: str
) -> bool:
    """Publish the draft that is next, or say why it cannot be; False when none is due.

    `holder` names this worker. Idempotent: killed at any step, it is done again by another.

    Raises:
        StoreUnavailable: the database does not answer; nothing is lost, try again.
    """
    leases = office.stores.leases
    if not await _waiting(office) or not await leases.take(LEASE, holder, seconds=LEASE_S):
        return False
    try:
        found = await _waiting(office)  # another worker may have had the lease until now
        if found:
            await _Publishing(office, found[0], holder).go(directory, workshop)
        return bool(found)
    finally:
        with suppress(StoreUnavailable):  # then it runs out
            await leases.give_back(LEASE, holder)


async def _waiting(office: Office) -> list[Draft]:
    """List what is to be done: the emergency lane first, then what a dead worker left."""
    due = await publishing.due(office)
    left = await office.stores.drafts.list((DraftState.PUBLISHING,), publishing.MOST)
    known = {one.id for one in left}
    found = [*left, *(one for one in due if one.id not in known)]
    return sorted(found, key=lambda one: one.lane is Lane.ORDINARY)


class _Publishing:
    """One draft on its way to the citizens; `draft` is always as it was saved last."""

    def __init__(self, office: Office, draft: Draft, holder: str) -> None:
        self._office = office
        self._holder = holder
        self.draft = draft

    async def go(self, directory: Directory, workshop: Workshop) -> None:
        """Go the whole way, or note why it ended; each step may be taken twice."""
        try:
            await self._steps(directory, workshop)
        except MergeConflict as error:
            await self._failed(Trouble.CLASH, *map(str, error.clashes))
        except Mistakes as error:
            await self._failed(Trouble.MISTAKES, *map(str, error.mistakes))
        except TrainingFailed as error:
            await self._failed(Trouble.TRAINING, error.why)
        except Conflict as error:
            # Another release became current, or another worker was first: the next round sees.
            log.info("publishing begins anew", draft=self.draft.id, why=str(error))

    async def _steps(self, directory: Directory, workshop: Workshop) -> None:
        office = self._office
        if not await self._taken_up():
            return
        self.draft = await publishing.catch_up(office, self.draft)
        prepared = await self._prepared(workshop)
        if problem := await _against(prepared, directory):
            await self._failed(problem.trouble, *problem.lines)
            return
        await self._advance(ASKED)
        done = await publishing.publish(
            office, self.draft, prepared.manifest, prepared.files, prepared.model
        )
        log.info("draft published", draft=done.id, state=done.state, release=done.release)

    async def _taken_up(self) -> bool:
        """Begin, or go on where another worker died; False: there is nothing left to do."""
        if self.draft.state is DraftState.APPROVED:
            self.draft = await publishing.start(self._office, self.draft)
            return True
        log.warning("publishing resumed", draft=self.draft.id)
        if await publishing.finished(self._office, self.draft):
            return False
        # A worker that only seemed dead stumbles over this version, before it can do harm.
        await self._advance(0.0)
        return True

    async def _prepared(self, workshop: Workshop) -> Prepared:
        making = asyncio.ensure_future(workshop.prepared(self.draft))
        try:
            while not (await asyncio.wait({making}, timeout=BEAT_S))[0]:
                await self._beat()
                await self._advance(workshop.progress(self.draft).share * PREPARED)
            return making.result()
        finally:
            making.cancel()

    async def _beat(self) -> None:
        """Hold the lease longer.

        Raises:
            Conflict: it ran out, and another worker has it.
        """
        leases = self._office.stores.leases
        if not await leases.take(LEASE, self._holder, seconds=LEASE_S):
            raise Conflict("this worker was away too long: another publishes now")

    async def _advance(self, progress: float) -> None:
        self.draft = await publishing.advance(self._office, self.draft, round(progress, 2))

    async def _failed(self, trouble: Trouble, *lines: str) -> None:
        problem = Problem(trouble=trouble, lines=lines)
        log.warning("draft not published", draft=self.draft.id, why=trouble, lines=len(lines))
        with suppress(Conflict):  # another worker has taken it up
            self.draft = await publishing.fail(self._office, self.draft, str(problem))


async def _against(prepared: Prepared, directory: Directory) -> Problem | None:
    """Tell what stands against serving a release: samples in production, golden questions."""
    if prepared.office.production and (left := sampled(prepared.release)):
        return Problem(trouble=Trouble.SAMPLES, lines=tuple(map(str, left)))
    if wrong := await missed(prepared.office, directory):
        told = ("\t".join((one.question, one.why, one.wanted, one.got)) for one in wrong)
        return Problem(trouble=Trouble.GOLDEN, lines=tuple(told))
    return None
