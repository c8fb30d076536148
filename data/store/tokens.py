"""Tokens for `api/staff`, by their hashes."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.errors import NotFound
from data.civic.ids import StaffId
from data.civic.people import ApiToken
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "api_tokens"

_NEWEST_FIRST = [("created_at", DESCENDING)]

INDEXES = (IndexModel([("staff", ASCENDING), *_NEWEST_FIRST], name="staff"),)

_VALID = {"revoked": False, "$expr": {"$gt": ["$expires_at", "$$NOW"]}}


class ApiTokens:
    """All tokens ever made; what is no longer valid stays to be listed."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def put(self, token: ApiToken) -> None:
        """Keep a new token. Idempotent."""
        await self._collection.replace({"_id": token.hash}, to_document(token), upsert=True)

    async def get(self, hash: str) -> ApiToken | None:  # noqa: A002  (the record's own word)
        """Fetch a token that is valid now, by the server's clock."""
        document = await self._collection.find_one({"_id": hash, **_VALID})
        return from_document(document) if document else None

    async def revoke(self, hash: str) -> None:  # noqa: A002
        """Make a token invalid. Idempotent.

        Raises:
            NotFound: there is no such token.
        """
        if not await self._collection.update({"_id": hash}, {"$set": {"revoked": True}}):
            raise NotFound("there is no such token: see the list of tokens")

    async def of(self, staff: StaffId, limit: int) -> list[ApiToken]:
        """List the tokens of one member of staff, newest first."""
        found = await self._collection.find({"staff": staff}, sort=_NEWEST_FIRST, limit=limit)
        return [from_document(one) for one in found]


def to_document(token: ApiToken) -> Document:
    """Write a token; schema 1."""
    return {
        "_id": token.hash,
        "name": token.name,
        "staff": token.staff,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "revoked": token.revoked,
    }


def from_document(document: Document) -> ApiToken:
    """Read a token; schema 1."""
    return ApiToken(
        hash=document["_id"],
        name=document["name"],
        staff=document["staff"],
        created_at=document["created_at"],
        expires_at=document["expires_at"],
        revoked=document["revoked"],
    )
