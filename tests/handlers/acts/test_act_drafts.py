"""Drafts by their acts: opened, edited by several, found again; who changed what is named."""

import asyncio

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused, TooLarge
from data.civic.ids import DraftId
from data.civic.knowing.drafts import EditedMeanwhile
from data.civic.people import Role
from data.store.contents import PIECE
from handlers.acts import drafts
from handlers.office import Office
from tests.drafting import GREETING, PASSPORT, clerk, edited, served


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


async def test_a_file_of_a_draft_is_that_of_the_release_until_somebody_edits_it(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang, " 护照  收费 ")
    assert draft.title == "护照 收费"
    text, digest = await drafts.file_of(office, draft, PASSPORT)
    assert text is not None
    assert "每本120元".encode() in text
    saved = await edited(office, wang, draft, PASSPORT, "每本120元", "每本100元")
    after, seen = await drafts.file_of(office, saved, PASSPORT)
    assert after == text.replace("每本120元".encode(), "每本100元".encode())
    assert seen != digest
    assert (await drafts.files_of(office, saved))[PASSPORT] == after
    assert await drafts.file_of(office, saved, "guides/none.toml") == (None, "")


async def test_a_removed_and_a_new_file_stand_so_in_the_draft(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    _, seen = await drafts.file_of(office, draft, PASSPORT)
    texts = {PASSPORT: None, "other/new.txt": "今天天气怎么样\n".encode()}
    draft = await drafts.save(office, wang, draft.id, texts, {PASSPORT: seen})
    files = await drafts.files_of(office, draft)
    assert PASSPORT not in files
    assert files["other/new.txt"] == texts["other/new.txt"]
    assert await drafts.file_of(office, draft, PASSPORT) == (None, "")


async def test_two_who_edit_the_same_file_are_told_of_each_other(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    _, seen = await drafts.file_of(office, draft, PASSPORT)
    await drafts.save(office, wang, draft.id, {PASSPORT: b"of wang"}, {PASSPORT: seen})
    with pytest.raises(EditedMeanwhile) as caught:
        await drafts.save(office, li, draft.id, {PASSPORT: b"of li"}, {PASSPORT: seen})
    assert caught.value.edit is not None
    assert caught.value.edit.by == wang.id
    assert (await drafts.file_of(office, await drafts.find(office, li, draft.id), PASSPORT))[
        0
    ] == b"of wang"


async def test_many_who_save_different_files_at_once_all_succeed(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    await asyncio.gather(
        *[
            drafts.save(office, who, draft.id, {f"other/{who.login}_{n}.txt": b"x"}, {})
            for who in (wang, li)
            for n in range(2)
        ]
    )
    found = await drafts.find(office, wang, draft.id)
    assert len(found.edits) == 4
    assert found.editors == {wang.id, li.id}


async def test_a_second_click_changes_nothing(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    _, seen = await drafts.file_of(office, draft, PASSPORT)
    once = await drafts.save(office, wang, draft.id, {PASSPORT: b"x"}, {PASSPORT: seen})
    twice = await drafts.save(office, wang, draft.id, {PASSPORT: b"x"}, {PASSPORT: seen})
    assert twice.version == once.version


async def test_all_files_of_a_save_are_changed_or_none(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    with pytest.raises(EditedMeanwhile):
        await drafts.save(
            office, wang, draft.id, {"other/new.txt": b"x", PASSPORT: b"x"}, {PASSPORT: "old"}
        )
    assert (await drafts.find(office, wang, draft.id)).edits == {}


async def test_an_edit_that_is_taken_back_is_gone(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    draft = await edited(office, wang, draft, PASSPORT, "每本120元", "每本100元")
    _, seen = await drafts.file_of(office, draft, PASSPORT)
    with pytest.raises(EditedMeanwhile):
        await drafts.discard(office, wang, draft.id, PASSPORT, seen="another")
    assert (await drafts.discard(office, wang, draft.id, PASSPORT, seen=seen)).edits == {}
    await drafts.discard(office, wang, draft.id, PASSPORT, seen=seen)


async def test_my_draft_is_the_newest_open_one_that_i_made_or_edited(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.EDITOR)
    mine = await drafts.mine_or_new(office, wang)
    assert (await drafts.mine_or_new(office, wang)).id == mine.id
    other = await drafts.mine_or_new(office, li)
    assert other.id != mine.id
    await edited(office, wang, other, GREETING, "title", "title")  # nothing changes: not edited
    assert (await drafts.mine_or_new(office, wang)).id == mine.id


async def test_who_is_no_editor_writes_nothing(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.REVIEWER)
    draft = await drafts.open_draft(office, wang)
    for act in (
        drafts.open_draft(office, li),
        drafts.mine_or_new(office, li),
        drafts.rename(office, li, draft.id, "x"),
        drafts.save(office, li, draft.id, {"other/x.txt": b"x"}, {}),
    ):
        with pytest.raises(Refused):
            await act
    assert (await drafts.find(office, li, draft.id)).id == draft.id
    sun = await clerk(house, "sun", Role.GRID)
    with pytest.raises(Refused):
        await drafts.find(office, sun, draft.id)


@pytest.mark.parametrize(
    "path",
    ["../x.toml", "guides/../x.toml", "guides/x.py", "seeds/x.toml", "guides/a/b.toml", "x.toml"],
)
async def test_only_files_of_a_release_are_written(house: House, office: Office, path: str) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    with pytest.raises(BadInput):
        await drafts.save(office, wang, draft.id, {path: b"x"}, {})


async def test_what_is_too_large_or_too_long_is_refused(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    with pytest.raises(TooLarge):
        await drafts.save(office, wang, draft.id, {"other/x.txt": b"x" * (PIECE + 1)}, {})
    with pytest.raises(BadInput):
        await drafts.rename(office, wang, draft.id, "长" * 61)
    with pytest.raises(NotFound):
        await drafts.find(office, wang, DraftId("none"))


async def test_a_draft_that_is_not_open_is_not_edited(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    draft = await edited(office, wang, draft, PASSPORT, "每本120元", "每本100元")
    await office.stores.drafts.save(draft.submit(by=wang.id, lane=draft.lane, at=draft.changed_at))
    with pytest.raises(Conflict):
        await drafts.save(office, wang, draft.id, {"other/x.txt": b"x"}, {})
