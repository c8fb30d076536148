"""Releases: immutable, byte for byte what was tested; one of them is current."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pymongo import DESCENDING, IndexModel

from data.civic.errors import BadInput, Conflict, NotFound, StoreUnavailable
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Manifest, Origin, Release
from data.civic.knowing.stories import Story
from data.content.reader import read
from data.store import stories
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
class ReleaseFiles:
    """What a release is made of, but for its model."""

    manifest: Manifest
    files: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """A release in a list."""

    id: ReleaseId
    origin: Origin
    made_at: datetime
    files: int
    """How many it has."""
    story: Story | None = None


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
        story: Story | None = None,
    ) -> ReleaseId:
        """Keep a release. Idempotent: a second call changes nothing, not its story either.

        Raises:
            BadInput: files or model are not those that the manifest names.
        """
        if await asyncio.to_thread(_differs, manifest, files, model):
            raise BadInput(f"release {manifest.id}: its files are not those of its manifest")
        if await self._collection.find_one({"_id": manifest.id}) is None:
            contents = [*files.values(), *([model] if model else [])]
            sizes = await self._contents.put(contents)
            # The manifest comes last: where it stands, everything stands.
            await self._keep(to_document(manifest, sizes, origin=origin, at=at, story=story))
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

    async def files(self, id: ReleaseId) -> "ReleaseFiles":  # noqa: A002  (the record's own word)
        """Fetch the files of a release, without its model.

        Raises:
            NotFound: no such release was put.
            StoreUnavailable: what is kept is damaged.
        """
        document = await self._collection.find_one({"_id": id})
        if document is None:
            raise NotFound(f"there is no release {id}: see the list of releases")
        manifest, sizes = manifest_from_document(document), dict(document["sizes"])
        wanted = set(manifest.files.values())
        contents = await self._contents.load({sha: sizes[sha] for sha in wanted})
        files = {path: contents.get(sha, b"") for path, sha in manifest.files.items()}
        if await asyncio.to_thread(_damaged, manifest, files):
            raise StoreUnavailable(f"release {id} is damaged: choose another, restore a backup")
        return ReleaseFiles(manifest=manifest, files=files)

    async def model(self, id: ReleaseId) -> bytes:  # noqa: A002  (the record's own word)
        """Fetch the model of a release, without its files; empty: it has none.

        Raises:
            NotFound: no such release was put.
            StoreUnavailable: what is kept is damaged.
        """
        document = await self._collection.find_one({"_id": id})
        if document is None:
            raise NotFound(f"there is no release {id}: see the list of releases")
        digest = document["model"]
        if not digest:
            return b""
        found = await self._contents.load({digest: dict(document["sizes"])[digest]})
        if digest_of(found.get(digest, b"")) != digest:
            raise StoreUnavailable(f"release {id} is damaged: choose another, restore a backup")
        return found[digest]

    async def current(self) -> ReleaseId | None:
        """Tell which release is served; None before the first."""
        found = await self._current.find_one({"_id": _CURRENT})
        return ReleaseId(found["release"]) if found else None

    async def chosen(self) -> bool:
        """Say whether somebody went back to the current release: then no upgrade replaces it."""
        found = await self._current.find_one({"_id": _CURRENT})
        return bool(found and found.get("chosen"))

    async def before(self) -> ReleaseId | None:
        """Tell which release was served before the current one; None: none, or nobody noted it."""
        found = await self._current.find_one({"_id": _CURRENT})
        return ReleaseId(found["before"]) if found and found.get("before") else None

    async def make_current(
        self,
        id: ReleaseId,  # noqa: A002
        *,
        expected: ReleaseId | None,
        chosen: bool = False,
    ) -> None:
        """Serve this release from now on, if `expected` is served until now.

        `chosen`: somebody goes back to it, and the files of an upgrade must not replace it.

        Raises:
            NotFound: there is no such release.
            Conflict: another one has become current meanwhile.
        """
        if await self._collection.find_one({"_id": id}) is None:
            raise NotFound(f"there is no release {id}: put it before you make it current")
        if not await self._exchange(expected, id, chosen=chosen):
            raise Conflict("another release has become current meanwhile: look again")

    async def list(self, limit: int) -> tuple[ReleaseLine, ...]:
        """List releases, newest first."""
        fields = ["origin", "made_at", "files", "story"]
        found = await self._collection.find({}, sort=_NEWEST_FIRST, limit=limit, fields=fields)
        return tuple(_line(one) for one in found)

    async def newest(self, origin: Origin) -> ReleaseId | None:
        """Name the newest release that came from there; None: there is none."""
        wanted = {"origin": origin.value}
        found = await self._collection.find(wanted, sort=_NEWEST_FIRST, limit=1, fields=["_id"])
        return ReleaseId(found[0]["_id"]) if found else None

    async def line(self, id: ReleaseId) -> ReleaseLine | None:  # noqa: A002
        """Tell of one release what its list tells."""
        document = await self._collection.find_one({"_id": id}, but="sizes")
        return _line(document) if document else None

    async def _exchange(self, before: ReleaseId | None, after: ReleaseId, *, chosen: bool) -> bool:
        document = {"_id": _CURRENT, "release": after, "before": before, "chosen": chosen}
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


def to_document(
    manifest: Manifest,
    sizes: Sizes,
    *,
    origin: Origin,
    at: datetime,
    story: Story | None = None,
) -> Document:
    """Write a release without its contents; schema 2. Paths have dots, so they are no keys."""
    return {
        "_id": manifest.id,
        "files": [list(one) for one in sorted(manifest.files.items())],
        "model": manifest.model,
        "sizes": [list(one) for one in sorted(sizes.items())],
        "origin": origin.value,
        "made_at": at,
        "story": stories.to_document(story) if story else None,
    }


def manifest_from_document(document: Document) -> Manifest:
    """Read a manifest; schema 2, and 1, which had no story."""
    return Manifest(files=dict(document["files"]), model=document["model"])


def _damaged(manifest: Manifest, files: Mapping[str, bytes]) -> bool:
    return {path: digest_of(text) for path, text in files.items()} != dict(manifest.files)


def _differs(manifest: Manifest, files: Mapping[str, bytes], model: bytes) -> bool:
    heard_by = digest_of(model) if model else ""
    return _damaged(manifest, files) or heard_by != manifest.model


def _line(document: Document) -> ReleaseLine:
    story = document.get("story")
    return ReleaseLine(
        id=document["_id"],
        origin=Origin(document["origin"]),
        made_at=document["made_at"],
        files=len(document["files"]),
        story=stories.from_document(story) if story else None,
    )
