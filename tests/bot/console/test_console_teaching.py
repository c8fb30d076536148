"""From a question to the answers that change: taught in a draft, foreseen, handed in."""

import re

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.ids import IntentId
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.people import Role
from data.civic.talk.gist import gist_of, group_of
from data.content.teaching import NOT_OURS
from handlers.acts import drafts, teach
from handlers.acts.draft_files import files_of
from handlers.acts.foresee import Foreseen
from tests.drafting import served
from tests.staffed import Seat, hired, said, unanswered
from tests.waiting import until

TEXT = "电动三轮车在哪里年检"
PLACE = f"/console/inbox/{group_of(gist_of(TEXT))}"
PLATE = "electric_bike_plate"
TEN = "\n".join(f"充电桩{one}装在小区里" for one in "怎么申请多少钱找谁哪")
NEW = {
    "new_title": "充电桩安装",
    "department": "住房和城乡建设",
    "full": "您好，请先问物业，再打12345。",
    "examples": TEN,
}


@pytest.fixture
async def editor(house: House, seat: Seat, shipped: Shipped) -> Seat:
    await served(house, shipped)
    await hired(house, "wang", Role.EDITOR)
    await unanswered(house, TEXT)
    await seat.sign_in()
    return seat


async def the_draft(house: House) -> Draft:
    (draft,) = await house.stores.drafts.list([DraftState.OPEN, DraftState.SUBMITTED], 5)
    return draft


async def foreseen(seat: Seat, draft: Draft) -> str:
    """Wait for what the draft changes, as somebody who taps 刷新."""

    async def look() -> str:
        page = await (await seat.get(f"/console/drafts/{draft.id}/impact")).text()
        return "" if "<progress" in page else page

    return await until(look, within_s=100)


async def test_a_question_is_taught_and_its_impact_is_seen_and_handed_in(
    house: House, editor: Seat
) -> None:
    await said(house, "三轮车年检", "护照怎么办")
    group = await (await editor.get(PLACE)).text()
    assert TEXT in group
    taught = await editor.post(f"{PLACE}/teach", intent=PLATE, examples=TEXT, key="k1")
    draft = await the_draft(house)
    assert taught.url.path == f"/console/drafts/{draft.id}/impact"
    assert "已经存进草稿" in await taught.text()
    page = await foreseen(editor, draft)
    assert "这次教的" in page
    csv = await (await editor.get(f"/console/drafts/{draft.id}/impact.csv")).text(
        encoding="utf-8-sig"
    )
    assert csv.startswith('"问题","来源"')
    worse = int(re.findall(r"<strong>(\d+)</strong> 个变差", page)[0])
    place = f"/console/drafts/{draft.id}/impact/submit"
    if worse:
        refused = await editor.post(place, version=str(draft.version))
        assert "没有提交" in await refused.text()
        assert (await the_draft(house)).state is DraftState.OPEN
    await editor.post(place, version=str(draft.version), looked="yes")
    assert (await the_draft(house)).state is DraftState.SUBMITTED


async def test_a_form_sent_twice_teaches_once(house: House, editor: Seat) -> None:
    for _ in range(2):
        answer = await editor.post(f"{PLACE}/teach", intent=PLATE, examples=TEXT, key="same")
        assert answer.url.path.endswith("/impact")
    draft = await the_draft(house)
    files = await files_of(house.office(), draft)
    assert files[f"intents/{PLATE}.toml"].decode().count(TEXT) == 1


async def test_what_is_unfit_is_said_and_what_was_typed_stands(house: House, editor: Seat) -> None:
    typed = f"{TEXT}\n我的电话13812345678"
    answer = await editor.post(f"{PLACE}/teach", intent=PLATE, examples=typed, key="k")
    page = await answer.text()
    assert answer.status == 422
    assert "没有保存，您写的都还在" in page
    assert "138****5678" in page
    assert "请把号码删掉" in page
    again = await editor.post(f"{PLACE}/teach", intent=PLATE, examples=TEXT, key="k")
    assert again.url.path.endswith("/impact")


async def test_an_intent_is_found_by_a_part_of_its_title(house: House, editor: Seat) -> None:
    title = house.office().release.intents[IntentId(PLATE)].title
    many = await editor.post(f"{PLACE}/teach", title="补贴", examples=TEXT)
    assert "请点其中一项" in await many.text()
    none = await editor.post(f"{PLACE}/teach", title="没有这一项", examples=TEXT)
    assert "没有叫这个名字的事项" in await none.text()
    nothing = await editor.post(f"{PLACE}/teach", examples=TEXT)
    assert nothing.status == 422
    found = await editor.post(f"{PLACE}/teach", title=title, examples=TEXT)
    assert found.url.path.endswith("/impact")


async def test_what_is_near_is_taught_together(house: House, editor: Seat) -> None:
    await unanswered(house, "电动三轮车年检找谁")
    other = group_of(gist_of("电动三轮车年检找谁"))
    await editor.post(f"{PLACE}/teach", intent=PLATE, examples=TEXT, also=other)
    files = await files_of(house.office(), await the_draft(house))
    assert "电动三轮车年检找谁" in files[f"intents/{PLATE}.toml"].decode()
    assert await house.stores.question_groups.count() == 0


async def test_not_ours_goes_into_the_draft(house: House, editor: Seat) -> None:
    await editor.post(f"{PLACE}/not-ours", examples=TEXT)
    assert set((await the_draft(house)).edits) == {NOT_OURS}


async def test_a_new_intent_begins_with_the_questions_of_the_group(
    house: House, editor: Seat
) -> None:
    page = await (await editor.post(f"{PLACE}/new", examples=TEXT)).text()
    assert "新建事项" in page
    assert TEXT in page
    short = await editor.post(f"{PLACE}/new", **{**NEW, "examples": TEXT})
    assert "至少要 10 句" in await short.text()
    empty = await editor.post(f"{PLACE}/new", **{**NEW, "full": ""})
    assert "请写回答，或者选一份指南" in await empty.text()
    strange = await editor.post(f"{PLACE}/new", **{**NEW, "full": "", "guide": "没有的"})
    assert "没有叫这个名字的指南" in await strange.text()
    made = await editor.post(f"{PLACE}/new", **NEW)
    assert made.url.path.endswith("/impact")
    (path,) = (await the_draft(house)).edits
    assert re.fullmatch(r"intents/chong_dian_zhuang\w*\.toml", path)


async def test_a_group_is_put_away_and_found_again(house: House, editor: Seat) -> None:
    put_away = await editor.post(f"{PLACE}/dismiss")
    assert "已经收起" in await put_away.text()
    assert TEXT in await (await editor.get("/console/inbox?state=dismissed")).text()
    back = await editor.post(f"{PLACE}/reopen")
    assert "已经放回收件箱" in await back.text()
    assert TEXT in await (await editor.get("/console/inbox")).text()


async def test_a_draft_without_edits_changes_nothing_and_says_so(
    house: House, editor: Seat
) -> None:
    wang = await house.stores.staff.by_login("wang")
    assert wang is not None
    draft = await drafts.open_draft(house.office(), wang)
    page = await (await editor.get(f"/console/drafts/{draft.id}/impact")).text()
    assert "还没有改动" in page


async def test_a_draft_with_mistakes_says_which(house: House, editor: Seat) -> None:
    wang = await house.stores.staff.by_login("wang")
    assert wang is not None
    office = house.office()
    draft = await drafts.open_draft(office, wang)
    path = "rules/thresholds.toml"
    seen = {path: (await drafts.file_of(office, draft, path))[1]}
    draft = await drafts.save(office, wang, draft.id, {path: b"answer_score = 1\n"}, seen)
    page = await foreseen(editor, draft)
    assert "还不能比较" in page
    assert "分数线" in page


def test_what_is_foreseen_of_nothing_is_nothing() -> None:
    assert Foreseen(looked_at=0, changes=()).meant == ()


def seen_on(page: str) -> str:
    (stamp,) = re.findall(r'name="seen" value="([^"]*)"', page)
    return stamp


async def taught_by_li(house: House) -> Draft:
    """Have a colleague teach the question, after the editor has opened it."""
    li = await hired(house, "li", Role.EDITOR, name="李强")
    lesson = teach.Lesson.of([group_of(gist_of(TEXT))], TEXT)
    return await teach.teach(house.office(), li, lesson, IntentId("typhoon"))


@pytest.mark.parametrize(
    ("deed", "typed"),
    [
        pytest.param("teach", {"intent": PLATE, "examples": TEXT}, id="another intent"),
        pytest.param("not-ours", {"examples": TEXT}, id="not ours"),
        pytest.param("new", NEW, id="a new intent"),
        pytest.param("dismiss", {}, id="nothing"),
    ],
)
async def test_who_decides_on_what_a_colleague_has_taught_meanwhile_is_told_and_asked(
    house: House, editor: Seat, deed: str, typed: dict[str, str]
) -> None:
    group = await (await editor.get(PLACE)).text()
    theirs = await taught_by_li(house)
    told = await editor.post(f"{PLACE}/{deed}", **typed, key="k1", seen=seen_on(group))
    page = await told.text()
    title = house.office().release.intents[IntentId("typhoon")].title
    assert told.status == 422
    assert "没有保存：李强 在" in page
    assert f"教给了“{title}”" in page
    assert f"/drafts/{theirs.id}" in page
    assert [one.id for one in await house.stores.drafts.list([DraftState.OPEN], 5)] == [theirs.id]
    again = await editor.post(f"{PLACE}/{deed}", **typed, key="k2", seen=seen_on(page))
    assert again.status == 200
    assert "没有保存" not in await again.text()


async def test_what_a_colleague_decided_before_it_was_opened_stands_on_the_page(
    house: House, editor: Seat
) -> None:
    await taught_by_li(house)
    group = await (await editor.get(PLACE)).text()
    assert "李强" in group
    taught = await editor.post(f"{PLACE}/teach", intent=PLATE, examples=TEXT, seen=seen_on(group))
    assert taught.url.path.endswith("/impact")
