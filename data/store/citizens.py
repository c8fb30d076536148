"""Sessions of citizens: who has signed in through which platform, by the hash of the token."""

from pymongo import ASCENDING, IndexModel

from data.civic.people import CitizenSession
from data.store.collection import Document
from data.store.conversations import key_from_document, key_to_document
from data.store.mongo import Database

COLLECTION = "citizen_sessions"

INDEXES = (IndexModel([("expires_at", ASCENDING)], name="purge", expireAfterSeconds=0),)

_VALID = {"$expr": {"$gt": ["$expires_at", "$$NOW"]}}


class CitizenSessions:
    """The sessions of citizens; those that have ended by the server's clock are not there."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def put(self, session: CitizenSession) -> None:
        """Begin a session. Idempotent."""
        await self._collection.replace(
            {"_id": session.token_hash}, to_document(session), upsert=True
        )

    async def get(self, token_hash: str) -> CitizenSession | None:
        """Fetch a session that has not ended."""
        document = await self._collection.find_one({"_id": token_hash, **_VALID})
        return from_document(document) if document else None

    async def end(self, token_hash: str) -> None:
        """End a session. Idempotent."""
        await self._collection.delete({"_id": token_hash})


def to_document(session: CitizenSession) -> Document:
    """Write a session; schema 1."""
    return {
        "_id": session.token_hash,
        "key": key_to_document(session.key),
        "app_id": session.app_id,
        "created_at": session.created_at,
        "expires_at": session.expires_at,
    }


def from_document(document: Document) -> CitizenSession:
    """Read a session; schema 1."""
    return CitizenSession(
        token_hash=document["_id"],
        key=key_from_document(document["key"]),
        app_id=document["app_id"],
        created_at=document["created_at"],
        expires_at=document["expires_at"],
    )
