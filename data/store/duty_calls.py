"""What people on duty are called for; the names and telephones of the called are sealed."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.ports import Seal
from data.civic.sending.ringing import handle_of
from data.civic.warning.duty import DutyCall, DutyKind
from data.store.collection import Document
from data.store.duty_documents import holder_from_document, holder_to_document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.records import write
from data.store.versioned import Versioned

COLLECTION = "duty_calls"
MOST = 20
"""Calls about one citizen; as a rule one rings at a time."""
MOST_UNSEEN = 1_000

_UNSEEN = {"unseen": True}

INDEXES = (
    IndexModel([("opened_at", ASCENDING)], name="unseen", partialFilterExpression=_UNSEEN),
    IndexModel([("due", ASCENDING)], name="due", partialFilterExpression=_UNSEEN),
    IndexModel([("about", ASCENDING)], name="about", partialFilterExpression=_UNSEEN),
    IndexModel([("opened_at", DESCENDING)], name="newest"),
    IndexModel([("gathers", ASCENDING)], name="gathers", unique=True, sparse=True),
    IndexModel([("handle", ASCENDING)], name="handle", sparse=True),
)


class DutyCalls(Versioned[DutyCall]):
    """All calls, under `kind/subject`."""

    def __init__(self, database: Database, seal: Seal) -> None:
        super().__init__(database, COLLECTION, DutyCall)
        self._seal = seal

    async def by_handle(self, handle: str) -> DutyCall | None:
        """Fetch a call by what it is called in references and addresses."""
        document = await self._collection.find_one({"handle": handle})
        return self._from(document) if document else None

    async def unseen(self, limit: int) -> list[DutyCall]:
        """List what nobody has seen yet, oldest first."""
        return await self._find(_UNSEEN, sort=[("opened_at", ASCENDING)], limit=limit)

    async def due(self, at: datetime, limit: int) -> list[DutyCall]:
        """List what nobody has seen yet and where something comes next, longest due first."""
        wanted = {**_UNSEEN, "due": {"$lte": at}}
        return await self._find(wanted, sort=[("due", ASCENDING)], limit=limit)

    async def ringing(self, about: str) -> list[DutyCall]:
        """List the calls about the same that nobody has seen yet."""
        return await self._find({**_UNSEEN, "about": about}, limit=MOST)

    async def gathering(self, about: str) -> DutyCall | None:
        """Fetch the call that takes up more of the same; there is one at most."""
        document = await self._collection.find_one({"gathers": about})
        return self._from(document) if document else None

    async def begin(self, call: DutyCall) -> DutyCall | None:
        """Keep a new call, or give the one that stands; None: another one gathers the same."""
        try:
            await self._collection.insert(self._to(call))
        except Duplicate:
            return await self.get(call.id)
        return call

    async def unseen_subjects(self, kind: DutyKind) -> list[str]:
        """List what the calls of one kind are about that nobody has seen yet, oldest first."""
        wanted = {**_UNSEEN, "kind": kind.value}
        sort = [("opened_at", ASCENDING)]
        fields = ["subject", "others"]
        found = await self._collection.find(wanted, sort=sort, limit=MOST_UNSEEN, fields=fields)
        return [name for one in found for name in (one["subject"], *one.get("others", ()))]

    async def newest(self, limit: int) -> list[DutyCall]:
        """List calls, the newest first."""
        return await self._find({}, sort=[("opened_at", DESCENDING)], limit=limit)

    def _to(self, record: DutyCall) -> Document:
        bound = _bound(record.id)
        dials = [
            {**write(one), "called": holder_to_document(one.called, self._seal, bound_to=bound)}
            for one in record.dials
        ]
        return {**super()._to(record), "dials": dials}

    def _from(self, document: Document) -> DutyCall:
        return super()._from({**document, "dials": self._opened(document)})

    def _opened(self, document: Document) -> list[Document]:
        bound = _bound(document["_id"])
        return [
            {
                **one,
                "called": write(holder_from_document(one["called"], self._seal, bound_to=bound)),
            }
            for one in document.get("dials", ())
        ]

    def _searched(self, record: DutyCall) -> Document:
        """Tell the fields to search by."""
        handle = {"handle": handle_of(record.id)}
        if record.gathers:
            handle["gathers"] = record.about
        if record.seen_at:
            return handle
        return {**handle, "unseen": True, "due": record.due_at or record.opened_at}


def _bound(call: str) -> str:
    return f"duty_call/{call}"
