"""The review of drafts: who may sign what, how often, and what nobody does by accident."""

import asyncio
from datetime import timedelta

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.errors import BadInput, Conflict, Mistakes, Refused
from data.civic.knowing.drafts import DraftState, Lane
from data.civic.people import Role
from handlers.acts import drafts, review_draft
from handlers.office import Office
from tests.drafting import PASSPORT, POLICE, clerk, edited, fee, opening_hours, served
from tests.drafting import signed as sign
from tests.drafting import submitted as submit


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


async def test_a_reviewer_of_the_owning_department_signs_an_ordinary_change(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.REVIEWER, department=POLICE)
    draft = await submit(house, wang, await opening_hours(office, wang))
    done = await sign(house, li, draft)
    assert done.state is DraftState.APPROVED
    assert [(one.by, one.name, one.department) for one in done.signatures] == [
        (li.id, "li", POLICE)
    ]
    deeds = [one.deed.act for one in await office.stores.audit.of_subject(draft.id, 10)]
    assert deeds == ["draft.sign", "draft.submit", "draft.save", "draft.open"]


async def test_money_needs_a_second_person(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.REVIEWER, department=POLICE)
    zhao = await clerk(house, "zhao", Role.REVIEWER)
    draft = await submit(house, wang, await fee(office, wang))
    once = await sign(house, li, draft)
    assert once.state is DraftState.SUBMITTED
    assert (await sign(house, li, once)).version == once.version
    assert (await sign(house, zhao, once)).state is DraftState.APPROVED


async def test_an_author_never_signs_whatever_the_roles(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR, Role.REVIEWER, Role.CHIEF)
    helper = await clerk(house, "helper", Role.EDITOR, Role.REVIEWER)
    draft = await opening_hours(office, wang)
    draft = await edited(office, helper, draft, PASSPORT, "打电话问窗口", "问窗口")
    draft = await edited(office, wang, draft, PASSPORT, "问窗口", "问窗口去")
    for lane in Lane:
        draft = await submit(house, wang, draft, lane)
        for author in (wang, helper):
            with pytest.raises(Refused, match="authors"):
                await sign(house, author, draft)
        draft = await review_draft.send_back(
            office,
            await clerk(house, f"li_{lane.value}", Role.REVIEWER),
            draft.id,
            seen=draft.version,
            reason="x",
        )


async def test_a_reviewer_of_another_department_does_not_sign(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    qian = await clerk(house, "qian", Role.REVIEWER, department="民政")
    draft = await submit(house, wang, await opening_hours(office, wang))
    with pytest.raises(Refused, match="another department"):
        await sign(house, qian, draft)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DUTY, Role.CHIEF])
async def test_who_is_no_reviewer_does_not_sign_in_the_ordinary_lane(
    house: House, office: Office, role: Role
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    other = await clerk(house, "other", role)
    draft = await submit(house, wang, await opening_hours(office, wang))
    with pytest.raises(Refused):
        await sign(house, other, draft)


async def test_the_emergency_lane_takes_two_of_any_department_one_in_command(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    qian = await clerk(house, "qian", Role.REVIEWER, department="民政")
    zhou = await clerk(house, "zhou", Role.REVIEWER, department="教育")
    sun = await clerk(house, "sun", Role.DUTY)
    draft = await opening_hours(office, wang)
    later = office.clock.now() + timedelta(days=1)
    draft = await review_draft.schedule(
        office, wang, draft.id, seen=draft.version, publish_at=later
    )
    draft = await submit(house, wang, draft, Lane.EMERGENCY)
    assert draft.publish_at is None
    draft = await sign(house, zhou, await sign(house, qian, draft))
    assert draft.state is DraftState.SUBMITTED
    assert (await sign(house, sun, draft)).state is DraftState.APPROVED


async def test_of_two_who_sign_at_once_both_count_or_one_is_told(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    two = [await clerk(house, login, Role.REVIEWER) for login in ("li", "zhao")]
    draft = await submit(house, wang, await fee(office, wang))
    ends = await asyncio.gather(*[sign(house, one, draft) for one in two], return_exceptions=True)
    found = await drafts.find(office, wang, draft.id)
    assert len(found.signatures) == sum(not isinstance(one, Conflict) for one in ends)
    assert len(found.signatures) >= 1


async def test_what_was_shown_before_a_change_is_neither_submitted_nor_signed(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.REVIEWER)
    shown = await opening_hours(office, wang)
    changed = await edited(office, wang, shown, PASSPORT, "每本120元", "每本1元")
    with pytest.raises(Conflict):
        await submit(house, wang, shown)
    stale = await submit(house, wang, changed)
    back = await review_draft.send_back(office, li, stale.id, seen=stale.version, reason="金额不对")
    again = await submit(house, wang, back)
    with pytest.raises(Conflict):
        await sign(house, li, stale)
    assert (await drafts.find(office, li, again.id)).signatures == ()


async def test_a_second_click_on_submit_changes_nothing(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await opening_hours(office, wang)
    once = await submit(house, wang, draft)
    assert (await submit(house, wang, draft)).version == once.version


async def test_a_draft_with_mistakes_is_not_submitted(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await drafts.open_draft(office, wang)
    draft = await edited(
        office, wang, draft, PASSPORT, "checked_on = 2026-11-21", "checked_on = 2030-11-21"
    )
    with pytest.raises(Mistakes) as caught:
        await submit(house, wang, draft)
    assert {one.where for one in caught.value.mistakes} == {PASSPORT}
    _, seen = await drafts.file_of(office, draft, "wording/desks.toml")
    gone = {"wording/desks.toml": b""}
    draft = await drafts.open_draft(office, wang)
    draft = await drafts.save(office, wang, draft.id, gone, {"wording/desks.toml": seen})
    with pytest.raises(Mistakes, match="is missing"):
        await submit(house, wang, draft)


async def test_sending_back_needs_a_reason_and_a_reviewer(house: House, office: Office) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    li = await clerk(house, "li", Role.REVIEWER)
    chief = await clerk(house, "chief", Role.CHIEF)
    draft = await submit(house, wang, await opening_hours(office, wang))
    with pytest.raises(BadInput):
        await review_draft.send_back(office, li, draft.id, seen=draft.version, reason="  ")
    for other in (wang, chief):
        with pytest.raises(Refused):
            await review_draft.send_back(office, other, draft.id, seen=draft.version, reason="x")
    back = await review_draft.send_back(office, li, draft.id, seen=draft.version, reason="改一下")
    assert (back.state, back.remarks[0].text) == (DraftState.OPEN, "改一下")


async def test_a_draft_is_withdrawn_and_opened_again_with_all_its_words(
    house: House, office: Office
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await opening_hours(office, wang)
    gone = await review_draft.withdraw(office, wang, draft.id, seen=draft.version)
    assert gone.state is DraftState.WITHDRAWN
    back = await review_draft.reopen(office, wang, gone.id, seen=gone.version)
    assert (back.state, back.content) == (DraftState.OPEN, draft.content)


@pytest.mark.parametrize("away", [timedelta(seconds=-5), timedelta(days=400)])
async def test_a_time_that_passed_or_lies_too_far_is_refused(
    house: House, office: Office, away: timedelta
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    draft = await opening_hours(office, wang)
    with pytest.raises(BadInput):
        await review_draft.schedule(
            office,
            wang,
            draft.id,
            seen=draft.version,
            publish_at=office.clock.now() + away,
        )
