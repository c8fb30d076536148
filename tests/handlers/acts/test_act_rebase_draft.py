"""A draft that was overtaken: what stands against it, and how it catches up."""

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.errors import Conflict, Refused
from data.civic.people import Role
from data.content.keyed import Side
from data.content.merging import MergeConflict
from handlers.acts import drafts
from handlers.acts.draft_conflicts import behind, beside
from handlers.acts.rebase_draft import rebase
from handlers.office import Office
from tests.drafting import PASSPORT, approved, clerk, edited, fee, opening_hours, published, served


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


async def test_a_draft_on_the_current_release_has_nothing_under_it(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await fee(office, wang)
    assert await behind(office, draft) is None
    assert await beside(office, draft) == []
    assert await rebase(office, wang, draft.id, seen=draft.version, prefer={}) == (
        await drafts.find(office, wang, draft.id)
    )


async def test_another_draft_of_the_same_file_is_named_with_what_both_change(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    mine, other = await fee(office, wang), await opening_hours(office, wang)
    (found,) = await beside(office, mine)
    assert (found.draft.id, found.paths, found.clashes) == (other.id, (PASSPORT,), ())
    await edited(office, wang, other, PASSPORT, "每本120元", "每本9元")
    (found,) = await beside(office, mine)
    assert found.clashes[0].keys == ("summary", "elements.fee")


async def test_an_overtaken_draft_catches_up_and_keeps_both(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    mine = await fee(office, wang)
    other = await approved(house, office, await opening_hours(office, wang), wang)
    done = await published(office, other)
    overtaken = await behind(office, mine)
    assert overtaken is not None
    assert (overtaken.release, overtaken.both, overtaken.clashes) == (done.release, (PASSPORT,), ())
    moved = await rebase(office, wang, mine.id, seen=mine.version, prefer={})
    assert moved.base == done.release
    text, _ = await drafts.file_of(office, moved, PASSPORT)
    assert text is not None
    assert "每本100元".encode() in text
    assert "打电话问窗口".encode() in text


@pytest.mark.parametrize(("side", "said"), [(Side.OURS, "每本9元"), (Side.THEIRS, "每本100元")])
async def test_what_both_changed_is_decided_by_a_person(
    house: House, office: Office, side: Side, said: str
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    mine = await drafts.open_draft(office, wang)
    mine = await edited(office, wang, mine, PASSPORT, "每本120元", "每本9元")
    await published(office, await approved(house, office, await fee(office, wang), wang))
    with pytest.raises(MergeConflict):
        await rebase(office, wang, mine.id, seen=mine.version, prefer={})
    untouched = await drafts.find(office, wang, mine.id)
    assert untouched.version == mine.version
    moved = await rebase(office, wang, mine.id, seen=mine.version, prefer={PASSPORT: side})
    text, _ = await drafts.file_of(office, moved, PASSPORT)
    assert text is not None
    assert said.encode() in text
    assert (PASSPORT in moved.edits) is (side is Side.OURS)


async def test_only_an_editor_who_sees_the_draft_as_it_is_moves_it(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.REVIEWER)
    mine = await fee(office, wang)
    await published(office, await approved(house, office, await opening_hours(office, wang), wang))
    with pytest.raises(Refused):
        await rebase(office, li, mine.id, seen=mine.version, prefer={})
    with pytest.raises(Conflict):
        await rebase(office, wang, mine.id, seen=mine.version - 1, prefer={})


async def test_nobody_decides_behind_the_backs_of_those_who_signed(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    mine = await drafts.open_draft(office, wang)
    mine = await edited(office, wang, mine, PASSPORT, "每本120元", "每本9元")
    mine = await approved(house, office, mine, wang)
    await published(office, await approved(house, office, await fee(office, wang), wang))
    with pytest.raises(Conflict, match="open it again"):
        await rebase(office, wang, mine.id, seen=mine.version, prefer={PASSPORT: Side.OURS})
