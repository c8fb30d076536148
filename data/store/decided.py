"""What the county decides: events, the decisions in them, and what these have brought about."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.ids import EventId, OrderId
from data.civic.warning.decisions import Decision, DecisionState
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from data.civic.warning.notices import Notice, NoticeState
from data.civic.warning.orders import OrderState, TransferOrder
from data.civic.warning.responses import Response
from data.civic.warning.returns import Return, ReturnState
from data.store.collection import Document
from data.store.mongo import Database
from data.store.versioned import R, Versioned

EVENTS, DECISIONS = "events", "decisions"
RESPONSES, ORDERS, RETURNS, NOTICES = "responses", "orders", "returns", "notices"

_ALIVE = {"alive": True}
_ALIVE_INDEX = IndexModel([("drill", ASCENDING)], name="alive", partialFilterExpression=_ALIVE)
_EVENT_INDEX = IndexModel([("event", ASCENDING)], name="event")
_NEWEST_FIRST = [("opened_at", DESCENDING)]
_DUE = {"due": True}

EVENT_INDEXES = (_ALIVE_INDEX, IndexModel(_NEWEST_FIRST, name="newest"))
DECISION_INDEXES = (
    _ALIVE_INDEX,
    _EVENT_INDEX,
    IndexModel([("author.at", ASCENDING)], name="due", partialFilterExpression=_DUE),
)
OBJECT_INDEXES = (_ALIVE_INDEX, _EVENT_INDEX)
RETURN_INDEXES = (*OBJECT_INDEXES, IndexModel([("order", ASCENDING)], name="order"))


class Living(Versioned[R]):
    """Records that are alive until their life has ended, for a drill or in earnest."""

    async def alive(self, *, drill: bool, limit: int) -> list[R]:
        """List those whose life goes on."""
        return await self._find({**_ALIVE, "drill": drill}, limit=limit)

    def _searched(self, record: R) -> Document:
        """Tell the fields to search by."""
        return {"drill": is_drill(record.id), "alive": self._is_alive(record)}

    def _is_alive(self, record: R) -> bool:
        """Say whether its life goes on."""
        raise NotImplementedError


class OfEvents(Living[R]):
    """Records that belong to an event."""

    async def of(self, event: EventId, limit: int) -> list[R]:
        """List those of an event."""
        return await self._find({"event": event}, limit=limit)


class Events(Living[Event]):
    """All events; those that go on are alive."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, EVENTS, Event)

    async def newest(self, limit: int) -> list[Event]:
        """List events, the newest first."""
        return await self._find({}, sort=_NEWEST_FIRST, limit=limit)

    def _is_alive(self, record: Event) -> bool:
        """Say whether it goes on."""
        return record.open


class Decisions(OfEvents[Decision]):
    """All decisions; those that somebody has still to sign are alive."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, DECISIONS, Decision)

    async def due(self, limit: int) -> list[Decision]:
        """List what is issued but was not carried out, for example because a process died."""
        return await self._find(_DUE, sort=[("author.at", ASCENDING)], limit=limit)

    def _is_alive(self, record: Decision) -> bool:
        """Say whether a signature is missing."""
        return record.unsigned

    def _searched(self, record: Decision) -> Document:
        """Tell the fields to search by."""
        issued = record.state is DecisionState.ISSUED
        due = {"due": True} if issued and record.carried_out_at is None else {}
        return {**super()._searched(record), **due}


class Responses(OfEvents[Response]):
    """All responses; those at a level are alive."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, RESPONSES, Response)

    def _is_alive(self, record: Response) -> bool:
        """Say whether it is at a level."""
        return record.level is not None


class Orders(OfEvents[TransferOrder]):
    """All transfer orders; those in force somewhere are alive."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, ORDERS, TransferOrder)

    def _is_alive(self, record: TransferOrder) -> bool:
        """Say whether it is in force somewhere."""
        return record.state is OrderState.IN_FORCE


class Returns(OfEvents[Return]):
    """All returns; those that are not released are alive."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, RETURNS, Return)

    async def after(self, order: OrderId, limit: int) -> list[Return]:
        """List the returns after an order."""
        return await self._find({"order": order}, limit=limit)

    def _is_alive(self, record: Return) -> bool:
        """Say whether people have to wait."""
        return record.state is not ReturnState.RELEASED


class Notices(OfEvents[Notice]):
    """All local notices; those that stand are alive, also when their time has run out."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, NOTICES, Notice)

    def _is_alive(self, record: Notice) -> bool:
        """Say whether it stands."""
        return record.state is NoticeState.ISSUED
