"""`check`: settings, accounts and content, every mistake at once."""

from pathlib import Path

from bot.accounts import read_accounts
from bot.commands.terminal import run, say
from bot.first_release import checked
from bot.logs import set_up
from bot.settings import Settings, read_settings
from data.civic.errors import Mistake, Mistakes, NotFound, StoreUnavailable
from data.civic.knowing.releases import Release
from data.content.adopting import path_of
from data.content.files import seeds, shipped
from data.content.reader import read_words
from data.content.seeding import read_seeds
from data.store.mongo import connect
from data.store.releases import Releases
from handlers.directory import directory

REACHED_WITHIN_MS = 3_000
"""So long a database is waited for: what it holds is a note, no mistake."""


def check() -> None:
    """Check settings, accounts and content; name every mistake with file and line."""
    set_up("warning")
    wrong: list[Mistake] = []
    release: Release | None = None
    settings: Settings | None = None
    production = False
    try:
        settings = read_settings()
        production = settings.production
        wrong += _accounts(settings.accounts)
    except Mistakes as error:
        wrong += error.mistakes
    try:
        release = checked(directory(), shipped())
        if not production:  # which never loads them: a county may have left the sample villages
            read_seeds(seeds(), release)
    except Mistakes as error:
        wrong += error.mistakes
    if wrong or release is None:
        raise Mistakes(tuple(wrong))
    say(
        f"all right: {len(release.intents)} intents, {len(release.guides)} guides, "
        f"{len(release.bundles)} bundles, {len(release.words)} sentences, "
        f"{len(release.sources)} sources"
    )
    for one in release.lapsed:
        say(
            f"warning: {path_of(one.department)}: {one}: its words have changed since {one.by} "
            f"adopted them on {one.on}: export and adopt it anew, or take the adoption out"
        )
    if settings is not None and (uri := settings.uri()):
        _tell_lent(run(_served_words(uri, settings.database)), release)


def _tell_lent(served: frozenset[str] | None, release: Release) -> None:
    """Note which words this program would say in its own way, for the served release has none."""
    if served is not None and (lent := sorted(release.words.keys() - served)):
        say(
            f"note: the release that is served has no words for {', '.join(lent)}: the program's "
            "own are said until a release has them (the console has a draft after the start)"
        )


async def _served_words(uri: str, name: str) -> frozenset[str] | None:
    """Name the words of the release that is served; None: none is, or nobody can tell now."""
    database = await connect(uri, name=name, timeout_ms=REACHED_WITHIN_MS)
    releases = Releases(database)
    try:
        current = await releases.current()
        return frozenset(read_words((await releases.files(current)).files)) if current else None
    except (StoreUnavailable, NotFound, Mistakes):
        return None
    finally:
        await database.close()


def _accounts(path: Path | None) -> tuple[Mistake, ...]:
    if path is None:
        return ()
    try:
        read_accounts(path)
    except Mistakes as error:
        return error.mistakes
    return ()
