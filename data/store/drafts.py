"""Drafts: edited files on top of a release; their texts are kept once, beside the releases'."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pymongo import ASCENDING, DESCENDING, IndexModel

from data.civic.errors import Conflict
from data.civic.ids import DraftId, StaffId
from data.civic.knowing.draft_parts import Edit, Remark
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.store.collection import Document
from data.store.contents import Contents
from data.store.failures import Duplicate
from data.store.mongo import Database
from data.store.stories import signature_from_document, signature_to_document

COLLECTION = "drafts"

_NEWEST_FIRST = [("changed_at", DESCENDING)]

INDEXES = (
    IndexModel([("state", ASCENDING), *_NEWEST_FIRST], name="state"),
    IndexModel([("authors", ASCENDING), ("state", ASCENDING), *_NEWEST_FIRST], name="authors"),
)


class Drafts:
    """All drafts, under their ids."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._contents = Contents(database)

    async def put(self, draft: Draft) -> None:
        """Keep a new draft.

        Raises:
            Conflict: its id is taken.
        """
        try:
            await self._collection.insert(to_document(draft))
        except Duplicate as error:
            raise Conflict(f"draft {draft.id} stands already: try again") from error

    async def get(self, id: DraftId) -> Draft | None:  # noqa: A002  (the record's own word)
        """Fetch a draft."""
        document = await self._collection.find_one({"_id": id})
        return from_document(document) if document else None

    async def save(self, draft: Draft) -> Draft:
        """Write a draft over the version that was read, and give it with its new version.

        Raises:
            Conflict: somebody else has changed it since it was read.
        """
        saved = replace(draft, version=draft.version + 1)
        before = {"_id": draft.id, "version": draft.version}
        if not await self._collection.replace(before, to_document(saved)):
            raise Conflict(f"draft {draft.id} has changed meanwhile: look at it again")
        return saved

    async def list(self, states: Sequence[DraftState], limit: int) -> list[Draft]:
        """List drafts in any of these states, the last changed first."""
        wanted = {"state": {"$in": [state.value for state in states]}}
        found = await self._collection.find(wanted, sort=_NEWEST_FIRST, limit=limit)
        return [from_document(one) for one in found]

    async def newest_of(self, staff: StaffId, state: DraftState) -> Draft | None:
        """Fetch the draft that this person made or edited and that was changed last."""
        wanted = {"authors": staff, "state": state.value}
        found = await self._collection.find(wanted, sort=_NEWEST_FIRST, limit=1)
        return from_document(found[0]) if found else None

    async def keep(self, texts: Iterable[bytes]) -> None:
        """Keep the texts of edited files. Idempotent."""
        await self._contents.put(list(texts))

    async def texts(self, digests: Iterable[str]) -> Mapping[str, bytes]:
        """Fetch texts by their digests; a missing one is left out."""
        return await self._contents.small(digests)


def to_document(draft: Draft) -> Document:
    """Write a draft; schema 1. Paths have dots, so they are no keys."""
    return {
        "_id": draft.id,
        "title": draft.title,
        "base": draft.base,
        "created_by": draft.created_by,
        "created_at": draft.created_at,
        "changed_at": draft.changed_at,
        "state": draft.state.value,
        "lane": draft.lane.value,
        "edits": [_edit(path, one) for path, one in sorted(draft.edits.items())],
        "editors": sorted(draft.editors),
        "submitted_by": draft.submitted_by,
        "authors": sorted(draft.authors),
        "signatures": [signature_to_document(one) for one in draft.signatures],
        "publish_at": draft.publish_at,
        "release": draft.release,
        "problem": draft.problem,
        "progress": draft.progress,
        "remarks": [{"by": one.by, "text": one.text, "at": one.at} for one in draft.remarks],
        "version": draft.version,
    }


def from_document(document: Document) -> Draft:
    """Read a draft; schema 1."""
    return Draft(
        id=document["_id"],
        title=document["title"],
        base=document["base"],
        created_by=document["created_by"],
        created_at=document["created_at"],
        changed_at=document["changed_at"],
        state=DraftState(document["state"]),
        lane=Lane(document["lane"]),
        edits=dict(_from_edit(one) for one in document["edits"]),
        editors=frozenset(document["editors"]),
        submitted_by=document["submitted_by"],
        signatures=tuple(signature_from_document(one) for one in document["signatures"]),
        publish_at=document["publish_at"],
        release=document["release"],
        problem=document["problem"],
        progress=document["progress"],
        remarks=tuple(Remark(**one) for one in document["remarks"]),
        version=document["version"],
    )


def _edit(path: str, edit: Edit) -> Document:
    return {"path": path, "digest": edit.digest, "base": edit.base, "by": edit.by, "at": edit.at}


def _from_edit(document: Document) -> tuple[str, Edit]:
    return document["path"], Edit(
        digest=document["digest"],
        base=document["base"],
        by=document["by"],
        at=document["at"],
    )
