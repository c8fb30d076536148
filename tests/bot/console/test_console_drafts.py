"""Drafts at the console: from an empty list to a signed draft, by plain forms alone."""

import re
from datetime import timedelta

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.calendar import local
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.people import Role, Staff
from handlers.acts import drafts
from handlers.office import Office
from tests.drafting import (
    PASSPORT,
    POLICE,
    approved,
    clerk,
    edited,
    fee,
    opening_hours,
    published,
    served,
    submitted,
)
from tests.staffed import Seat
from tests.waiting import until


@pytest.fixture
async def office(house: House, shipped: Shipped) -> Office:
    return await served(house, shipped)


@pytest.fixture
async def wang(house: House, office: Office) -> Staff:
    return await clerk(house, "wang", Role.EDITOR)


def place(draft: Draft) -> str:
    return f"/console/drafts/{draft.id}"


async def now(office: Office, draft: Draft) -> Draft:
    found = await office.stores.drafts.get(draft.id)
    assert found is not None
    return found


async def step(seat: Seat, draft: Draft, name: str, **fields: str) -> str:
    """Send the form of a step as the page has it."""
    page = await (await seat.get(place(draft))).text()
    version = re.search(r'name="version" value="(\d+)"', page)
    shown = {"version": version[1]} if version else {}
    return await (await seat.post(f"{place(draft)}/{name}", **shown | fields)).text()


async def handed_in(seat: Seat, draft: Draft) -> str:
    """Look at what the draft changes until it is known, and hand it in from there."""

    async def look() -> str:
        page = await (await seat.get(f"{place(draft)}/impact")).text()
        return "" if "<progress" in page else page

    page = await until(look, within_s=100)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    sent = await seat.post(f"{place(draft)}/impact/submit", version=version[1], looked="yes")
    return await sent.text()


async def test_the_empty_list_says_what_to_do(house: House, seat: Seat, wang: Staff) -> None:
    await seat.sign_in()
    page = await (await seat.get("/console/drafts")).text()
    assert "没有正在办的草稿" in page
    assert "点“新建草稿”" in page


async def test_a_new_draft_is_named_opened_and_listed(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    await seat.sign_in()
    page = await (await seat.post("/console/drafts", title="护照收费调整", key="k1")).text()
    assert "护照收费调整" in page
    assert "这份草稿还没有改任何内容" in page
    await seat.post("/console/drafts", title="护照收费调整", key="k1")
    listed = await (await seat.get("/console/drafts")).text()
    assert listed.count('scope="row"') == 1
    assert "没有新建" in await (await seat.post("/console/drafts", title="长" * 61)).text()


async def test_what_changed_is_told_in_words(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    draft = await fee(office, wang)
    await seat.sign_in()
    page = await (await seat.get(place(draft))).text()
    assert "办事指南“普通护照签发”" in page
    assert "每本<del>120</del><ins>100</ins>元" in page
    assert "收费" in page
    assert "涉及钱（收费、补贴、金额），所以要两个人" in page
    assert "[elements" not in page


async def test_mistakes_stand_by_file_and_line_and_keep_it_from_being_submitted(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    draft = await drafts.open_draft(office, wang)
    await edited(
        office, wang, draft, PASSPORT, "checked_on = 2026-11-21", "checked_on = 2030-01-01"
    )
    await seat.sign_in()
    page = await (await seat.get(place(draft))).text()
    assert re.search(r"办事指南“普通护照签发”.*有效期必须晚于核对日期", page)
    assert "草稿里还有错" in page
    sent = await seat.post(f"{place(draft)}/submit", version=str(draft.version), key="k")
    assert sent.url.path == f"{place(draft)}/impact"
    assert "草稿里还有错" in await step(seat, draft, "submit", lane="emergency")
    assert (await now(office, draft)).state is DraftState.OPEN


async def test_a_draft_goes_from_hand_to_hand_until_it_is_signed(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    await clerk(house, "li", Role.REVIEWER, department=POLICE)
    draft = await opening_hours(office, wang)
    await seat.sign_in()
    assert "看影响，提交审核" in await (await seat.get(place(draft))).text()
    assert "已提交审核" in await handed_in(seat, draft)
    assert "要由别人签字" not in await (await seat.get(place(draft))).text()
    await seat.sign_in("li")
    page = await (await seat.get(place(draft))).text()
    assert "这是最后一个签字，签完马上发布" in page
    assert "已签字" in await step(seat, draft, "sign")
    signed = await now(office, draft)
    assert (signed.state, len(signed.signatures)) == (DraftState.APPROVED, 1)


async def test_the_back_button_and_a_double_click_sign_nothing_twice(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    await clerk(house, "li", Role.REVIEWER)
    draft = await submitted(house, wang, await fee(office, wang))
    await seat.sign_in("li")
    form = {"version": str(draft.version), "key": "one"}
    for _ in range(3):
        await seat.post(f"{place(draft)}/sign", **form)
    assert len((await now(office, draft)).signatures) == 1
    back = await step(seat, draft, "send-back", reason="金额不对")
    assert "已退回" in back
    assert "金额不对" in back
    late = await (await seat.post(f"{place(draft)}/sign", **form | {"key": "two"})).text()
    assert "刚刚有变化" in late
    assert (await now(office, draft)).signatures == ()


async def test_an_author_and_a_stranger_see_no_button_and_are_refused(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    await clerk(house, "both", Role.EDITOR, Role.REVIEWER)
    await clerk(house, "qian", Role.REVIEWER, department="民政")
    both = await office.stores.staff.by_login("both")
    assert both is not None
    draft = await opening_hours(office, both)
    draft = await submitted(house, both, draft)
    for login, told in (("both", "要由别人签字"), ("qian", "归别的部门管")):
        await seat.sign_in(login)
        page = await (await seat.get(place(draft))).text()
        assert told in page
        assert "签字同意" not in page
        sent = await seat.post(f"{place(draft)}/sign", version=str(draft.version))
        assert sent.status == 403
    assert (await now(office, draft)).signatures == ()


async def test_where_nobody_can_sign_it_says_whom_to_ask(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    draft = await opening_hours(office, wang)
    await seat.sign_in()
    assert "现在没有别人能签这份草稿" in await (await seat.get(place(draft))).text()


async def test_the_emergency_lane_is_chosen_with_the_form(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    await clerk(house, "sun", Role.DUTY)
    draft = await opening_hours(office, wang)
    await seat.sign_in()
    page = await step(seat, draft, "submit", lane="emergency")
    assert "应急通道" in page
    assert "带班领导或值班员" in page
    await seat.sign_in("sun")
    assert "签完还要等别的人签" in await (await seat.get(place(draft))).text()


async def test_a_time_of_beijing_is_kept_and_told(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    draft = await opening_hours(office, wang)
    await seat.sign_in()
    then = (local(office.clock.now()) + timedelta(days=2)).replace(second=0, microsecond=0)
    day, time = f"{then:%Y-%m-%d}", f"{then:%H:%M}"
    page = await step(seat, draft, "schedule", when="at", day=day, time=time)
    assert "发布时间已定" in page
    assert f'value="{day}"' in page
    assert (await now(office, draft)).publish_at == then
    assert "时间要写全" in await step(seat, draft, "schedule", when="at", day="", time="")
    await step(seat, draft, "schedule", when="now")
    assert (await now(office, draft)).publish_at is None


async def test_one_edit_is_taken_back_and_the_draft_laid_aside_and_opened(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    draft = await fee(office, wang)
    await seat.sign_in()
    seen = draft.edits[PASSPORT].digest or ""
    page = await (
        await seat.post(f"{place(draft)}/discard", file=PASSPORT, seen=seen, key="d")
    ).text()
    assert "已撤销这处修改" in page
    assert (await now(office, draft)).edits == {}
    assert "已撤回" in await step(seat, draft, "withdraw")
    assert "没有正在办的草稿" in await (await seat.get("/console/drafts")).text()
    assert "改护照收费" in await (await seat.get("/console/drafts?state=withdrawn")).text()
    assert "已重新打开" in await step(seat, draft, "reopen")


async def test_an_overtaken_draft_shows_it_and_is_brought_up_by_a_choice(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    mine = await drafts.open_draft(office, wang)
    mine = await edited(office, wang, mine, PASSPORT, "每本120元", "每本9元")
    await published(office, await approved(house, office, await fee(office, wang), wang))
    await seat.sign_in()
    page = await (await seat.get(place(mine))).text()
    assert "已不是最新" in page
    assert "概要、收费" in page
    assert "没有更新" in await step(seat, mine, "rebase")
    moved = await step(seat, mine, "rebase", **{f"prefer:{PASSPORT}": "ours"})
    assert "已更新到最新的发布版" in moved
    assert "每本<del>100</del><ins>9</ins>元" in moved


async def test_a_failed_draft_tells_why_and_may_be_tried_again(
    house: House, seat: Seat, office: Office, wang: Staff
) -> None:
    draft = await approved(house, office, await opening_hours(office, wang), wang)
    started = draft.start(office.clock.now()).failed("护照多少钱: no 120", office.clock.now())
    await office.stores.drafts.save(started)
    await seat.sign_in()
    page = await (await seat.get(place(draft))).text()
    assert "没有发布，市民看到的仍是旧内容" in page
    assert "护照多少钱: no 120" in page
    assert "已排队再次发布" in await step(seat, draft, "again")
    assert (await now(office, draft)).state is DraftState.APPROVED


async def test_other_roles_have_no_drafts(house: House, seat: Seat, office: Office) -> None:
    await clerk(house, "sun", Role.GRID)
    await seat.sign_in("sun")
    assert (await seat.get("/console/drafts")).status == 403
    await clerk(house, "li", Role.REVIEWER)
    await seat.sign_in("li")
    assert "新草稿的名称" not in await (await seat.get("/console/drafts")).text()
    assert (await seat.post("/console/drafts", title="x")).status == 403
    assert (await seat.get("/console/drafts/none")).status == 404
