"""Contents of releases, each kept once under its digest, in pieces that a document can hold."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bson import Binary
from pymongo import InsertOne

from data.civic.errors import StoreUnavailable
from data.store.collection import Document
from data.store.failures import DUPLICATE_KEY
from data.store.mongo import Database

COLLECTION = "release_contents"
INDEXES = ()

PIECE = 4 << 20
"""Bytes of one document; MongoDB takes 16 MB."""
TOGETHER = 64
"""Most documents of one request."""

Sizes = Mapping[str, int]
"""Digest (SHA-256, 64 hex digits) → length in bytes."""


def digest_of(content: bytes) -> str:
    """Tell the SHA-256 of a content: 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


class Contents:
    """Bytes under their digests. What two releases share is kept once."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def put(self, contents: Sequence[bytes]) -> Sizes:
        """Keep all, and tell under which digests. Idempotent.

        Raises:
            StoreUnavailable: not all could be written; what was written does no harm.
        """
        for group in _groups(_pieces(contents)):
            stand = await self._standing([piece["_id"] for piece in group])
            new = [InsertOne(piece) for piece in group if piece["_id"] not in stand]
            refused = await self._collection.write_all(new) if new else {}
            if set(refused.values()) - {DUPLICATE_KEY}:
                raise StoreUnavailable(f"{COLLECTION}: not all of a release could be written")
        return {digest_of(content): len(content) for content in contents}

    async def load(self, sizes: Sizes) -> Mapping[str, bytes]:
        """Fetch contents by their digests; a damaged or missing one is left out."""
        found = await self._found(
            [_id(digest, at) for digest, size in sizes.items() for at in _starts(size)]
        )
        whole = {
            digest: b"".join(found.get(_id(digest, at), b"") for at in _starts(size))
            for digest, size in sizes.items()
        }
        return {
            digest: content for digest, content in whole.items() if len(content) == sizes[digest]
        }

    async def small(self, digests: Iterable[str]) -> Mapping[str, bytes]:
        """Fetch contents of at most `PIECE` bytes by their digests; a missing one is left out."""
        wanted = {_id(digest, 0): digest for digest in digests}
        found = await self._found(list(wanted))
        return {wanted[id_]: content for id_, content in found.items()}

    async def _standing(self, ids: Sequence[str]) -> set[str]:
        wanted = {"_id": {"$in": list(ids)}}
        found = await self._collection.find(wanted, limit=len(ids), fields=["_id"])
        return {one["_id"] for one in found}

    async def _found(self, wanted: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(wanted), TOGETHER):
            ids = wanted[start : start + TOGETHER]
            for piece in await self._collection.find({"_id": {"$in": ids}}, limit=len(ids)):
                found[piece["_id"]] = piece["bytes"]
        return found


def _pieces(contents: Iterable[bytes]) -> Iterator[Document]:
    for content in contents:
        digest = digest_of(content)
        for at in _starts(len(content)):
            yield {"_id": _id(digest, at), "bytes": Binary(content[at : at + PIECE])}


def _starts(size: int) -> range:
    return range(0, max(size, 1), PIECE)


def _id(digest: str, at: int) -> str:
    return f"{digest}/{at // PIECE}"


def _groups(pieces: Iterable[Document]) -> Iterator[Sequence[Document]]:
    """Put pieces together while they are few and small."""
    group: list[Document] = []
    size = 0
    for piece in pieces:
        if group and (len(group) >= TOGETHER or size + len(piece["bytes"]) > PIECE):
            yield group
            group, size = [], 0
        group.append(piece)
        size += len(piece["bytes"])
    if group:
        yield group
