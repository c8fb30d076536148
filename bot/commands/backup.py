"""`backup` and `restore`: take everything out, bring it back, forget what was destroyed."""

from pathlib import Path
from typing import Annotated

import typer

from bot.backups.restoring import NOTHING, Filled, Keyring, fill, read_keyring
from bot.backups.writing import KEYRING, Tell, Written, write_backup
from bot.clock import SystemClock
from bot.commands.terminal import run, say
from bot.house import opened, store_opened
from bot.keys import house_key
from bot.logs import set_up
from bot.progress import bar
from bot.settings import Settings, read_settings
from bot.signing import backup_key
from data.civic.errors import BadInput
from data.store.archive import Archive
from data.store.mongo import WORKERS_MS
from handlers.acts.verify_audit import verify


def backup(
    to: Annotated[
        Path | None, typer.Option(help="Where to write it; else BIANMIN_BACKUP_DIR.")
    ] = None,
) -> None:
    """Write everything into one encrypted file, and the keyring of people beside it."""
    set_up("warning")
    settings = read_settings()
    with bar("backup") as moved:
        try:
            (to or settings.backups).mkdir(parents=True, exist_ok=True, mode=0o700)
            made = run(_backup(settings, to or settings.backups, moved))
        except OSError as error:
            raise BadInput(f"cannot write to {to or settings.backups}: {error.strerror}") from error
    say(f"wrote {made.file}: {made.documents} documents; {made.keyring}: {made.keys} keys")
    say("keep many backups, and of the keyring the newest alone: what it has lost stays destroyed")
    say(f"both open with the house key only ({settings.house_key}): keep a copy of it elsewhere")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    keyring: Annotated[
        Path | None, typer.Option(help=f"The newest keyring; else {KEYRING} beside the backup.")
    ] = None,
    without_keyring: Annotated[  # noqa: FBT002  (a flag of the command line)
        bool, typer.Option("--without-keyring", help="Do without what is of people.")
    ] = False,
    replace: Annotated[  # noqa: FBT002  (the same)
        bool, typer.Option("--replace", help="Lose what stands in the database.")
    ] = False,
) -> None:
    """Fill an empty database from a backup, and destroy again what was destroyed since."""
    set_up("warning")
    settings = read_settings()
    key = backup_key(house_key(settings.house_key, make=False))
    keys = _keyring(keyring or file.with_name(KEYRING), key, without=without_keyring)
    with bar("restore") as moved:
        filled = run(_fill(settings, file, keys, replace=replace, tell=moved))
    say(f"restored {filled.documents} documents from {file}")
    if filled.left_out:
        say(f"{filled.left_out} of people and events that were purged since were left out")
    records, entries, broken = run(_replay(settings))
    say(f"{records} deletions replayed")
    if broken is not None:
        raise BadInput(f"the audit log is broken at entry {broken}: compare with another backup")
    say(f"the audit log is whole: {entries} entries; bianmin serve may start")


async def _backup(settings: Settings, place: Path, tell: Tell) -> Written:
    async with store_opened(settings, timeout_ms=WORKERS_MS) as stores:
        key = backup_key(house_key(settings.house_key, make=False))
        archive, now = Archive(stores.database), SystemClock().now()
        return await write_backup(archive, stores.handles, place, key=key, at=now, tell=tell)


async def _fill(
    settings: Settings, file: Path, keyring: Keyring, *, replace: bool, tell: Tell
) -> Filled:
    async with store_opened(settings, timeout_ms=WORKERS_MS) as stores:
        key = backup_key(house_key(settings.house_key, make=False))
        return await fill(stores, file, keyring, key=key, replace=replace, tell=tell)


async def _replay(settings: Settings) -> tuple[int, int, int | None]:
    """Open the house, which replays before all else; then walk the audit log."""
    async with opened(settings, timeout_ms=WORKERS_MS) as house:
        records = len(await house.stores.deletions.all())
        return (records, *await verify(house.stores.audit))


def _keyring(file: Path, key: bytes, *, without: bool) -> Keyring:
    if without:
        return NOTHING
    if not file.exists():
        raise BadInput(
            f"no keyring at {file}: name it with --keyring; without it all that is of people is "
            "lost (--without-keyring)"
        )
    return read_keyring(file, key)
