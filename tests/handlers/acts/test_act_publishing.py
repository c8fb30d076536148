"""Publishing: what is due, who gets it, what is served afterwards; a kill at any step is healed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.errors import Conflict
from data.civic.knowing.drafts import DraftState, Lane
from data.civic.people import Role
from data.content.files import manifest_of
from data.content.merging import MergeConflict
from handlers.acts import drafts, freeze, publishing, review_draft
from handlers.acts.publishing import ABANDONED
from handlers.office import Office
from tests import builders
from tests.drafting import (
    PASSPORT,
    approved,
    clerk,
    edited,
    fee,
    opening_hours,
    published,
    served,
    signed,
    submitted,
)


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


async def test_a_signed_draft_is_served_and_its_release_tells_the_story(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await approved(house, office, await opening_hours(office, wang), wang)
    assert [one.id for one in await publishing.due(office)] == [draft.id]
    done = await published(office, draft)
    assert done.state is DraftState.PUBLISHED
    assert await office.stores.releases.current() == done.release
    line = (await office.stores.releases.list(1))[0]
    assert line.story is not None
    assert (line.story.draft, line.story.title) == (draft.id, "改护照俗称")
    assert [one.name for one in line.story.signatures] == ["first"]
    assert await publishing.due(office) == []


async def test_a_scheduled_draft_waits_for_its_time(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await opening_hours(office, wang)
    then = office.clock.now() + timedelta(hours=1)
    draft = await review_draft.schedule(office, wang, draft.id, seen=draft.version, publish_at=then)
    await approved(house, office, draft, wang)
    assert await publishing.due(office) == []
    later = replace(office, clock=builders.clock(shift=timedelta(hours=2)))
    assert len(await publishing.due(later)) == 1


async def test_of_two_workers_one_gets_a_draft(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await approved(house, office, await opening_hours(office, wang), wang)
    started = await publishing.start(office, draft)
    for again in (draft, started):
        with pytest.raises(Conflict):
            await publishing.start(office, again)


async def test_a_dead_workers_draft_is_taken_up_and_the_dead_one_cannot_go_on(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    dead = await publishing.start(
        office, await approved(house, office, await opening_hours(office, wang), wang)
    )
    assert await publishing.due(office) == []
    later = replace(office, clock=builders.clock(shift=ABANDONED + timedelta(minutes=1)))
    (found,) = await publishing.due(later)
    done = await published(later, found)
    assert done.state is DraftState.PUBLISHED
    with pytest.raises(Conflict):
        await publishing.advance(office, dead, 0.5)


async def test_who_dies_between_serving_and_noting_is_finished_and_publishes_nothing_twice(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await approved(house, office, await opening_hours(office, wang), wang)
    started = await publishing.start(office, draft)
    stored = await office.stores.releases.load(started.base)
    files = await drafts.files_of(office, started)
    manifest = manifest_of(files, model=stored.manifest.model)
    await publishing.publish(office, started, manifest, files, stored.model)
    noted = await drafts.find(office, wang, draft.id)
    dead = replace(noted, state=DraftState.PUBLISHING)
    dead = await office.stores.drafts.save(dead)
    done = await publishing.finished(office, dead)
    assert done is not None
    assert (done.state, done.release) == (DraftState.PUBLISHED, manifest.id)
    assert len(await office.stores.releases.list(10)) == 2


async def test_a_publish_while_a_draft_is_open_is_merged_or_named(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.EDITOR)
    of_wang, of_li = await fee(office, wang), await opening_hours(office, li)
    third = await drafts.open_draft(office, li)
    third = await edited(office, li, third, PASSPORT, '"出国证件"', '"又一个叫法"')
    late = await edited(office, li, third, PASSPORT, "每本120元", "每本99元")
    await published(office, await approved(house, office, of_wang, wang))
    done = await published(office, await approved(house, office, of_li, li))
    files = await drafts.files_of(office, done)
    assert "每本100元".encode() in files[PASSPORT]
    assert "打电话问窗口".encode() in files[PASSPORT]
    started = await publishing.start(office, await approved(house, office, late, li))
    with pytest.raises(MergeConflict, match=r"guides/passport\.toml: summary"):
        await publishing.catch_up(office, started)
    failed = await publishing.fail(office, started, "both changed the fee")
    assert (failed.state, failed.problem) == (DraftState.FAILED, "both changed the fee")
    assert failed.edits[PASSPORT] == started.edits[PASSPORT]
    assert await office.stores.releases.current() == done.release


async def test_another_release_in_between_is_never_overwritten(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    two = [await opening_hours(office, wang, said) for said in ("甲", "乙")]
    first, second = [await approved(house, office, one, wang) for one in two]
    slow = await publishing.start(office, first)
    stored = await office.stores.releases.load(slow.base)
    files = await drafts.files_of(office, slow)
    await published(office, second)
    with pytest.raises(Conflict):
        await publishing.publish(
            office, slow, manifest_of(files, model=stored.manifest.model), files, stored.model
        )


async def test_while_publishing_is_frozen_only_the_emergency_lane_moves(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    chief = await clerk(house, "chief", Role.CHIEF)
    urgent = await submitted(house, wang, await opening_hours(office, wang, "甲"), Lane.EMERGENCY)
    waiting = await approved(house, office, await opening_hours(office, wang, "乙"), wang)
    first = await office.stores.staff.by_login("first")
    assert first is not None
    urgent = await signed(house, chief, await signed(house, first, urgent))
    ids = [one.id for one in await publishing.due(office)]
    assert ids == [urgent.id, waiting.id]
    started = await publishing.start(office, waiting)
    await freeze.freeze(office, chief, "台风应急")
    assert [one.id for one in await publishing.due(office)] == [urgent.id]
    stored = await office.stores.releases.load(started.base)
    files = await drafts.files_of(office, started)
    held = await publishing.publish(
        office, started, manifest_of(files, model=stored.manifest.model), files, stored.model
    )
    assert held.state is DraftState.APPROVED
    assert await office.stores.releases.current() == started.base
    await published(office, urgent)
    await freeze.thaw(office, chief)
    assert (await published(office, held)).state is DraftState.PUBLISHED
