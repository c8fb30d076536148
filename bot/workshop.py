"""The workshop: makes of a draft what citizens would be served, before they are."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from bot.current import Current
from bot.models import lessons_of, opened
from bot.training import trained
from data.civic.errors import BianminError, Mistake, Mistakes, TrainingFailed
from data.civic.ids import DraftId, ReleaseId
from data.civic.knowing.drafts import Draft
from data.civic.knowing.releases import Manifest, Origin, Release
from data.content.files import manifest_of
from data.content.reader import read as read_files
from handlers.acts.drafts import files_of
from handlers.directory import Directory
from handlers.office import Office
from handlers.own_words import completed
from intents.artifact import digest_of
from intents.search import GuideSearch
from intents.understand import Ear

KEPT = 2
"""How many prepared drafts stay at hand: each is heavy."""

READ, TRAINED = 0.1, 0.9
"""How far it is when the files are read, and when the model is there."""


class Stage(StrEnum):
    """How far the making of a draft has come."""

    NONE = "none"
    READING = "reading"
    TRAINING = "training"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is, and what is wrong where it failed."""

    state: Stage = Stage.NONE
    share: float = 0.0
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong in the content."""
    why: str = ""
    """Why the training failed, in one word of `training.Why`; `store`: the database is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a draft would be, ready to be asked."""

    release: Release
    ear: Ear = field(repr=False)
    office: Office = field(repr=False)
    """The house's office, with release, ear and search of the draft."""
    manifest: Manifest
    files: Mapping[str, bytes] = field(repr=False)
    model: bytes = field(repr=False)


_Key = tuple[ReleaseId, str]


class _Job:
    """One draft on the bench, or waiting for it."""

    def __init__(
        self, draft: DraftId, make: Callable[["_Job"], Coroutine[Any, Any, Prepared]]
    ) -> None:
        self.draft = draft
        self.progress = Progress(state=Stage.READING)
        self.awaited = 0
        self.task = asyncio.create_task(make(self))
        self.task.add_done_callback(_looked_at)

    def reached(self, state: Stage, share: float) -> None:
        self.progress = Progress(state=state, share=share)

    @property
    def may_go_better(self) -> bool:
        """Say whether it failed by what may have changed since: the machine, the database."""
        return self.progress.state is Stage.FAILED and not self.progress.mistakes


class Workshop:
    """Prepares one draft at a time, each content once, and keeps the last two at hand."""

    def __init__(self, current: Current, directory: Directory, models: Path) -> None:
        self._current = current
        self._directory = directory
        self._models = models
        self._bench = asyncio.Lock()
        self._jobs: OrderedDict[_Key, _Job] = OrderedDict()

    def begin(self, draft: Draft) -> None:
        """Begin to prepare a draft as it reads now.

        Idempotent: the same content is prepared once; what failed by the machine is tried again.
        """
        key = _key(draft)
        known = self._jobs.get(key)
        if known is None or known.may_go_better:
            self._leave(draft)
            self._jobs[key] = _Job(draft.id, partial(self._make, draft))
        self._jobs.move_to_end(key)
        self._forget()

    def progress(self, draft: Draft) -> Progress:
        """Tell how far a draft is as it reads now."""
        job = self._jobs.get(_key(draft))
        return job.progress if job else Progress()

    async def prepared(self, draft: Draft) -> Prepared:
        """Prepare a draft as it reads now, or wait until it is.

        Raises:
            Mistakes: its content is wrong; every mistake with file and line.
            TrainingFailed: its model could not be made.
            StoreUnavailable: its texts cannot be fetched.
        """
        self.begin(draft)
        job = self._jobs[_key(draft)]
        job.awaited += 1
        try:
            return await asyncio.shield(job.task)
        finally:
            job.awaited -= 1

    async def stop(self) -> None:
        """Leave everything; a training that runs is ended."""
        tasks = [job.task for job in self._jobs.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._jobs.clear()

    def _leave(self, draft: Draft) -> None:
        """Leave what nobody waits for any more: the same draft as it read before."""
        for key, job in list(self._jobs.items()):
            if job.draft == draft.id and not job.awaited and not job.task.done():
                job.task.cancel()
                del self._jobs[key]

    def _forget(self) -> None:
        done = [key for key, job in self._jobs.items() if job.task.done()]
        for key in done[:-KEPT]:
            del self._jobs[key]

    async def _make(self, draft: Draft, job: _Job) -> Prepared:
        try:
            async with self._bench:
                made = await self._made(draft, job)
        except Mistakes as error:
            job.progress = Progress(state=Stage.FAILED, mistakes=error.mistakes)
            raise
        except TrainingFailed as error:
            job.progress = Progress(state=Stage.FAILED, why=error.why)
            raise
        except BianminError:
            job.progress = Progress(state=Stage.FAILED, why="store")
            raise
        finally:
            asyncio.get_running_loop().call_soon(self._forget)
        job.reached(Stage.READY, 1.0)
        return made

    async def _made(self, draft: Draft, job: _Job) -> Prepared:
        office = self._current.office()
        files = await files_of(office, draft)
        read = await asyncio.to_thread(_checked, self._directory, files)
        job.reached(Stage.TRAINING, READ)
        model = await self._model(draft, office, read, job)
        job.reached(Stage.TRAINING, TRAINED)
        return await asyncio.to_thread(_ready, office, read, files, model)

    async def _model(self, draft: Draft, office: Office, read: Release, job: _Job) -> bytes:
        """Take the model that is served, where nothing else is to be learnt; or train one."""

        def tell(share: float) -> None:
            job.reached(Stage.TRAINING, READ + (TRAINED - READ) * share)

        served = office.release
        if draft.base == served.id and await asyncio.to_thread(_teach_the_same, read, served):
            return await office.stores.releases.model(served.id)
        return await trained(read, self._models, report=tell)


def _checked(directory: Directory, files: Mapping[str, bytes]) -> Release:
    """Read a draft as it would be served."""
    read = completed(read_files(files, manifest=manifest_of(files)))
    if mistakes := directory.check(read):
        raise Mistakes(mistakes)
    return read


def _teach_the_same(one: Release, other: Release) -> bool:
    return lessons_of(one) == lessons_of(other)


def _key(draft: Draft) -> _Key:
    return draft.base, draft.content


def _ready(office: Office, read: Release, files: Mapping[str, bytes], model: bytes) -> Prepared:
    """Open the ear and the search of a release that was read. Tenths of a second of CPU."""
    manifest = manifest_of(files, model=digest_of(model))
    release = replace(read, id=manifest.id, origin=Origin.CONSOLE)
    ear = Ear(release, opened(model, digest=manifest.model))
    return Prepared(
        release=release,
        ear=ear,
        office=replace(office, release=release, ear=ear, search=GuideSearch(release)),
        manifest=manifest,
        files=files,
        model=model,
    )


def _looked_at(task: "asyncio.Task[Prepared]") -> None:
    """Take note of how a task ended, where nobody waits for it: its progress tells."""
    if not task.cancelled():
        task.exception()
