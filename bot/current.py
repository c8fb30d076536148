"""The release that answers now: read from the store, followed without a restart."""

import asyncio
from dataclasses import replace

import structlog

from bot.memory import settle
from bot.metrics import RELEASE
from bot.models import opened
from data.civic.errors import BianminError, Mistake, Mistakes, NotFound
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Release
from data.civic.knowing.samples import samples
from data.store.releases import StoredRelease
from handlers.directory import Directory
from handlers.office import Office
from handlers.own_words import completed
from intents.search import GuideSearch
from intents.understand import Ear

LOOK_EVERY_S = 1.0

log = structlog.get_logger()


class Current:
    """Holds the office of the current release, and swaps it whole when another becomes current."""

    def __init__(self, office: Office, directory: Directory) -> None:
        self._office = office
        self._directory = directory

    def office(self) -> Office:
        """Give the office as it is now; a turn keeps the one it began with."""
        return self._office

    async def follow(self) -> None:
        """Look for another release every second, for ever; keep the last good one."""
        refused: ReleaseId | None = None
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                refused = await self._look(refused)
            except BianminError as error:
                log.warning("current release not read", error=str(error)[:200])

    async def _look(self, refused: ReleaseId | None) -> ReleaseId | None:
        """Take over a new current release; name one that cannot be served, and stay."""
        wanted = await self._office.stores.releases.current()
        if wanted is None or wanted in (self._office.release.id, refused):
            return refused
        try:
            stored = await self._office.stores.releases.load(wanted)
            release, ear = await asyncio.to_thread(
                open_release, stored, self._directory, production=self._office.production
            )
            search = await asyncio.to_thread(GuideSearch, release)
        except (Mistakes, NotFound) as error:
            log.warning("release refused", release=wanted, error=str(error)[:500])
            return wanted
        self._office = replace(self._office, release=release, ear=ear, search=search)
        settle()
        RELEASE.clear()
        RELEASE.labels(release.version).set(1)
        log.info("release taken over", release=release.id)
        return None


def open_release(
    stored: StoredRelease, directory: Directory, *, production: bool = False
) -> tuple[Release, Ear]:
    """Read a stored release and open its model. Takes a second: not for the event loop.

    What an older release has no words for yet is said in the program's own.

    Raises:
        Mistakes: its content is wrong, or something in it would go unanswered, or in production
            it holds samples that nobody has adopted.
    """
    release = completed(stored.read())
    if release.lent:
        log.warning(
            "words come from the program until a release has them",
            release=release.version,
            words=sorted(release.lent),
        )
    mistakes = directory.check(release)
    if production:
        mistakes += sampled(release)
    if mistakes:
        raise Mistakes(mistakes)
    return release, Ear(release, opened(stored.model, digest=stored.manifest.model))


def sampled(release: Release) -> tuple[Mistake, ...]:
    """List what departments have to adopt or take down before citizens are served for real."""
    what = (
        "samples that nobody has adopted: {left}. Run `bianmin guides export`, let the department "
        "fill in its workbook, then `bianmin guides adopt` it"
    )
    return tuple(
        Mistake(where=department or "places", what=what.format(left=left))
        for department, left in samples(release).items()
    )
