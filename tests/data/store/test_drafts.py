"""Drafts in the store: a version a time, texts kept once, the newest of a person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import Conflict
from data.civic.ids import DraftId, ReleaseId, StaffId
from data.civic.knowing.draft_parts import Edit
from data.civic.knowing.drafts import LIVE, Draft, DraftState
from data.civic.knowing.switches import FREEZE, Switch
from data.store.contents import digest_of
from data.store.stores import Stores
from tests import builders

WANG, LI = StaffId("wang"), StaffId("li")


def draft(name: str = "d1", *, by: StaffId = WANG, state: DraftState = DraftState.OPEN) -> Draft:
    now = builders.now()
    return Draft(
        id=DraftId(name),
        title=name,
        base=ReleaseId("b" * 64),
        created_by=by,
        created_at=now,
        changed_at=now,
        state=state,
    )


async def test_a_draft_comes_back_as_it_was(stores: Stores) -> None:
    edit = Edit(digest="x", base="", by=LI, at=builders.now())
    one = replace(draft(), edits={"guides/a.toml": edit}, editors=frozenset({LI}))
    await stores.drafts.put(one)
    assert await stores.drafts.get(one.id) == one
    assert await stores.drafts.get(DraftId("none")) is None


async def test_an_id_is_taken_once(stores: Stores) -> None:
    await stores.drafts.put(draft())
    with pytest.raises(Conflict):
        await stores.drafts.put(draft())


async def test_of_two_who_save_the_same_version_one_is_told(stores: Stores) -> None:
    one = draft()
    await stores.drafts.put(one)
    saved = await stores.drafts.save(replace(one, title="first"))
    assert saved.version == 1
    with pytest.raises(Conflict):
        await stores.drafts.save(replace(one, title="second"))
    found = await stores.drafts.get(one.id)
    assert found is not None
    assert found.title == "first"


async def test_drafts_are_listed_by_state_the_last_changed_first(stores: Stores) -> None:
    early = replace(draft("early"), changed_at=builders.now() - timedelta(hours=1))
    for one in (early, draft("late"), draft("gone", state=DraftState.WITHDRAWN)):
        await stores.drafts.put(one)
    assert [one.id for one in await stores.drafts.list(LIVE, 10)] == ["late", "early"]


async def test_the_newest_of_a_person_is_one_made_or_edited(stores: Stores) -> None:
    mine = replace(draft("mine"), changed_at=builders.now() - timedelta(hours=1))
    helped = replace(draft("helped", by=LI), editors=frozenset({WANG}))
    for one in (mine, helped, draft("other", by=LI)):
        await stores.drafts.put(one)
    found = await stores.drafts.newest_of(WANG, DraftState.OPEN)
    assert found is not None
    assert found.id == "helped"
    assert await stores.drafts.newest_of(StaffId("zhao"), DraftState.OPEN) is None


async def test_texts_are_found_by_their_digests_and_missing_ones_left_out(stores: Stores) -> None:
    texts = [b"one", b"", "护照".encode()]
    await stores.drafts.keep(texts)
    await stores.drafts.keep(texts)
    wanted = {digest_of(one): one for one in texts}
    assert await stores.drafts.texts([*wanted, "none"]) == wanted


async def test_a_switch_stands_as_it_was_turned_last(stores: Stores) -> None:
    assert await stores.switches.get(FREEZE) is None
    first = Switch(name=FREEZE, on=True, by=WANG, at=builders.now(), reason="台风")
    for one in (first, replace(first, on=False, reason="")):
        await stores.switches.put(one)
        assert await stores.switches.get(FREEZE) == one
