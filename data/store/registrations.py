"""Registrations: which conversation speaks for whom; the names of proxies are sealed."""

from collections.abc import Sequence
from datetime import timedelta

from pymongo import ASCENDING, IndexModel

from data.civic.ids import ConversationId, PersonId
from data.civic.ports import Seal
from data.civic.safety.registrations import Registration
from data.store.collection import Document
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "registrations"
KEPT = timedelta(days=180)
"""How long it is remembered that a registration is over, and by whose word."""
MOST = 50
"""Registrations of one conversation, or of one person: more than any family has."""

INDEXES = (
    IndexModel([("conversation", ASCENDING)], name="conversation"),
    IndexModel([("person", ASCENDING)], name="person"),
    IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),
)


class Registrations(Versioned[Registration]):
    """All registrations, whatever their state; what may answer says `stands`."""

    def __init__(self, database: Database, seal: Seal) -> None:
        super().__init__(database, COLLECTION, Registration)
        self._seal = seal

    async def of_conversation(self, conversation: ConversationId) -> list[Registration]:
        """List for whom a conversation speaks, or has spoken; in the order of asking."""
        found = await self._find({"conversation": conversation}, limit=MOST)
        return sorted(found, key=lambda one: (one.asked_at, one.id))

    async def of_person(self, person: PersonId) -> list[Registration]:
        """List who speaks for a person, or has spoken; in the order of asking."""
        found = await self._find({"person": person}, limit=MOST)
        return sorted(found, key=lambda one: (one.asked_at, one.id))

    async def forget(self, people: Sequence[PersonId]) -> int:
        """Delete all that ties anybody to people who leave the roster; tell how many."""
        return await self._collection.delete({"person": {"$in": list(people)}})

    async def forget_conversation(self, conversation: ConversationId) -> int:
        """Delete all that ties a conversation to anybody; tell how many."""
        return await self._collection.delete({"conversation": conversation})

    def _to(self, record: Registration) -> Document:
        document = super()._to(record)
        return {**document, "name": self._seal.encrypt(record.name, bound_to=_bound(record.id))}

    def _from(self, document: Document) -> Registration:
        name = self._seal.decrypt(document["name"], bound_to=_bound(document["_id"]))
        return super()._from({**document, "name": name})

    def _searched(self, record: Registration) -> Document:
        """Tell the day on which a registration that is over is forgotten."""
        return {"purge_at": record.over_at + KEPT} if record.over_at else {}


def _bound(registration: str) -> str:
    return f"registration/{registration}"
