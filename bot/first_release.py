"""Make the shipped content files the current release, unless staff have made one since."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.models import model_of, opened
from data.civic.errors import Conflict, Mistake, Mistakes
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Manifest, Origin, Release
from data.civic.ports import Clock
from data.content.files import manifest_of, shipped
from data.content.reader import read
from data.store.releases import Releases
from handlers.directory import Directory
from intents.artifact import digest_of
from intents.understand import Ear

Gate = Callable[[Release, Ear], Awaitable[tuple[str, ...]]]
"""Asks a release its golden questions; tells what is wrong with each that fails."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """Release one as it stands in the files, with the model made of it."""

    release: Release
    manifest: Manifest
    files: Mapping[str, bytes] = field(repr=False)
    model: bytes = field(repr=False)

    def ear(self) -> Ear:
        """Open the ear of this release."""
        return Ear(self.release, opened(self.model, digest=self.manifest.model))


def checked(directory: Directory, files: Mapping[str, bytes]) -> Release:
    """Read content files without a model, and check that everything in them is answered.

    Raises:
        Mistakes: the content is wrong; every mistake with file and line.
    """
    draft = read(files, manifest=manifest_of(files))
    if mistakes := directory.check(draft):
        raise Mistakes(mistakes)
    return draft


def shipped_release(
    cache: Path, directory: Directory, *, report: Callable[[float], None] | None = None
) -> Shipped:
    """Read the shipped files and train their model. Seconds of CPU: not for the event loop.

    Raises:
        Mistakes: the content is wrong; every mistake with file and line.
    """
    files = shipped()
    model = model_of(checked(directory, files), cache, report=report)
    manifest = manifest_of(files, model=digest_of(model))
    release = read(files, manifest=manifest)
    return Shipped(release=release, manifest=manifest, files=files, model=model)


async def install(
    releases: Releases, cache: Path, directory: Directory, clock: Clock, *, gate: Gate
) -> ReleaseId:
    """Put the shipped release into the store and make it current, if files still rule.

    Idempotent, and safe when several processes start at once.

    Raises:
        Mistakes: the content is wrong, or golden questions are answered wrongly.
    """
    standing = await releases.current()
    if standing is not None and not await _is_outdated(releases, standing):
        return standing
    one = await asyncio.to_thread(shipped_release, cache, directory)
    if failing := await gate(one.release, one.ear()):
        raise Mistakes(tuple(Mistake(where="golden", what=what) for what in failing))
    made = await releases.put(
        one.manifest, one.files, one.model, origin=Origin.FILES, at=clock.now()
    )
    try:
        await releases.make_current(made, expected=standing)
    except Conflict:
        log.info("another process was first to make a release current", wanted=made)
    return await releases.current() or made


async def _is_outdated(releases: Releases, standing: ReleaseId) -> bool:
    """Say whether a release of files stands that is not the one shipped now, unless chosen."""
    if await releases.chosen():
        return False
    stored = await releases.load(standing)
    fresh = await asyncio.to_thread(lambda: manifest_of(shipped()))
    return stored.origin is Origin.FILES and stored.manifest.files != fresh.files
