"""The files that were shipped last are remembered, whole, beside the current release."""

from data.civic.knowing.releases import Origin
from data.content.files import manifest_of
from data.store.releases import ReleaseFiles
from data.store.stores import Stores
from tests import builders

OLD = {"wording/a.toml": b"old", "other/b.txt": b"same"}
NEW = {"wording/a.toml": b"new", "other/b.txt": b"same", "lexicon/c.txt": b""}


def given(files: dict[str, bytes]) -> ReleaseFiles:
    return ReleaseFiles(manifest=manifest_of(files), files=files)


async def test_a_house_that_noted_nothing_knows_nothing(stores: Stores) -> None:
    assert await stores.shipped_files.manifest() is None
    assert await stores.shipped_files.texts() == {}


async def test_what_was_noted_last_comes_back_whole(stores: Stores) -> None:
    for files in (OLD, NEW, NEW):
        await stores.shipped_files.note(given(files))
        assert await stores.shipped_files.manifest() == manifest_of(files)
        assert await stores.shipped_files.texts() == files


async def test_the_note_is_no_release(stores: Stores) -> None:
    await stores.shipped_files.note(given(OLD))
    assert await stores.releases.current() is None
    assert await stores.releases.list(10) == ()


async def test_the_newest_release_of_an_origin_is_found(stores: Stores) -> None:
    assert await stores.releases.newest(Origin.FILES) is None
    first, last = manifest_of(OLD), manifest_of(NEW)
    now = builders.now()
    await stores.releases.put(first, OLD, b"", origin=Origin.FILES, at=now)
    await stores.releases.put(last, NEW, b"", origin=Origin.CONSOLE, at=now)
    assert await stores.releases.newest(Origin.FILES) == first.id
