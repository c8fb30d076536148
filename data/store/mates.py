"""Mates: whose household had answered a warning before their own rows were made."""

from collections.abc import Mapping
from dataclasses import dataclass

from pymongo import UpdateOne

from data.civic.ids import AreaCode, PersonId
from data.civic.sending.informing import Slice
from data.civic.sending.rows import By, Confirmation, Manner, RowState
from data.store.collection import Document
from data.store.mongo import Database
from data.store.row_documents import (
    confirmation_from,
    confirmed,
    person_of,
)
from data.store.rows import COLLECTION, MOST, PLACE, SLICE

_ALONE = {"cf.by": By.STAFF.value, "cf.how": Manner.DOOR.value}
"""So staff write also who comes to a shelter, which tells nothing of those at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mate:
    """Somebody who counts as informed by an answer of the household."""

    person: PersonId
    village: AreaCode
    confirmation: Confirmation


class Mates:
    """The rows, as far as one answer counts for those who live together."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection(COLLECTION)

    async def of(self, one: Slice) -> list[Mate]:
        """List whose rows, of a slice, are still open although their household has answered."""
        answers = await self._answers(one)
        if not answers:
            return []
        waiting: Document = {"a": one.informing, "ck": one.number, "h": {"$in": list(answers)}}
        waiting["st"] = {"$ne": RowState.CONFIRMED.value}
        found = await self._rows.find(waiting, limit=MOST, fields=["v", "h"], index=SLICE)
        return [
            Mate(person=person_of(row["_id"]), village=row["v"], confirmation=answers[row["h"]])
            for row in found
        ]

    async def _answers(self, one: Slice) -> Mapping[int, Confirmation]:
        """Tell by household what has been answered in the villages of a slice."""
        villages = [village for village, _ in one.villages]
        answered: Document = {"a": one.informing, "v": {"$in": villages}, "$nor": [_ALONE]}
        answered["st"] = RowState.CONFIRMED.value
        found = await self._rows.find(answered, limit=MOST, fields=["h", "cf"], index=PLACE)
        return {row["h"]: confirmation_from(row["cf"]).for_the_household for row in found}

    async def confirm(self, informing: int, mates: list[Mate]) -> None:
        """Write that these are informed. Idempotent: a first answer stands."""
        changes = (confirmed(informing, one.person, one.confirmation) for one in mates)
        await self._rows.write_all([UpdateOne(*change) for change in changes])
