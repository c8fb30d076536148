"""Releases: immutable, byte for byte what was tested; one of them is current."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pymongo import DESCENDING, IndexModel

from data.civic.errors import BadInput, Conflict, NotFound, StoreUnavailable
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Manifest, Origin, Release
from data.content.reader import read
from data.store.collection import Document
from data.store.contents import Contents, Sizes, digest_of
from data.store.failures import Duplicate
from data.store.mongo import Database

COLLECTION = "releases"
CURRENT = "release_current"

_NEWEST_FIRST = [("made_at", DESCENDING)]
_CURRENT = "current"

INDEXES = (IndexModel(_NEWEST_FIRST, name="newest"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRelease:
    """A release as it was put."""

    manifest: Manifest
    files: Mapping[str, bytes] = field(repr=False)
    model: bytes = field(repr=False)
    origin: Origin
    made_at: datetime

    def read(self) -> Release:
        """Read what it says. Tenths of a second of CPU: not for the event loop of a door.

        Raises:
            Mistakes: its content is wrong; every mistake with file and line.
        """
        return read(self.files, manifest=self.manifest, origin=self.origin, made_at=self.made_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """A release in a list."""

    id: ReleaseId
    origin: Origin
    made_at: datetime
    files: int
    """How many it has."""


class Releases:
    """All releases ever made, and which one is current."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(COLLECTION)
        self._current = database.collection(CURRENT)
        self._contents = Contents(database)

    async def put(
        self,
        manifest: Manifest,
        files: Mapping[str, bytes],
        model: bytes,
        *,
        origin: Origin,
        at: datetime,
    ) -> ReleaseId:
        """Keep a release. Idempotent: a second call changes nothing.

        Raises:
            BadInput: files or model are not those that the manifest names.
        """
        if await asyncio.to_thread(_differs, manifest, files, model):
            raise BadInput(f"release {manifest.id}: its files are not those of its manifest")
        if await self._collection.find_one({"_id": manifest.id}) is None:
            contents = [*files.values(), *([model] if model else [])]
            sizes = await self._contents.put(contents)
            # The manifest comes last: where it stands, everything stands.
            await self._keep(to_document(manifest, sizes, origin=origin, at=at))
        return manifest.id

    async def load(self, id: ReleaseId) -> StoredRelease:  # noqa: A002  (the record's own word)
        """Fetch a release whole.

        Raises:
            NotFound: no such release was put.
            StoreUnavailable: what is kept is damaged.
        """
        document = await self._collection.find_one({"_id": id})
        if document is None:
            raise NotFound(f"there is no release {id}: see the list of releases")
        manifest = manifest_from_document(document)
        contents = await self._contents.load(dict(document["sizes"]))
        files = {path: contents.get(sha, b"") for path, sha in manifest.files.items()}
        model = contents.get(document["model"], b"")
        if manifest.id != id or await asyncio.to_thread(_differs, manifest, files, model):
            raise StoreUnavailable(f"release {id} is damaged: choose another, restore a backup")
        return StoredRelease(
            manifest=manifest,
            files=files,
            model=model,
            origin=Origin(document["origin"]),
            made_at=document["made_at"],
        )

    async def current(self) -> ReleaseId | None:
        """Tell which release is served; None before the first."""
        found = await self._current.find_one({"_id": _CURRENT})
        return ReleaseId(found["release"]) if found else None

    async def make_current(self, id: ReleaseId, *, expected: ReleaseId | None) -> None:  # noqa: A002
        """Serve this release from now on, if `expected` is served until now.

        Raises:
            NotFound: there is no such release.
            Conflict: another one has become current meanwhile.
        """
        if await self._collection.find_one({"_id": id}) is None:
            raise NotFound(f"there is no release {id}: put it before you make it current")
        if not await self._exchange(expected, id):
            raise Conflict("another release has become current meanwhile: look again")

    async def list(self, limit: int) -> tuple[ReleaseLine, ...]:
        """List releases, newest first."""
        fields = ["origin", "made_at", "files"]
        found = await self._collection.find({}, sort=_NEWEST_FIRST, limit=limit, fields=fields)
        return tuple(_line(one) for one in found)

    async def _exchange(self, before: ReleaseId | None, after: ReleaseId) -> bool:
        document = {"_id": _CURRENT, "release": after}
        if before is not None:
            return await self._current.replace({"_id": _CURRENT, "release": before}, document)
        try:
            await self._current.insert(document)
        except Duplicate:
            return False
        return True

    async def _keep(self, document: Document) -> None:
        try:
            await self._collection.insert(document)
        except Duplicate:
            return


def to_document(manifest: Manifest, sizes: Sizes, *, origin: Origin, at: datetime) -> Document:
    """Write a release without its contents; schema 1. Paths have dots, so they are no keys."""
    return {
        "_id": manifest.id,
        "files": [list(one) for one in sorted(manifest.files.items())],
        "model": manifest.model,
        "sizes": [list(one) for one in sorted(sizes.items())],
        "origin": origin.value,
        "made_at": at,
    }


def manifest_from_document(document: Document) -> Manifest:
    """Read a manifest; schema 1."""
    return Manifest(files=dict(document["files"]), model=document["model"])


def _differs(manifest: Manifest, files: Mapping[str, bytes], model: bytes) -> bool:
    digests = {path: digest_of(content) for path, content in files.items()}
    heard_by = digest_of(model) if model else ""
    return digests != dict(manifest.files) or heard_by != manifest.model


def _line(document: Document) -> ReleaseLine:
    return ReleaseLine(
        id=document["_id"],
        origin=Origin(document["origin"]),
        made_at=document["made_at"],
        files=len(document["files"]),
    )
