"""A house whose program was upgraded over a release of the office: it starts, and it answers."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from pymongo import MongoClient

from bot.first_release import Shipped
from bot.house import opened, store_opened
from bot.settings import Settings
from data.civic.errors import Mistakes
from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import DraftState
from data.civic.knowing.releases import Origin
from data.content.files import manifest_of
from data.store.collection import Document
from data.store.releases import ReleaseFiles
from data.store.stores import Stores
from handlers.acts import drafts
from tests import builders
from tests.bot.test_cli import bianmin
from tests.handlers.talking import Talk, words

DATABASE = f"bianmin-upgraded-{os.getpid()}"
WORDING = "wording/conversation.toml"
GREETING = "intents/greeting.toml"

Files = Mapping[str, bytes]


@pytest.fixture
def settings(
    mongod_uri: str, raw: MongoClient[Document], shipped: Shipped, tmp_path: Path
) -> Iterator[Settings]:
    """A database of its own, on which houses are opened as `serve` and `work` do."""
    (tmp_path / "models").symlink_to((Settings().home / "models").absolute())
    yield Settings(home=tmp_path, mongodb_uri=mongod_uri, database=DATABASE)  # type: ignore[arg-type]
    raw.drop_database(DATABASE)


@asynccontextmanager
async def before(
    settings: Settings, shipped: Shipped, files: Files, *, own: Files
) -> AsyncIterator[Stores]:
    """What the program before left: its files, and a release that the office made of them."""
    async with store_opened(settings) as stores:
        await current(stores, shipped, files, Origin.FILES)
        await stores.shipped_files.note(ReleaseFiles(manifest=manifest_of(files), files=files))
        await current(stores, shipped, {**files, **own}, Origin.CONSOLE)
        yield stores


async def current(stores: Stores, shipped: Shipped, files: Files, origin: Origin) -> ReleaseId:
    manifest = manifest_of(files, model=shipped.manifest.model)
    made = await stores.releases.put(
        manifest, files, shipped.model, origin=origin, at=builders.now()
    )
    await stores.releases.make_current(made, expected=await stores.releases.current())
    return made


def older(shipped: Shipped) -> dict[str, bytes]:
    """The files of a program that had no word yet for what nobody understands."""
    text = shipped.files[WORDING]
    assert b"\n[unknown]\n" in text
    return {**shipped.files, WORDING: text.replace(b"\n[unknown]\n", b"\n[unknown_before]\n")}


OWN = {"other/own.txt": "今天股票怎么样\n".encode()}


async def test_it_starts_and_says_what_its_release_has_no_words_for(
    settings: Settings, shipped: Shipped
) -> None:
    async with before(settings, shipped, older(shipped), own=OWN) as stores:
        standing = await stores.releases.current()
        async with opened(settings) as house:
            release = house.office().release
            said = words(await Talk(house).say("咕噜咕噜叽里呱啦"))
        assert "抱歉，这个问题我还答不上来" in said
        assert (release.id, release.lent) == (standing, {"unknown"})
        assert await stores.releases.current() == standing


async def test_the_draft_holds_the_new_words_and_a_second_start_makes_no_other(
    settings: Settings, shipped: Shipped
) -> None:
    async with before(settings, shipped, older(shipped), own=OWN):
        for _ in range(2):
            async with opened(settings) as house:
                office = house.office()
                (made,) = await office.stores.drafts.list(tuple(DraftState), 10)
                files = await drafts.files_of(office, made)
        assert set(made.edits) == {WORDING}
        assert files == {**shipped.files, **OWN}


async def test_processes_that_start_at_once_make_one_draft(
    settings: Settings, shipped: Shipped
) -> None:
    async with before(settings, shipped, older(shipped), own=OWN) as stores:
        async with AsyncExitStack() as stack:
            await asyncio.gather(*(stack.enter_async_context(opened(settings)) for _ in range(3)))
        assert len(await stores.drafts.list(tuple(DraftState), 10)) == 1


async def test_a_word_that_does_not_fit_is_still_refused_by_name(
    settings: Settings, shipped: Shipped
) -> None:
    odd = {WORDING: shipped.files[WORDING].replace(b"{hotline}", b"{fax}")}
    async with before(settings, shipped, shipped.files, own=odd):
        with pytest.raises(Mistakes, match=r"no placeholder \{fax\}"):
            async with opened(settings):
                pass


async def test_while_files_rule_the_new_ones_are_served_at_once(
    settings: Settings, shipped: Shipped
) -> None:
    async with store_opened(settings) as stores:
        await current(stores, shipped, older(shipped), Origin.FILES)
        async with opened(settings) as house:
            release = house.office().release
        assert (release.origin, release.lent) == (Origin.FILES, frozenset())
        assert dict((await stores.releases.files(release.id)).files) == shipped.files
        assert await stores.drafts.list(tuple(DraftState), 10) == []


async def test_check_notes_which_words_the_served_release_lacks(
    settings: Settings, shipped: Shipped, mongod_uri: str, tmp_path: Path
) -> None:
    database = {"mongodb_uri": mongod_uri, "database": DATABASE}
    code, out, _ = await bianmin("check", home=tmp_path, **database)
    assert (code, "note:" in out) == (0, False)
    async with before(settings, shipped, older(shipped), own=OWN):
        code, out, _ = await bianmin("check", home=tmp_path, **database)
    assert code == 0
    assert "note: the release that is served has no words for unknown:" in out
