"""Keys of handles: what alone leads from a name in the audit log back to somebody.

The log stands for ever and never names a handle of the roster: it names what is derived from a
random key that each person has. Whoever is purged loses the key, here and in the keyring of the
backups; the entries stay as they are, and the chain fits, but they speak of nobody any more.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence

from pymongo import ASCENDING, UpdateOne

from data.civic.ports import Seal
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "handles"
INDEXES = ()
NAME = re.compile(r"\b(?:person|household)-[0-9a-f]{10}\b")
"""How `identity.named` and a code's holder are written."""
ALIAS_DIGITS = 16
PAGE = 5_000

_BY_ID = [("_id", ASCENDING)]


class Handles:
    """The keys of all handles that were ever named in the log and were not destroyed."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._seal = seal

    async def hidden(self, text: str) -> str:
        """Write a text with aliases for the handles in it; who has no key is given one."""
        if not (names := NAME.findall(text)):
            return text
        keys = await self.keys(names)
        return NAME.sub(lambda found: alias(found[0], keys[found[0]]), text)

    async def known(self, text: str) -> str:
        """Write a text as the log has it, to search by; nobody is given a key for that."""
        if not (names := NAME.findall(text)):
            return text
        keys = await self._some(names)
        return NAME.sub(
            lambda found: alias(found[0], keys[found[0]]) if found[0] in keys else found[0], text
        )

    async def keys(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Give the keys of these handles; those that have none are given one."""
        wanted = sorted(set(names))
        standing = dict(await self._some(wanted))
        missing = [one for one in wanted if one not in standing]
        for at in range(0, len(missing), PAGE):
            batch = missing[at : at + PAGE]
            await self._collection.write_all([self._fresh(one) for one in batch])
            standing |= await self._some(batch)  # another process may have been first
        return standing

    async def all(self) -> Mapping[str, bytes]:
        """Give every key: for the keyring of the backups alone."""
        found: dict[str, bytes] = {}
        after = ""
        while page := await self._collection.find({"_id": {"$gt": after}}, sort=_BY_ID, limit=PAGE):
            found |= {one["_id"]: self._open(one) for one in page}
            after = page[-1]["_id"]
        return found

    async def put_back(self, keys: Mapping[str, bytes]) -> None:
        """Enter keys from a keyring; one that stands is left as it is."""
        given = sorted(keys.items())
        for at in range(0, len(given), PAGE):
            writes = [self._entered(name, key) for name, key in given[at : at + PAGE]]
            await self._collection.write_all(writes)

    async def destroy(self, names: Sequence[str]) -> int:
        """Destroy keys for good; tell how many stood."""
        wanted, gone = sorted(set(names)), 0
        for at in range(0, len(wanted), PAGE):
            gone += await self._collection.delete({"_id": {"$in": wanted[at : at + PAGE]}})
        return gone

    async def _some(self, names: Sequence[str]) -> Mapping[str, bytes]:
        found: dict[str, bytes] = {}
        for at in range(0, len(names), PAGE):
            batch = list(names[at : at + PAGE])
            page = await self._collection.find({"_id": {"$in": batch}}, limit=len(batch))
            found |= {one["_id"]: self._open(one) for one in page}
        return found

    def _fresh(self, name: str) -> UpdateOne:
        return self._entered(name, self._seal.secret())

    def _entered(self, name: str, key: bytes) -> UpdateOne:
        sealed = self._seal.encrypt(key.hex(), bound_to=f"handle/{name}")
        return UpdateOne({"_id": name}, {"$setOnInsert": {"key": sealed}}, upsert=True)

    def _open(self, document: Document) -> bytes:
        name = document["_id"]
        return bytes.fromhex(self._seal.decrypt(document["key"], bound_to=f"handle/{name}"))


def alias(name: str, key: bytes) -> str:
    """Derive what the log writes in place of a name; it is no name itself."""
    kind = name.partition("-")[0]
    return f"{kind}-{hmac.new(key, b'audit', hashlib.sha256).hexdigest()[:ALIAS_DIGITS]}"
