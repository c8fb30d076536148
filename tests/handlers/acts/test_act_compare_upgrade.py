"""What an upgrade left to staff is shown as the program would say it, and nothing else."""

import pytest

from bot.house import House
from data.content.differing import Difference
from data.content.files import manifest_of
from data.store.releases import ReleaseFiles
from handlers.acts import compare
from handlers.acts.draft_upgrade import draft_upgrade
from tests.conftest import Build
from tests.drafting import served
from tests.small_county import small_files, small_release, with_files

OLD = small_files()
WORDING, WORD = "wording/conversation.toml", "我还答不上来"
PLAIN = "抱歉，这个我不知道"
OTHER = "lexicon/fillers.txt"
NEW_FILE = {"wording/new.toml": '[new_words]\nfull = "新话术。"\n'.encode()}


@pytest.fixture
def house(build: Build) -> House:
    return build(shipped=small_release())


def said(path: str, before: str, after: str, **more: bytes) -> dict[str, bytes]:
    text = OLD[path].decode()
    assert before in text
    return {**OLD, **more, path: text.replace(before, after).encode()}


async def left(build: Build, mine: dict[str, bytes], theirs: dict[str, bytes]) -> list[Difference]:
    one = with_files(mine)
    house = build(shipped=one)
    office = await served(house, one)
    await office.stores.releases.make_current(
        one.manifest.id, expected=one.manifest.id, chosen=True
    )
    before = ReleaseFiles(manifest=manifest_of(OLD), files=OLD)
    await office.stores.shipped_files.note(before)
    made = await draft_upgrade(office, theirs)
    assert made is not None
    return list(await compare.of_upgrade(office, made))


async def test_only_what_both_changed_is_told(build: Build) -> None:
    mine = said(WORDING, WORD, "我不知道")
    mine[WORDING] = mine[WORDING].replace("您好".encode(), "你好".encode(), 1)
    (one,) = await left(build, mine, {**said(WORDING, WORD, "我不会"), **NEW_FILE})
    assert one.path == WORDING
    assert {change.at[0] for change in one.changes} == {"unknown"}


async def test_words_that_belong_together_are_told_whichever_differs(build: Build) -> None:
    mine, theirs = said(WORDING, PLAIN, "不知道"), said(WORDING, PLAIN, "这个我不会")
    (one,) = await left(build, mine, {**theirs, **NEW_FILE})
    assert [change.at for change in one.changes] == [("unknown", "plain")]


async def test_a_file_that_the_program_no_longer_has_is_told(build: Build) -> None:
    theirs = {**OLD, **NEW_FILE}
    del theirs[OTHER]
    mine = {**OLD, OTHER: OLD[OTHER] + "哎呀呀\n".encode()}
    (one,) = await left(build, mine, theirs)
    assert (one.path, one.sort) == (OTHER, "removed")


async def test_where_nothing_is_left_nothing_is_told(build: Build) -> None:
    assert await left(build, OLD, {**OLD, **NEW_FILE}) == []
