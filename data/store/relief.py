"""Relief: items, the bookings of the shelves, and what was handed out to whom.

Each piece that is due is a slot, and a slot stands once: two who hand out the same piece at the
same moment at two shelters cannot both be right.
"""

from dataclasses import replace

from pymongo import ASCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import EventId
from data.civic.safety import relief
from data.civic.safety.relief import AlreadyIssued, Issue, Item, Sum, Supply
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.versioned import TRIES, Versioned

ITEMS, SUPPLIES, ISSUES = "relief_items", "relief_supplies", "relief_issues"
MOST_ITEMS, MOST_SUPPLIES, MOST_EXTRA = 500, 100_000, 10_000

_EXTRA = {"extra": True}
_EVENT = IndexModel([("event", ASCENDING), ("at", ASCENDING)], name="event")

ITEM_INDEXES = (_EVENT,)
SUPPLY_INDEXES = (_EVENT,)
ISSUE_INDEXES = (
    _EVENT,
    IndexModel([("slots", ASCENDING)], name="slots", unique=True),
    IndexModel([("page", ASCENDING), ("at", ASCENDING)], name="page"),
    IndexModel(
        [("event", ASCENDING), ("at", ASCENDING)], name="extra", partialFilterExpression=_EXTRA
    ),
)

_OLDEST_FIRST = [("at", ASCENDING)]


class ReliefItems(Versioned[Item]):
    """What is handed out, by event."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ITEMS, Item)

    async def of(self, event: EventId) -> list[Item]:
        """List the items of an event, in the order in which they were entered."""
        return await self._find({"event": event}, sort=_OLDEST_FIRST, limit=MOST_ITEMS)


class Supplies(Versioned[Supply]):
    """The bookings of all shelves."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, SUPPLIES, Supply)

    async def of(self, event: EventId) -> list[Supply]:
        """List the bookings of an event, oldest first."""
        return await self._find({"event": event}, sort=_OLDEST_FIRST, limit=MOST_SUPPLIES)


class Issues(Versioned[Issue]):
    """All that was handed out."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ISSUES, Issue)

    async def hand_out(self, issue: Issue, item: Item, page: str) -> Issue:
        """Write down pieces; give back what stands. Idempotent by its id.

        `issue` comes without slots: they are chosen here, first those that are due. Its reason is
        kept where some are beyond that.

        Raises:
            AlreadyIssued: fewer are due, and there is no reason; it says how many, and when and
                where the others were handed out.
            Conflict: others are faster again and again.
        """
        for _ in range(TRIES):
            before = await self._find({"page": page}, sort=_OLDEST_FIRST, limit=MOST_EXTRA)
            if standing := next((one for one in before if one.id == issue.id), None):
                return standing
            chosen = _with_slots(issue, item, page, before)
            try:
                await self._collection.insert(self._to(chosen))
            except Duplicate:
                if standing := await self.get(issue.id):
                    return standing
                continue
            return chosen
        raise Conflict("this person is being handed out things by many: try again")

    async def sums(self, event: EventId) -> list[Sum]:
        """Add up what was handed out in an event, by shelter and item."""
        rows = await self._collection.aggregate(
            [
                {"$match": {"event": event}},
                {
                    "$group": {
                        "_id": {"shelter": "$shelter", "item": "$item"},
                        "n": {"$sum": "$quantity"},
                    }
                },
            ],
            index="event",
        )
        return [Sum(**row["_id"], quantity=row["n"]) for row in rows]

    async def beyond(self, event: EventId) -> list[Issue]:
        """List what was handed out beyond what is due, oldest first."""
        wanted = {"event": event, **_EXTRA}
        return await self._find(wanted, sort=_OLDEST_FIRST, limit=MOST_EXTRA)

    def _searched(self, record: Issue) -> Document:
        """Tell the page, which its slots name, and whether it is beyond what is due."""
        pages = [relief.page_of(slot, record.id) for slot in record.slots[:1]]
        return {**({"page": pages[0]} if pages else {}), **(_EXTRA if record.reason else {})}


def _with_slots(issue: Issue, item: Item, page: str, before: list[Issue]) -> Issue:
    taken = {slot for one in before for slot in one.slots}
    due = relief.free_slots(item, page, taken, issue.quantity)
    beyond = issue.quantity - len(due)
    if not beyond:
        return replace(issue, slots=due, reason="")
    if not issue.reason:
        raise AlreadyIssued(item, before, len(due))
    return replace(issue, slots=(*due, *relief.extra_slots(page, issue.id, beyond)))
