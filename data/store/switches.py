"""Switches: one document each, as it was turned last; who turned it before is in the audit log."""

from data.civic.knowing.switches import Switch
from data.store.mongo import Database

COLLECTION = "switches"
INDEXES = ()


class Switches:
    """All switches that were ever turned."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def get(self, name: str) -> Switch | None:
        """Fetch a switch; None: nobody ever turned it, so it is off."""
        document = await self._collection.find_one({"_id": name})
        if document is None:
            return None
        return Switch(
            name=document["_id"],
            on=document["on"],
            by=document["by"],
            at=document["at"],
            reason=document["reason"],
        )

    async def put(self, switch: Switch) -> None:
        """Turn a switch; schema 1."""
        document = {
            "_id": switch.name,
            "on": switch.on,
            "by": switch.by,
            "at": switch.at,
            "reason": switch.reason,
        }
        await self._collection.replace({"_id": switch.name}, document, upsert=True)
