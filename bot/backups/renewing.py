"""Keep the keyring beside the backups from knowing what has been destroyed since."""

from datetime import UTC, datetime

from bot.backups.writing import KEYRING, write_keyring
from bot.keys import house_key
from bot.settings import Settings
from bot.signing import backup_key
from data.store.archive import Archive
from data.store.stores import Stores


async def renew_keyring(settings: Settings, stores: Stores) -> bool:
    """Write the keyring anew where one stands that is older than the newest deletion."""
    place = settings.backups
    newest = await stores.deletions.newest()
    if newest is None or not (place / KEYRING).exists():
        return False
    written = datetime.fromtimestamp((place / KEYRING).stat().st_mtime, UTC)
    if written > newest.at:
        return False
    key = backup_key(house_key(settings.house_key, make=False))
    archive = Archive(stores.database)
    await write_keyring(archive, stores.handles, place, key=key, at=newest.at)
    return True
