"""Followings: who wants to hear of warnings for which place, and what each has been told."""

from collections.abc import Sequence

from pymongo import ASCENDING, IndexModel

from data.civic.ids import AreaCode, ConversationId
from data.civic.sending.followings import Following, Whose
from data.civic.sending.informing import Informing
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

    async def take(self, informing: Informing, areas: Sequence[AreaCode]) -> Following | None:
        """Take somebody who follows one of `areas` and has not been told; None: all have been.

        Whoever is taken is never given again for this informing: at most one message is sent.
        Only those who followed before it began are told.
        """
        taken = await self._collection.take(
            {
                "area": {"$in": list(areas)},
                "since": {"$lte": informing.created_at},
                "told": {"$ne": informing.id},
            },
            {"$push": {"told": {"$each": [informing.id], "$slice": -TOLD}}},
        )
        return from_document(taken) if taken else None


def from_document(document: Document) -> Following:
    """Read a following; schema 1."""
    return Following(
        conversation=document["conversation"],
        area=document["area"],
        whose=Whose(document["whose"]),
        since=document["since"],
    )


def _id(conversation: ConversationId, area: AreaCode) -> str:
    return f"{conversation}/{area}"


def _all_of(conversation: ConversationId) -> Document:
    return {"$gte": f"{conversation}/", "$lt": f"{conversation}0"}
