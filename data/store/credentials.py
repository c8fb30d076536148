"""Credentials: every code that was issued. Whose a handle is stands here and nowhere else."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from pymongo import ASCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.safety.codes import CodeKind
from data.civic.safety.credentials import Credential, Holder
from data.civic.safety.verifying import Revocations
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.versioned import Versioned

COLLECTION = "credentials"
MOST = 200_000
"""Most revoked codes of one list: what has expired stands in none."""
OF_ONE = 200
"""Codes that one holder may ever have had and are still listed."""

_TOMBSTONE = {"id", "expires_at"}
"""What stays of a code whose holder is forgotten: its handle, and until when it would count."""
_FORGOTTEN = [
    *sorted({one.name for one in fields(Credential)} - _TOMBSTONE),
    *("whose", "counting", "printed_counting"),
]

INDEXES = (
    IndexModel([("number", ASCENDING)], name="number", unique=True),
    IndexModel(
        [("counting", ASCENDING)],
        name="counting",
        unique=True,
        partialFilterExpression={"counting": {"$gt": ""}},
    ),
    IndexModel([("whose", ASCENDING), ("issued_at", ASCENDING)], name="whose"),
    IndexModel([("voided", ASCENDING), ("expires_at", ASCENDING)], name="voided"),
    IndexModel([("key", ASCENDING), ("printed_counting", ASCENDING)], name="key"),
)


class Credentials(Versioned[Credential]):
    """All codes; of each holder at most one of a kind counts."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Credential)

    async def get(self, id: str) -> Credential | None:  # noqa: A002  (its own word)
        """Fetch a code by its handle; one whose holder is forgotten is nobody's."""
        document = await self._collection.find_one({"_id": id})
        return self._from(document) if document and "holder" in document else None

    async def issue(self, credential: Credential) -> Credential:
        """Keep a new code; where one of its kind counts already, give that one. Idempotent.

        Raises:
            Conflict: the handle or its digits are taken: make another one.
        """
        try:
            await self._collection.insert(self._to(credential))
        except Duplicate as error:
            standing = await self.counting(credential.holder, credential.kind)
            if standing is None:
                raise Conflict("this handle is taken: make another one") from error
            return standing
        return credential

    async def counting(self, holder: Holder, kind: CodeKind) -> Credential | None:
        """Fetch the one code of a kind that nobody has ended; its time may be over."""
        document = await self._collection.find_one({"counting": _counting(holder, kind)})
        return self._from(document) if document else None

    async def counting_of(
        self, holders: Sequence[Holder], kinds: Sequence[CodeKind] = tuple(CodeKind)
    ) -> list[Credential]:
        """List the codes of holders that nobody has ended."""
        wanted = [_counting(holder, kind) for holder in holders for kind in kinds]
        if not wanted:
            return []
        return await self._find({"counting": {"$in": wanted}}, limit=len(wanted))

    async def of(self, holder: Holder) -> list[Credential]:
        """List all codes of one holder, also those that are over, the oldest first."""
        order = [("whose", ASCENDING), ("issued_at", ASCENDING)]
        return await self._find({"whose": str(holder)}, sort=order, limit=OF_ONE)

    async def by_number(self, number: int) -> Credential | None:
        """Find a code by the ten digits that were typed."""
        document = await self._collection.find_one({"number": number})
        return self._from(document) if document and "holder" in document else None

    async def some(self, handles: Sequence[str], numbers: Sequence[int] = ()) -> list[Credential]:
        """Fetch codes by their handles, and by the digits under them; unknown ones are left out."""
        by_handle = {"_id": {"$in": list(handles)}}
        by_number = {"number": {"$in": list(numbers)}}
        found = await self._collection.find(by_handle, limit=len(handles)) if handles else []
        if numbers:
            found += await self._collection.find(by_number, limit=len(numbers))
        return [self._from(one) for one in found if "holder" in one]

    async def forget(self, holders: Sequence[Holder]) -> int:
        """Forget whose codes these were, and all that is known of them. Idempotent.

        The handles stay, and are revoked for good: no device takes such a code for somebody's.
        """
        wanted = {"whose": {"$in": [str(one) for one in holders]}}
        gone = {"$set": {"voided": True}, "$unset": dict.fromkeys(_FORGOTTEN, "")}
        return await self._collection.update_all(wanted, gone, index="whose")

    async def revocations(self, at: datetime) -> Revocations:
        """List the handles that were lost, replaced or withdrawn and have not expired.

        The version counts all that were ever ended: a code whose holder is forgotten stays listed
        until it expires.
        """
        wanted = {"voided": True, "expires_at": {"$gt": at}}
        found = await self._collection.find(wanted, limit=MOST, fields=["_id"])
        version = await self._collection.count({"voided": True}, index="voided")
        handles = frozenset(int(one["_id"], 16) for one in found)
        return Revocations(dated=at, version=version, handles=handles)

    async def printed_by(self, key: int, at: datetime) -> int:
        """Count the printed codes that this key signed, nobody has ended and have not expired."""
        wanted = {"key": key, "printed_counting": True, "expires_at": {"$gt": at}}
        return await self._collection.count(wanted, index="key")

    def _searched(self, record: Credential) -> Document:
        counting = not record.state.over
        return {
            "number": record.number,
            "whose": str(record.holder),
            "counting": _counting(record.holder, record.kind) if counting else "",
            "voided": record.state.voided,
            "printed_counting": counting and record.kind.printed,
        }


def _counting(holder: Holder, kind: CodeKind) -> str:
    return f"{holder}/{kind.name.lower()}"
