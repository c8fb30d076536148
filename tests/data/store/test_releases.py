"""Releases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import BadInput, Conflict, NotFound, StoreUnavailable
from data.civic.ids import ReleaseId
from data.civic.knowing.releases import Manifest, Origin
from data.store.collection import Document
from data.store.contents import PIECE, digest_of
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.witness import OWN

FILES = {"guides/passport.toml": "护照".encode(), "empty.txt": b"", "same.txt": "护照".encode()}
MODEL = b"m" * (PIECE + 1)


def manifest(files: dict[str, bytes], model: bytes) -> Manifest:
    digests = {path: digest_of(content) for path, content in files.items()}
    return Manifest(files=digests, model=digest_of(model) if model else "")


async def put(stores: Stores, files: dict[str, bytes], model: bytes = b"m") -> ReleaseId:
    return await stores.releases.put(
        manifest(files, model), files, model, origin=Origin.FILES, at=builders.now()
    )


async def test_a_release_comes_back_byte_for_byte(stores: Stores) -> None:
    id_ = await put(stores, FILES, MODEL)
    stored = await stores.releases.load(id_)
    assert (stored.files, stored.model) == (FILES, MODEL)
    assert (stored.manifest.id, stored.origin) == (id_, Origin.FILES)


async def test_a_release_without_a_model_comes_back(stores: Stores) -> None:
    stored = await stores.releases.load(await put(stores, FILES, b""))
    assert (stored.files, stored.model) == (FILES, b"")


async def test_a_second_put_changes_nothing(stores: Stores) -> None:
    early = builders.now() - timedelta(days=1)
    of = manifest(FILES, b"m")
    for at in (early, builders.now()):
        await stores.releases.put(of, FILES, b"m", origin=Origin.FILES, at=at)
    assert (await stores.releases.load(of.id)).made_at == early


async def test_many_may_put_the_same_release_at_once(stores: Stores) -> None:
    assert len(set(await asyncio.gather(*[put(stores, FILES) for _ in range(8)]))) == 1


async def test_files_that_are_not_those_of_the_manifest_are_refused(stores: Stores) -> None:
    other = {**FILES, "empty.txt": b"x"}
    with pytest.raises(BadInput):
        await stores.releases.put(
            manifest(FILES, b"m"), other, b"m", origin=Origin.FILES, at=builders.now()
        )


async def test_a_release_that_was_damaged_is_not_served(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    id_ = await put(stores, FILES)
    contents = raw[DATABASE]["release_contents"]
    wanted = {"_id": f"{digest_of(FILES['same.txt'])}/0"}
    contents.update_one(wanted, {"$set": {"bytes": b"other!"}}, comment=OWN)
    with pytest.raises(StoreUnavailable, match="damaged"):
        await stores.releases.load(id_)


async def test_a_release_that_was_never_put_is_not_found(stores: Stores) -> None:
    with pytest.raises(NotFound):
        await stores.releases.load(ReleaseId("0" * 64))
    with pytest.raises(NotFound):
        await stores.releases.make_current(ReleaseId("0" * 64), expected=None)


async def test_of_many_who_make_theirs_current_one_succeeds(stores: Stores) -> None:
    old = await put(stores, FILES)
    await stores.releases.make_current(old, expected=None)
    made = [await put(stores, {"n": str(number).encode()}) for number in range(8)]
    changes = [stores.releases.make_current(one, expected=old) for one in made]
    ends = await asyncio.gather(*changes, return_exceptions=True)
    assert ends.count(None) == 1
    assert sum(isinstance(end, Conflict) for end in ends) == 7
    assert await stores.releases.current() == made[ends.index(None)]


async def test_the_first_current_release_expects_none(stores: Stores) -> None:
    assert await stores.releases.current() is None
    one, two = await put(stores, FILES), await put(stores, {})
    with pytest.raises(Conflict):
        await stores.releases.make_current(one, expected=two)
    await stores.releases.make_current(one, expected=None)
    with pytest.raises(Conflict):
        await stores.releases.make_current(two, expected=None)


async def test_releases_are_listed_newest_first(stores: Stores) -> None:
    of, now = manifest(FILES, b"m"), builders.now()
    await stores.releases.put(of, FILES, b"m", origin=Origin.FILES, at=now - timedelta(1))
    new = replace(of, files={})
    await stores.releases.put(new, {}, b"m", origin=Origin.CONSOLE, at=now)
    listed = await stores.releases.list(10)
    assert [(one.id, one.files) for one in listed] == [(new.id, 0), (of.id, 3)]


async def test_a_model_is_fetched_alone(stores: Stores) -> None:
    assert await stores.releases.model(await put(stores, FILES, MODEL)) == MODEL
    assert await stores.releases.model(await put(stores, FILES, b"")) == b""
    with pytest.raises(NotFound):
        await stores.releases.model(ReleaseId("0" * 64))


async def test_a_damaged_model_is_not_given(stores: Stores, raw: MongoClient[Document]) -> None:
    made = await put(stores, FILES, MODEL)
    contents = raw[DATABASE]["release_contents"]
    contents.delete_one({"_id": f"{digest_of(MODEL)}/1"}, comment=OWN)
    with pytest.raises(StoreUnavailable, match="damaged"):
        await stores.releases.model(made)


async def test_it_is_known_which_release_was_served_before(stores: Stores) -> None:
    old, new = await put(stores, FILES), await put(stores, {**FILES, "empty.txt": b"x"})
    assert await stores.releases.before() is None
    await stores.releases.make_current(old, expected=None)
    assert await stores.releases.before() is None
    await stores.releases.make_current(new, expected=old)
    assert await stores.releases.before() == old
    await stores.releases.make_current(old, expected=new, chosen=True)
    assert await stores.releases.before() == new
