"""`check`: settings, accounts and content, every mistake at once."""

from pathlib import Path

from bot.accounts import read_accounts
from bot.commands.terminal import say
from bot.first_release import checked
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.errors import Mistake, Mistakes
from data.civic.knowing.releases import Release
from data.content.adopting import path_of
from data.content.files import seeds, shipped
from data.content.seeding import read_seeds
from handlers.directory import directory


def check() -> None:
    """Check settings, accounts and content; name every mistake with file and line."""
    set_up("warning")
    wrong: list[Mistake] = []
    release: Release | None = None
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


def _accounts(path: Path | None) -> tuple[Mistake, ...]:
    if path is None:
        return ()
    try:
        read_accounts(path)
    except Mistakes as error:
        return error.mistakes
    return ()
