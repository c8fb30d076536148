"""Access tokens of the platforms, fetched by one process and used by all; kept sealed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bson import Binary
from pymongo import ASCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ports import Seal
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "platform_tokens"

INDEXES = (IndexModel([("expires_at", ASCENDING)], name="purge", expireAfterSeconds=0),)

_PURPOSE = "platform token"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformToken:
    """What one app may call its platform with, until it expires."""

    app_id: str
    token: str = field(repr=False)
    expires_at: datetime


class PlatformTokens:
    """The newest token of each app; one that has expired by the server's clock is not there."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._seal = seal

    async def get(self, app_id: str) -> PlatformToken | None:
        """Fetch the token of an app.

        Raises:
            BadInput: it was sealed with another key.
        """
        valid = {"$expr": {"$gt": ["$expires_at", "$$NOW"]}}
        document = await self._collection.find_one({"_id": app_id, **valid})
        return from_document(document, self._seal) if document else None

    async def put(self, token: PlatformToken, *, instead_of: str | None) -> None:
        """Put a token in the place of the one that was known, or of none that is valid.

        Raises:
            Conflict: another process has put a newer one; fetch that.
        """
        document = to_document(token, self._seal)
        exchange = {"$cond": [self._known(instead_of), {"$literal": document}, "$$ROOT"]}
        standing = await self._collection.take(
            {"_id": token.app_id}, [{"$replaceWith": exchange}], upsert=True
        )
        if standing is None or standing["mark"] != document["mark"]:
            raise Conflict(f"the token of {token.app_id} is newer already: fetch it")

    def _known(self, token: str | None) -> dict[str, Any]:
        ended = {"$lte": ["$expires_at", "$$NOW"]}  # true of one that is not there
        if token is None:
            return ended
        return {"$or": [{"$eq": ["$mark", self._seal.keyed_hash(_PURPOSE, token)]}, ended]}


def to_document(token: PlatformToken, seal: Seal) -> Document:
    """Write a token, sealed; schema 1."""
    return {
        "_id": token.app_id,
        "sealed": Binary(seal.encrypt(token.token, bound_to=token.app_id)),
        "mark": seal.keyed_hash(_PURPOSE, token.token),
        "expires_at": token.expires_at,
    }


def from_document(document: Document, seal: Seal) -> PlatformToken:
    """Read a token; schema 1."""
    return PlatformToken(
        app_id=document["_id"],
        token=seal.decrypt(document["sealed"], bound_to=document["_id"]),
        expires_at=document["expires_at"],
    )
