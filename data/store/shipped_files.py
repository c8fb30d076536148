"""The content files that a program brought, as the house saw them last: what an upgrade changes.

One note beside the current release; the texts are kept once, beside those of the releases.
"""

from collections.abc import Mapping

from data.civic.knowing.releases import Manifest
from data.store.contents import Contents
from data.store.mongo import Database
from data.store.releases import CURRENT, ReleaseFiles

_THE_ONE = {"_id": "shipped"}


class ShippedFiles:
    """The files that were shipped with the program that ran last."""

    def __init__(self, database: Database) -> None:
        self._collection = database.collection(CURRENT)
        self._contents = Contents(database)

    async def manifest(self) -> Manifest | None:
        """Name them; None: nobody noted them yet."""
        found = await self._collection.find_one(_THE_ONE)
        return Manifest(files=dict(found["files"])) if found else None

    async def texts(self) -> Mapping[str, bytes]:
        """Fetch them by their paths; what is damaged is left out."""
        found = await self._collection.find_one(_THE_ONE)
        if found is None:
            return {}
        contents = await self._contents.load(dict(found["sizes"]))
        return {path: contents[sha] for path, sha in found["files"] if sha in contents}

    async def note(self, given: ReleaseFiles) -> None:
        """Note the files that are shipped now; schema 1. Idempotent."""
        sizes = await self._contents.put(list(given.files.values()))
        document = {
            **_THE_ONE,
            "files": [list(one) for one in sorted(given.manifest.files.items())],
            "sizes": [list(one) for one in sorted(sizes.items())],
        }
        await self._collection.replace(_THE_ONE, document, upsert=True)
