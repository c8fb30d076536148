"""Cases: the status of applications, and which of them a citizen has saved as mine."""

from datetime import date

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.ids import CaseNumber
from data.civic.knowing.cases import Case, CaseState
from data.store.collection import Document
from data.store.mongo import Database

COLLECTION = "cases"
SAVED = "saved_cases"

INDEXES = ()
SAVED_INDEXES = (IndexModel([("person", ASCENDING), ("saved_at", DESCENDING)], name="person"),)


class Cases:
    """The cases that the departments have told us of."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._saved = database.collection(SAVED)

    async def get(self, number: CaseNumber) -> Case | None:
        """Fetch a case by its number; who may see it is the caller's to ask."""
        document = await self._collection.find_one({"_id": number})
        return from_document(document) if document else None

    async def put(self, case: Case) -> None:
        """Keep a case as it stands now. Idempotent."""
        await self._collection.replace({"_id": case.number}, to_document(case), upsert=True)

    async def save_for(self, person_key: str, number: CaseNumber) -> None:
        """Note that a citizen, who has proved it, follows this case. Idempotent."""
        await self._saved.update(
            {"_id": f"{person_key}/{number}"},
            {
                "$setOnInsert": {"person": person_key, "number": number},
                "$currentDate": {"saved_at": True},
            },
            upsert=True,
        )

    async def of(self, person_key: str, limit: int) -> list[Case]:
        """List the cases that a citizen follows, newest first."""
        saved = await self._saved.find(
            {"person": person_key}, sort=[("saved_at", DESCENDING)], limit=limit
        )
        numbers = [one["number"] for one in saved]
        found = await self._collection.find({"_id": {"$in": numbers}}, limit=limit)
        cases = {one["_id"]: from_document(one) for one in found}
        return [cases[number] for number in numbers if number in cases]


def to_document(case: Case) -> Document:
    """Write a case; schema 1."""
    return {
        "_id": case.number,
        "title": case.title,
        "state": case.state.value,
        "department": case.department,
        "phone": case.phone,
        "changed_at": case.changed_at,
        "due_on": case.due_on and case.due_on.isoformat(),
        "note": case.note,
        "factors": sorted(case.factors),
    }


def from_document(document: Document) -> Case:
    """Read a case; schema 1."""
    due = document["due_on"]
    return Case(
        number=document["_id"],
        title=document["title"],
        state=CaseState(document["state"]),
        department=document["department"],
        phone=document["phone"],
        changed_at=document["changed_at"],
        due_on=date.fromisoformat(due) if due else None,
        note=document["note"],
        factors=frozenset(document["factors"]),
    )
