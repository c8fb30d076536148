"""Steps of people in an event: each stands once and is never changed; who said so is sealed."""

import json
from collections.abc import Sequence
from dataclasses import replace

from pymongo import ASCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, EventId, PersonId, StepId
from data.civic.ports import Seal
from data.civic.safety.whereabouts import MOVED, PLACED, By, Stage, Step
from data.store.audiences import inside
from data.store.collection import Document, Filter
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "whereabouts"
MOST = 1_000
"""Steps of one person in the events that go on."""
MOST_IN_VILLAGES = 200_000
"""Steps of the villages of one question."""
BATCH = 1_000

INDEXES = (
    IndexModel([("p", ASCENDING), ("e", ASCENDING)], name="person"),
    IndexModel([("e", ASCENDING), ("v", ASCENDING), ("p", ASCENDING)], name="village"),
    IndexModel(
        [("e", ASCENDING), ("village", ASCENDING)],
        name="relatives",
        partialFilterExpression={"stage": Stage.RELATIVES.value},
    ),
)


class Whereabouts:
    """All steps of all people."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._collection = database.collection(COLLECTION)
        self._seal = seal

    async def add(self, step: Step) -> None:
        """Keep a step. Idempotent by its id.

        Raises:
            Conflict: something else was recorded under this id.
        """
        try:
            await self._collection.insert(to_document(step, self._seal))
        except Duplicate:
            standing = await self.get(step.id)
            if standing != _kept(step):
                raise Conflict(f"{step.id} was recorded before with other content") from None

    async def add_all(self, steps: Sequence[Step]) -> list[Step]:
        """Keep many, each once; give those under whose id something else stands."""
        refused: list[Step] = []
        for at in range(0, len(steps), BATCH):
            batch = steps[at : at + BATCH]
            documents = [to_document(one, self._seal) for one in batch]
            doubled = [batch[place] for place in await self._collection.insert_all(documents)]
            if doubled:
                standing = await self._find({"_id": {"$in": [one.id for one in doubled]}}, BATCH)
                known = {one.id: one for one in standing}
                refused += [one for one in doubled if known.get(one.id) != _kept(one)]
        return refused

    async def get(self, step: StepId) -> Step | None:
        """Fetch a step."""
        document = await self._collection.find_one({"_id": step})
        return from_document(document, self._seal) if document else None

    async def of_person(self, person: PersonId, events: Sequence[EventId]) -> list[Step]:
        """List the steps of somebody in some events, in no order."""
        if not events:
            return []
        return await self._find({"p": person, "e": {"$in": list(events)}}, MOST)

    async def of_villages(
        self, villages: Sequence[AreaCode], events: Sequence[EventId]
    ) -> list[Step]:
        """List the steps of all who count in these villages, in some events, in no order."""
        if not events:
            return []
        wanted = {"e": {"$in": list(events)}, "v": {"$in": list(villages)}}
        return await self._find(wanted, MOST_IN_VILLAGES)

    async def of_people(self, people: Sequence[PersonId], events: Sequence[EventId]) -> list[Step]:
        """List the steps of some people in some events, in no order."""
        if not people or not events:
            return []
        wanted = {"p": {"$in": list(people)}, "e": {"$in": list(events)}}
        return await self._find(wanted, MOST_IN_VILLAGES)

    async def with_relatives(
        self, villages: Sequence[AreaCode], events: Sequence[EventId]
    ) -> list[PersonId]:
        """List who was ever recorded with relatives in these villages, in some events."""
        if not villages or not events:
            return []
        where = {"e": {"$in": list(events)}, "village": {"$in": list(villages)}}
        found = await self._collection.find(
            {**where, "stage": Stage.RELATIVES.value}, limit=MOST_IN_VILLAGES, fields=["p"]
        )
        return sorted({PersonId(one["p"]) for one in found})

    async def not_scanned(self, event: EventId, area: AreaCode) -> dict[AreaCode, int]:
        """Count by home village who was last reported as moved, and was not scanned since."""
        counted = {"$group": {"_id": "$_id.v", "n": {"$sum": 1}}}
        found = await self._collection.aggregate(
            [*_reported(event, inside([area], "v")[0]), counted], index="village"
        )
        return {AreaCode(row["_id"]): row["n"] for row in found}

    async def people_not_scanned(self, event: EventId, village: AreaCode) -> list[PersonId]:
        """List who of a village that is: as many as are counted."""
        found = await self._collection.aggregate(_reported(event, {"v": village}), index="village")
        return sorted(PersonId(row["_id"]["p"]) for row in found)

    async def _find(self, wanted: Filter, limit: int) -> list[Step]:
        found = await self._collection.find(wanted, limit=limit)
        return [from_document(one, self._seal) for one in found]


def _reported(event: EventId, where: Document) -> list[Document]:
    """Find people of whom the newest that says where they are is a word: that they have moved."""
    told = [By.STAFF.value, By.FAMILY.value]
    where_they_are = {
        "stage": {"$in": sorted(one.value for one in PLACED)},
        "by": {"$in": [By.SCAN.value, *told]},
    }
    newest = {"at": "$at", "stage": "$stage", "by": "$by"}
    return [
        {"$match": {"e": event, **where, **where_they_are}},
        {"$group": {"_id": {"v": "$v", "p": "$p"}, "last": {"$max": newest}}},
        {
            "$match": {
                "last.stage": {"$in": sorted(one.value for one in MOVED)},
                "last.by": {"$in": told},
            }
        },
    ]


def _kept(step: Step) -> Step:
    """Tell how a step reads once it is stored: to the millisecond."""
    return replace(step, at=step.at.replace(microsecond=step.at.microsecond // 1000 * 1000))


def to_document(step: Step, seal: Seal) -> Document:
    """Write a step; schema 1."""
    sealed = json.dumps([step.who, step.helper], ensure_ascii=False)
    return {
        "_id": step.id,
        "e": step.event,
        "p": step.person,
        "v": step.home,
        "stage": step.stage.value,
        "by": step.by.value,
        "at": step.at,
        "device": step.device,
        "village": step.village,
        "shelter": step.shelter,
        "sealed": seal.encrypt(sealed, bound_to=f"step/{step.id}"),
    }


def from_document(document: Document, seal: Seal) -> Step:
    """Read a step; schema 1."""
    sealed = seal.decrypt(document["sealed"], bound_to=f"step/{document['_id']}")
    who, helper = json.loads(sealed)
    return Step(
        id=StepId(document["_id"]),
        event=EventId(document["e"]),
        person=PersonId(document["p"]),
        home=AreaCode(document["v"]),
        stage=Stage(document["stage"]),
        by=By(document["by"]),
        at=document["at"],
        who=who,
        device=document["device"],
        village=document["village"],
        shelter=document["shelter"],
        helper=helper,
    )
