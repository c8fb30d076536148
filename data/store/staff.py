"""The staff file: who works here, under ids and log-in names."""

from pymongo import ASCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import StaffId
from data.civic.people import Role, SecondFactor, Staff
from data.store.collection import Document
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "staff"

_BY_LOGIN = [("login", ASCENDING)]

INDEXES = (IndexModel(_BY_LOGIN, name="login", unique=True),)


class StaffFile:
    """All members of staff, past ones too."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)

    async def put(self, staff: Staff) -> None:
        """Enter a new member of staff.

        Raises:
            Conflict: the id or the log-in name is taken.
        """
        try:
            await self._collection.insert(to_document(staff))
        except Duplicate as error:
            raise Conflict(f"the log-in name {staff.login} is taken: choose another") from error

    async def get(self, id: StaffId) -> Staff | None:  # noqa: A002  (the record's own word)
        """Fetch by id."""
        document = await self._collection.find_one({"_id": id})
        return from_document(document) if document else None

    async def by_login(self, login: str) -> Staff | None:
        """Fetch by log-in name."""
        document = await self._collection.find_one({"login": login})
        return from_document(document) if document else None

    async def save(self, staff: Staff) -> None:
        """Write over the version before it.

        Raises:
            Conflict: somebody else has changed it since it was read, or the name is taken.
        """
        before = {"_id": staff.id, "version": staff.version - 1}
        if not await self._collection.replace(before, to_document(staff)):
            raise Conflict(f"the account {staff.login} has changed meanwhile: read it again")

    async def list(self, limit: int = 1_000) -> tuple[Staff, ...]:
        """List everybody, by log-in name."""
        found = await self._collection.find({}, sort=_BY_LOGIN, limit=limit)
        return tuple(from_document(one) for one in found)


def to_document(staff: Staff) -> Document:
    """Write a member of staff; schema 1."""
    return {
        "_id": staff.id,
        "login": staff.login,
        "name": staff.name,
        "roles": sorted(role.value for role in staff.roles),
        "area": staff.area,
        "department": staff.department,
        "password_hash": staff.password_hash,
        "active": staff.active,
        "failed_logins": staff.failed_logins,
        "locked_until": staff.locked_until,
        "must_change": staff.must_change,
        "second": _second_to_document(staff.second) if staff.second else None,
        "enrolling": staff.enrolling,
        "toured_at": staff.toured_at,
        "version": staff.version,
    }


def from_document(document: Document) -> Staff:
    """Read a member of staff; schema 1. Accounts of the first release lack the later fields."""
    second = document.get("second")
    return Staff(
        id=document["_id"],
        login=document["login"],
        name=document["name"],
        roles=frozenset(Role(role) for role in document["roles"]),
        area=document["area"],
        department=document["department"],
        password_hash=document["password_hash"],
        active=document["active"],
        failed_logins=document["failed_logins"],
        locked_until=document["locked_until"],
        must_change=document.get("must_change", False),
        second=_second_from_document(second) if second else None,
        enrolling=document.get("enrolling"),
        toured_at=document.get("toured_at"),
        version=document["version"],
    )


def _second_to_document(second: SecondFactor) -> Document:
    return {
        "sealed": second.sealed,
        "since": second.since,
        "last_step": second.last_step,
        "recovery": list(second.recovery),
    }


def _second_from_document(document: Document) -> SecondFactor:
    return SecondFactor(
        sealed=bytes(document["sealed"]),
        since=document["since"],
        last_step=document["last_step"],
        recovery=tuple(document["recovery"]),
    )
