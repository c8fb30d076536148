"""Foresee what a draft would change, beside the pages: begun once a content, kept for the next."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aiohttp import web

from bot.doors import HOUSE, WORKSHOP
from bot.workshop import Progress, Stage, Workshop
from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import Draft
from handlers.acts.ask_both import questions
from handlers.acts.foresee import Foreseen, foresee
from handlers.office import Office

KEPT = 3
TRAINED = 0.8
"""How far it is when the draft is prepared, and the questions are to be asked."""
PATIENCE_S = 0.15
"""So long a page waits for what may be there in a moment."""

_Key = tuple[ReleaseId, ReleaseId, str]


@dataclass(slots=True, eq=False)
class _Sight:
    task: "asyncio.Task[Foreseen]"
    asked: float = 0.0
    """Which share of the questions has been asked."""


class Foresight:
    """What drafts would change."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._sights: OrderedDict[_Key, _Sight] = OrderedDict()

    async def of(self, office: Office, draft: Draft) -> Foreseen | None:
        """Give what a draft would change as it reads now; None: it is not known yet.

        Idempotent: the first call begins, the others look.

        Raises:
            Mistakes: its content is wrong; every mistake with file and line.
            TrainingFailed: its model could not be made.
            StoreUnavailable: the database does not answer.
        """
        key = (office.release.id, draft.base, draft.content)
        if key not in self._sights:
            self._begin(key, office, draft)
        self._sights.move_to_end(key)
        task = self._sights[key].task
        await asyncio.wait({task}, timeout=PATIENCE_S)
        if not task.done():
            return None
        if task.cancelled() or task.exception() is not None:
            del self._sights[key]  # the next look tries again
        return task.result()

    def progress(self, office: Office, draft: Draft) -> Progress:
        """Tell how far it is: the draft is prepared, then both are asked."""
        known = self._sights.get((office.release.id, draft.base, draft.content))
        made = self._workshop.progress(draft)
        asked = known.asked if known else 0.0
        share = made.share * TRAINED + (asked * (1 - TRAINED) if made.state is Stage.READY else 0)
        return Progress(state=made.state, share=share)

    async def stop(self) -> None:
        """Leave everything."""
        tasks = [one.task for one in self._sights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, key: _Key, office: Office, draft: Draft) -> None:
        self._sights[key] = sight = _Sight(asyncio.create_task(self._foresee(key, office, draft)))
        sight.task.add_done_callback(_looked_at)
        done = [key for key, one in self._sights.items() if one.task.done()]
        for old in done[: max(0, len(done) - KEPT)]:
            del self._sights[old]

    async def _foresee(self, key: _Key, office: Office, draft: Draft) -> Foreseen:
        prepared = await self._workshop.prepared(draft)
        both = await questions(office, prepared.release)

        def report(share: float) -> None:
            self._sights[key].asked = share

        return await foresee(office, prepared.office, both, report=report)


def _looked_at(task: "asyncio.Task[Foreseen]") -> None:
    if not task.cancelled():
        task.exception()


FORESIGHT = web.AppKey("foresight", Foresight)


async def kept(app: web.Application) -> AsyncIterator[None]:
    """Keep one in the application while it runs."""
    app[FORESIGHT] = Foresight(app[WORKSHOP])
    yield
    await app[FORESIGHT].stop()


def foresight_of(request: web.Request) -> tuple[Foresight, Office]:
    """Give the application's foresight, and the office as it is now."""
    return request.app[FORESIGHT], request.app[HOUSE].office()
