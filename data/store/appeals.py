"""Appeals against the colour of a code; what people write is sealed."""

import json
from dataclasses import replace
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.ids import PersonId
from data.civic.ports import Seal
from data.civic.safety.appeals import Appeal
from data.store.collection import Document
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "appeals"
SEALED = "*"
"""Stands where sealed words stood."""

_OPEN = {"open": True}
_OLDEST_FIRST = [("at", ASCENDING)]

INDEXES = (
    IndexModel([("person", ASCENDING), ("at", ASCENDING)], name="person"),
    IndexModel(_OLDEST_FIRST, name="open", partialFilterExpression=_OPEN),
    IndexModel(_OLDEST_FIRST, name="when"),
)


class Appeals(Versioned[Appeal]):
    """All appeals."""

    def __init__(self, database: Database, seal: Seal) -> None:
        super().__init__(database, COLLECTION, Appeal)
        self._seal = seal

    async def open(self, limit: int) -> list[Appeal]:
        """List those that wait for an answer, oldest first."""
        return await self._find(_OPEN, sort=_OLDEST_FIRST, limit=limit)

    async def of_person(self, person: PersonId, limit: int) -> list[Appeal]:
        """List those of somebody, oldest first."""
        return await self._find({"person": person}, sort=_OLDEST_FIRST, limit=limit)

    async def between(self, since: datetime, until: datetime, limit: int) -> list[Appeal]:
        """List those made from one moment until before another, oldest first."""
        wanted = {"at": {"$gte": since, "$lt": until}}
        return await self._find(wanted, sort=_OLDEST_FIRST, limit=limit)

    def _to(self, record: Appeal) -> Document:
        answer = record.answer
        hidden = [record.words, answer.words if answer else "", record.conversation]
        sealed = self._seal.encrypt(json.dumps(hidden), bound_to=f"appeal/{record.id}")
        shown = replace(
            record,
            words=SEALED,
            conversation=type(record.conversation)(SEALED),
            answer=replace(answer, words=SEALED) if answer else None,
        )
        return {**super()._to(shown), "sealed": sealed, "open": record.open}

    def _from(self, document: Document) -> Appeal:
        bound = f"appeal/{document['_id']}"
        words, answered, conversation = json.loads(
            self._seal.decrypt(document["sealed"], bound_to=bound)
        )
        read = super()._from(document)
        answer = replace(read.answer, words=answered) if read.answer else None
        return replace(read, words=words, conversation=conversation, answer=answer)
