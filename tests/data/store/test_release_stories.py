"""What a release remembers of how it came about, and of who chose it."""

import pytest
from pymongo import MongoClient

from data.civic.errors import NotFound, StoreUnavailable
from data.civic.ids import DraftId, ReleaseId, StaffId
from data.civic.knowing.draft_parts import Signature
from data.civic.knowing.drafts import Lane
from data.civic.knowing.releases import Origin
from data.civic.knowing.stories import Story
from data.store.collection import Document
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.data.store.test_releases import FILES, manifest
from tests.witness import OWN

SIGNED = Signature(by=StaffId("li"), name="李明", department="公安", content="c", at=builders.now())
STORY = Story(
    draft=DraftId("d1"),
    title="护照收费",
    lane=Lane.ORDINARY,
    authors=(StaffId("wang"),),
    signatures=(SIGNED,),
    paths=("guides/passport.toml",),
    changed=1,
)


async def put(stores: Stores, story: Story | None = None) -> ReleaseId:
    of = manifest(FILES, b"m")
    return await stores.releases.put(
        of, FILES, b"m", origin=Origin.CONSOLE, at=builders.now(), story=story
    )


async def test_a_release_remembers_who_wrote_and_signed_it(stores: Stores) -> None:
    made = await put(stores, STORY)
    assert [one.story for one in await stores.releases.list(10)] == [STORY]
    line = await stores.releases.line(made)
    assert line is not None
    assert line.story == STORY
    assert await stores.releases.line(ReleaseId("none")) is None


async def test_a_release_kept_before_there_were_stories_is_still_read(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    made = await put(stores, STORY)
    change = [{"q": {"_id": made}, "u": {"$unset": {"story": ""}}}]
    raw[DATABASE].command({"update": "releases", "updates": change, "comment": OWN})
    assert (await stores.releases.list(10))[0].story is None
    assert (await stores.releases.load(made)).files == FILES


async def test_the_files_come_without_the_model(stores: Stores) -> None:
    found = await stores.releases.files(await put(stores))
    assert found.files == FILES
    with pytest.raises(NotFound):
        await stores.releases.files(ReleaseId("none"))


async def test_damaged_files_are_refused(stores: Stores, raw: MongoClient[Document]) -> None:
    made = await put(stores)
    gone = [{"q": {"_id": f"{manifest(FILES, b'm').files['same.txt']}/0"}, "limit": 1}]
    raw[DATABASE].command({"delete": "release_contents", "deletes": gone, "comment": OWN})
    with pytest.raises(StoreUnavailable, match="damaged"):
        await stores.releases.files(made)


async def test_who_goes_back_to_a_release_has_chosen_it(stores: Stores) -> None:
    made = await put(stores)
    await stores.releases.make_current(made, expected=None)
    assert not await stores.releases.chosen()
    await stores.releases.make_current(made, expected=made, chosen=True)
    assert await stores.releases.chosen()
