"""Keep the keyring beside the backups from knowing what has been destroyed since."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.backups.restoring import read_keyring
from bot.backups.writing import KEYRING, write_keyring
from bot.keys import house_key
from bot.settings import Settings
from bot.signing import backup_key
from data.civic.errors import BadInput
from data.store.archive import Archive
from data.store.stores import Stores


async def renew_keyring(settings: Settings, stores: Stores, *, at: datetime) -> bool:
    """Write the keyring anew where one stands that holds a destroyed key, or lacks a deletion.

    What it holds is compared, never its date: a keyring may be written, or copied, in the midst
    of a deletion. The keys are compared, too: whoever lost one may have a new one by now, and
    what goes by its age leaves no record.
    """
    file = settings.backups / KEYRING
    if not file.exists():
        return False
    key = backup_key(house_key(settings.house_key, make=False))
    archive = Archive(stores.database)
    standing, books = await stores.handles.all(), await archive.closed_books()
    known = {name: tuple(documents) for name, documents in books.items()}
    if await asyncio.to_thread(_fits, file, key, standing, known):
        return False
    await write_keyring(archive, stores.handles, file.parent, key=key, at=at)
    return True


def _fits(
    file: Path,
    key: bytes,
    standing: Mapping[str, bytes],
    books: Mapping[str, tuple[bytes, ...]],
) -> bool:
    """Say whether a keyring is as it should be; one that cannot be read is of use to nobody."""
    try:
        kept = read_keyring(file, key)
    except BadInput:
        return False
    return kept.keys.items() <= standing.items() and kept.books == books
