"""Sessions of staff at the console, by the hash of the cookie's token."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import StaffId
from data.civic.people import StaffSession
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "staff_sessions"

INDEXES = (
    IndexModel([("staff", ASCENDING)], name="staff"),
    IndexModel([("expires_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)

_VALID = {"$expr": {"$gt": ["$expires_at", "$$NOW"]}}


class StaffSessions:
    """The sessions of staff; those that have ended by the server's clock are not there."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def put(self, session: StaffSession) -> None:
        """Begin a session. Idempotent."""
        await self._collection.replace(
            {"_id": session.token_hash}, to_document(session), upsert=True
        )

    async def get(self, token_hash: str) -> StaffSession | None:
        """Fetch a session that has not ended."""
        document = await self._collection.find_one({"_id": token_hash, **_VALID})
        return from_document(document) if document else None

    async def of(self, staff: StaffId, limit: int = 100) -> list[StaffSession]:
        """List the sessions of one member of staff that have not ended."""
        found = await self._collection.find({"staff": staff, **_VALID}, limit=limit)
        return [from_document(one) for one in found]

    async def touch(self, token_hash: str, *, at: datetime) -> None:
        """Note that somebody was there. Idempotent; a session that ended stays so."""
        await self._collection.update({"_id": token_hash}, {"$max": {"seen_at": at}})

    async def end(self, token_hash: str) -> None:
        """End a session. Idempotent."""
        await self._collection.delete({"_id": token_hash})

    async def end_all_of(self, staff: StaffId) -> int:
        """End every session of one member of staff; say how many."""
        return await self._collection.delete({"staff": staff})

    async def end_one_of(self, staff: StaffId, token_hash: str) -> int:
        """End one session if it is this member of staff's; say how many. Idempotent."""
        return await self._collection.delete({"_id": token_hash, "staff": staff})

    async def end_others_of(self, staff: StaffId, but: str) -> int:
        """End every session of one member of staff but one; say how many."""
        return await self._collection.delete({"staff": staff, "_id": {"$ne": but}})


def to_document(session: StaffSession) -> Document:
    """Write a session; schema 1."""
    return {
        "_id": session.token_hash,
        "staff": session.staff,
        "csrf": session.csrf,
        "created_at": session.created_at,
        "seen_at": session.seen_at,
        "expires_at": session.expires_at,
        "half": session.half,
        "browser": session.browser,
        "address": session.address,
    }


def from_document(document: Document) -> StaffSession:
    """Read a session; schema 1."""
    return StaffSession(
        token_hash=document["_id"],
        staff=document["staff"],
        csrf=document["csrf"],
        created_at=document["created_at"],
        seen_at=document["seen_at"],
        expires_at=document["expires_at"],
        half=document.get("half", False),
        browser=document.get("browser", ""),
        address=document.get("address", ""),
    )
