"""The inbox: the worst first, found by filters, opened, masked, of the own area."""

from datetime import timedelta

import pytest

from bot.house import House
from data.civic.ids import AreaCode, IntentId, MessageId, StaffId
from data.civic.people import Role
from data.civic.talk.gist import gist_of, group_of
from data.civic.talk.groups import Decision, GroupState
from data.civic.talk.unanswered import UnansweredQuestion, Why
from handlers.acts import keep_question
from tests import builders
from tests.staffed import COUNTY, LINPU, Seat, hired, said

XU = AreaCode("330109105201")


async def asked(house: House, text: str, **more: object) -> None:
    """Keep a question as the switchboard does."""
    given = {
        "guess": IntentId("flood"),
        "confidence": 0.41,
        "why": Why.UNKNOWN,
        "area": COUNTY,
        "at": builders.now(),
        "gist": gist_of(text),
    } | more
    question = UnansweredQuestion(
        message=MessageId(f"{builders.citizen().id}/{builders.ids().new()}"),
        conversation=builders.citizen().id,
        text=text,
        **given,  # type: ignore[arg-type]
    )
    await keep_question.put(house.office(), question)


async def seated(house: House, seat: Seat, *roles: Role, area: AreaCode = COUNTY) -> Seat:
    await hired(house, "wang", *(roles or (Role.EDITOR,)), area=area)
    await seat.sign_in()
    return seat


async def shown(seat: Seat, path: str = "/console/inbox") -> str:
    return await (await seat.get(path)).text()


async def test_an_empty_inbox_says_what_comes_here(house: House, seat: Seat) -> None:
    await seated(house, seat)
    assert "没有未答好的问题" in await shown(seat)
    assert "没有符合筛选条件" in await shown(seat, "/console/inbox?why=useless")


async def test_questions_stand_in_groups_the_worst_first(house: House, seat: Seat) -> None:
    await seated(house, seat)
    await asked(house, "量子纠缠有什么用", harm=1.0)
    for _ in range(3):
        await asked(house, "台风天地铁停不停", harm=5.0, why=Why.USELESS)
    page = await shown(seat)
    assert page.index("台风天地铁停不停") < page.index("量子纠缠有什么用")
    assert "市民说没有用" in page
    assert "41%" in page
    assert "萧山区" in page
    assert page.count("打开去教") == 2


async def test_nearly_the_same_questions_are_one_line(house: House, seat: Seat) -> None:
    await seated(house, seat)
    await asked(house, "电动三轮车年检在哪")
    await asked(house, "电动三轮车的年检地点")
    await asked(house, "电动三轮车年检")
    page = await shown(seat)
    assert page.count("打开去教") < 3
    assert "相近的问法" in page


FOUND = [
    ("why=useless", True),
    ("why=unknown", False),
    (f"place={LINPU}", True),
    ("place=330109106", False),
    ("q=三轮", True),
    ("q=护照", False),
    ("state=taught", False),
    ("month=99&why=nothing&place=%E9%94%99&page=x", True),
]


@pytest.mark.parametrize(("query", "found"), FOUND, ids=[row[0] for row in FOUND])
async def test_filters_find_and_leave_out(
    house: House,
    seat: Seat,
    query: str,
    found: bool,  # noqa: FBT001
) -> None:
    await seated(house, seat)
    await asked(house, "电动三轮车年检", area=XU, why=Why.USELESS)
    assert ("电动三轮车年检" in await shown(seat, f"/console/inbox?{query}")) is found


async def test_the_season_is_a_filter(house: House, seat: Seat) -> None:
    await seated(house, seat)
    july = builders.now().replace(month=7, day=15)
    await asked(house, "高温补贴谁发", at=july)
    assert "高温补贴谁发" in await shown(seat, "/console/inbox?month=7")
    assert "高温补贴谁发" not in await shown(seat, "/console/inbox?month=1")


async def test_a_group_shows_what_was_asked_said_and_thought(house: House, seat: Seat) -> None:
    await seated(house, seat)
    await said(house, "我的电话13812345678，量子力学是什么")
    page = await shown(seat, await seat.link("/console/inbox", "/console/inbox/"))
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "抱歉" in page
    assert "第二像的" in page
    assert "没听懂" in page
    assert page.count('name="intent"') == 4


async def test_what_a_citizen_types_is_never_markup(house: House, seat: Seat) -> None:
    await seated(house, seat)
    await asked(house, "<script>alert(1)</script>三轮车")
    for path in ("/console/inbox", await seat.link("/console/inbox", "/console/inbox/")):
        page = await shown(seat, path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


async def test_a_long_group_is_paged(house: House, seat: Seat) -> None:
    await seated(house, seat)
    for minute in range(51):
        await asked(house, "三轮车年检", at=builders.now() - timedelta(minutes=minute))
    place = await seat.link("/console/inbox", "/console/inbox/")
    older = await seat.link(place, f"{place}?before=")
    assert (await shown(seat, older)).count('<td class="words" data-label="问题">') == 1


async def test_a_town_sees_its_own_questions_alone(house: House, seat: Seat) -> None:
    await seated(house, seat, area=LINPU)
    await asked(house, "三轮车年检在县城", area=COUNTY)
    await asked(house, "三轮车年检", area=COUNTY)
    await asked(house, "三轮车怎么年检", area=XU)
    page = await shown(seat)
    assert "三轮车怎么年检" in page
    assert "三轮车年检在县城" not in page
    place = f"/console/inbox/{group_of(gist_of('三轮车年检'))}"
    assert "1 次" in await shown(seat, place)
    foreign = group_of(gist_of("三轮车年检在县城"))
    assert (await seat.get(f"/console/inbox/{foreign}")).status == 403


async def test_who_may_not_teach_looks(house: House, seat: Seat) -> None:
    await seated(house, seat, Role.AGENT)
    await asked(house, "三轮车年检")
    place = await seat.link("/console/inbox", "/console/inbox/")
    page = await shown(seat, place)
    assert "由拟稿人来教" in page
    assert "<textarea" not in page
    assert (await seat.post(f"{place}/teach", intent="passport")).status == 403


async def test_an_unknown_group_is_not_found(house: House, seat: Seat) -> None:
    await seated(house, seat)
    assert (await seat.get("/console/inbox/0123456789abcdef")).status == 404


async def test_the_old_address_leads_to_the_inbox(house: House, seat: Seat) -> None:
    await seated(house, seat)
    moved = await seat.get("/console/unanswered?why=useless")
    assert (moved.url.path, moved.url.query["why"]) == ("/console/inbox", "useless")


async def test_what_came_again_after_it_was_taught_says_so(house: House, seat: Seat) -> None:
    await seated(house, seat)
    await asked(house, "三轮车年检")
    group = group_of(gist_of("三轮车年检"))
    decided = Decision(by=StaffId("li"), at=builders.now())
    await house.stores.question_groups.mark([group], GroupState.TAUGHT, decided)
    assert "三轮车年检" not in await shown(seat)
    assert "三轮车年检" in await shown(seat, "/console/inbox?state=taught")
    await asked(house, "三轮车年检", release=house.office().release.id)
    assert "教过，又来了" in await shown(seat)
