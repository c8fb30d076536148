"""Tickets: matters that staff must act on, each opened once by one message."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import ConversationId, TicketNumber
from data.civic.talk.additions import Added
from data.civic.talk.tickets import Ticket, TicketKind, TicketState
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.records import read, write

COLLECTION = "tickets"

_UNFINISHED = {"state": {"$in": [TicketState.OPEN.value, TicketState.SEEN.value]}}
_DANGER_FIRST = [("danger", DESCENDING), ("due_at", ASCENDING)]
_NEWEST_FIRST = [("opened_at", DESCENDING)]

INDEXES = (
    IndexModel([("message", ASCENDING)], name="message", unique=True),
    IndexModel([("conversation", ASCENDING), *_NEWEST_FIRST], name="conversation"),
    IndexModel(_DANGER_FIRST, name="unfinished", partialFilterExpression=_UNFINISHED),
)


class Tickets:
    """All tickets, under their numbers."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def open(self, ticket: Ticket) -> Ticket:
        """Keep a new ticket, and give it back.

        Idempotent by `ticket.message`: a second call gives the ticket that stands.

        Raises:
            Conflict: another ticket has this number; take a new number.
        """
        try:
            await self._collection.insert(to_document(ticket))
        except Duplicate as error:
            standing = await self._collection.find_one({"message": ticket.message})
            if standing is None:
                raise Conflict(f"ticket number {ticket.number} is taken: try another") from error
            return from_document(standing)
        return ticket

    async def get(self, number: TicketNumber) -> Ticket | None:
        """Fetch a ticket by its number."""
        document = await self._collection.find_one({"_id": number})
        return from_document(document) if document else None

    async def save(self, ticket: Ticket) -> None:
        """Write a ticket over the version before it.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """
        before = {"_id": ticket.number, "version": ticket.version - 1}
        if not await self._collection.replace(before, to_document(ticket)):
            raise Conflict(f"ticket {ticket.number} has changed meanwhile: read it again")

    async def latest_of(
        self, conversation: ConversationId, kind: TicketKind | None = None
    ) -> Ticket | None:
        """Fetch the newest ticket of a citizen, of one kind or of any."""
        wanted = {"conversation": conversation, **({"kind": kind.value} if kind else {})}
        found = await self._collection.find(wanted, sort=_NEWEST_FIRST, limit=1)
        return from_document(found[0]) if found else None

    async def unfinished(self, limit: int) -> list[Ticket]:
        """List what is not closed: danger first, then by when somebody must have acted."""
        found = await self._collection.find(_UNFINISHED, sort=_DANGER_FIRST, limit=limit)
        return [from_document(one) for one in found]


def to_document(ticket: Ticket) -> Document:
    """Write a ticket; schema 2."""
    return {
        "_id": ticket.number,
        "message": ticket.message,
        "conversation": ticket.conversation,
        "kind": ticket.kind.value,
        "danger": ticket.kind is TicketKind.DANGER,
        "intent": ticket.intent,
        "area": ticket.area,
        "text": ticket.text,
        "opened_at": ticket.opened_at,
        "due_at": ticket.due_at,
        "state": ticket.state.value,
        "seen_at": ticket.seen_at,
        "seen_by": ticket.seen_by,
        "closed_at": ticket.closed_at,
        "result": ticket.result,
        "added": write(ticket.added),
        "version": ticket.version,
    }


def from_document(document: Document) -> Ticket:
    """Read a ticket; schema 2, and 1, in which nothing was added."""
    return Ticket(
        number=document["_id"],
        message=document["message"],
        conversation=document["conversation"],
        kind=TicketKind(document["kind"]),
        intent=document["intent"],
        area=document["area"],
        text=document["text"],
        opened_at=document["opened_at"],
        state=TicketState(document["state"]),
        seen_at=document["seen_at"],
        seen_by=document["seen_by"],
        closed_at=document["closed_at"],
        result=document["result"],
        added=read(Added, document.get("added", {})),
        version=document["version"],
    )
