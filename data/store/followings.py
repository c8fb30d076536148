"""Followings: who wants to hear of warnings for which place, and what each has been told.

What was told is noted for all places of a conversation: a warning for two of them comes once.
"""

from collections.abc import Iterable
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode, ConversationId
from data.civic.sending.followings import Audience, Following, Whose
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "followings"
MOST = 50
"""Places of one conversation."""
TOLD = 100
"""Informings that are remembered as told."""

INDEXES = (IndexModel([("area", ASCENDING)], name="area"),)


class Followings:
    """All followings; one that is stopped is gone at once."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def follow(self, following: Following) -> None:
        """Begin to follow a place; who follows it already keeps the day. Idempotent."""
        new = {
            "conversation": following.conversation,
            "area": following.area,
            "since": following.since,
            "told": [],
        }
        await self._collection.update(
            {"_id": _id(following.conversation, following.area)},
            {"$set": {"whose": following.whose.value}, "$setOnInsert": new},
            upsert=True,
        )

    async def stop(self, conversation: ConversationId, area: AreaCode) -> bool:
        """Stop following a place; False when it was not followed. Idempotent."""
        return bool(await self._collection.delete({"_id": _id(conversation, area)}))

    async def stop_all(self, conversation: ConversationId) -> int:
        """Stop following anything; tell how many places there were."""
        return await self._collection.delete({"_id": _all_of(conversation)})

    async def of(self, conversation: ConversationId) -> list[Following]:
        """List what one conversation follows, in the order of the codes."""
        wanted = {"_id": _all_of(conversation)}
        found = await self._collection.find(wanted, sort=[("_id", ASCENDING)], limit=MOST)
        return [from_document(one) for one in found]

    async def find(self, audience: Audience, now: datetime, limit: int) -> list[Following]:
        """Find some of an audience who have not been told, each conversation once.

        They are found again until noted: one process at a time finds and notes for an informing.
        """
        told: Document = {"$nin": sorted({audience.informing, *audience.untold})}
        if audience.told:
            told["$in"] = sorted(audience.told)
        found = await self._collection.find(
            {
                "area": {"$in": list(audience.areas)},
                "since": {"$lte": audience.since},
                "told": told,
                "later": {"$not": {"$gt": now}},
            },
            limit=limit,
        )
        each = {one["conversation"]: one for one in found}
        return [from_document(one) for one in each.values()]

    async def note_told(self, some: Iterable[ConversationId], informing: int) -> None:
        """Note that these are told now: none of their places is found for it again. Idempotent."""
        theirs = [{"_id": _all_of(one)} for one in some]
        if theirs:
            wanted = {"$or": theirs, "told": {"$ne": informing}}
            await self._collection.update_all(wanted, _note(informing))

    async def put_back(self, following: Following, informing: int, *, until: datetime) -> None:
        """Have somebody found again after a while: nothing was sent, the platform is busy."""
        await self._collection.update_all(
            {"_id": _all_of(following.conversation)},
            {"$pull": {"told": informing}, "$set": {"later": until}},
        )


def from_document(document: Document) -> Following:
    """Read a following; schema 1."""
    return Following(
        conversation=document["conversation"],
        area=document["area"],
        whose=Whose(document["whose"]),
        since=document["since"],
    )


def _note(informing: int) -> Document:
    return {"$push": {"told": {"$each": [informing], "$slice": -TOLD}}}


def _id(conversation: ConversationId, area: AreaCode) -> str:
    return f"{conversation}/{area}"


def _all_of(conversation: ConversationId) -> Document:
    return {"$gte": f"{conversation}/", "$lt": f"{conversation}0"}
