"""Events at the console: opened, written in, signed by another, closed."""

import re
from datetime import timedelta

import pytest

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.ids import OrderId
from data.civic.people import Role
from data.civic.warning import decisions
from data.civic.warning.decisions import LiftOrder, ReleaseReturn, SetResponse
from data.civic.warning.responses import Level
from data.civic.warning.returns import return_id
from data.civic.warning.telling import ToTell
from handlers.acts import decide
from handlers.acts.carry_out import carry_out
from handlers.acts.check_houses import check_houses
from handlers.acts.open_event import close_event, open_event
from tests import builders
from tests.bulletins import COUNTY, LINPU, PUYANG
from tests.headquarters import NOTICE, START_IV, Headquarters, order, staffed_headquarters
from tests.staffed import Seat, hired
from tests.townsfolk import VILLAGE, person, settled

TOMORROW = f"{builders.now() + timedelta(days=1):%Y-%m-%d}"


@pytest.fixture
async def hq(house: House, seat: Seat) -> Headquarters:
    found = await staffed_headquarters(house)
    await seat.sign_in("li")
    return found


def place(hq: Headquarters, more: str = "") -> str:
    return f"/console/events/{hq.event.id}{more}"


async def test_the_chief_opens_an_event_and_a_drill_says_what_it_is(
    hq: Headquarters, seat: Seat
) -> None:
    opened = await seat.post("/console/events", name="秋汛", area=COUNTY)
    assert "应急已经开始" in await opened.text()
    drill = await (await seat.post("/console/events", name="秋汛", area=LINPU, drill="yes")).text()
    assert "【演练】秋汛" in drill
    nameless = await seat.post("/console/events", name="", area=COUNTY)
    assert "没有开始" in await nameless.text()


async def test_an_event_that_is_refused_is_shown_again_as_it_was_written(
    hq: Headquarters, seat: Seat
) -> None:
    form = {"name": "长" * 61, "area": LINPU, "drill": "yes"}
    text = await (await seat.post("/console/events", **form)).text()
    assert f'value="{form["name"]}"' in text
    assert f'value="{LINPU}" checked' in text
    assert f'value="{COUNTY}" checked' not in text
    assert 'name="drill" value="yes" checked' in text, "a drill never turns into earnest"


async def test_a_form_that_comes_twice_opens_one_event(hq: Headquarters, seat: Seat) -> None:
    for _ in range(2):
        await seat.post("/console/events", name="秋汛", area=COUNTY, key="k1")
    assert len(await hq.house.stores.events.newest(9)) == 2


async def test_the_duty_officer_opens_no_event(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert "开始应急</h2>" not in await (await seat.get("/console/events")).text()
    assert (await seat.post("/console/events", name="秋汛", area=COUNTY)).status == 403


async def test_before_anybody_signs_the_reach_is_told(hq: Headquarters, seat: Seat) -> None:
    people = (person(1), person(2, phone=None), person(3, grid=None))
    await settled(hq.house.stores, *people)
    await hq.house.stores.villages.recount([people[0].village], uncovered=())
    shown = await seat.post(
        place(hq, "/preview"),
        what="notice",
        area=LINPU,
        title="停课通知",
        text="明天停课。",
    )
    text = await shown.text()
    assert re.search(r"<strong>3</strong>\s*人会收到", text)
    assert re.search(r"<strong>1</strong>\s*人没有电话", text)
    assert "没有网格员" in text
    assert "明天停课。" in text
    assert await hq.house.stores.decisions.of(hq.event.id, 5) == []


FORMS = {
    "response": {"area": COUNTY, "level": "IV"},
    "order": {"area-1": LINPU, "tag-1": "ship", "day-1": TOMORROW, "hour-1": "18:00"},
    "notice": {"area": LINPU, "title": "停课", "day": TOMORROW, "hour": "18:00"},
}


@pytest.mark.parametrize("what", sorted(FORMS))
async def test_each_form_makes_a_draft_that_the_author_cannot_sign(
    hq: Headquarters, seat: Seat, what: str
) -> None:
    assert (await seat.get(place(hq, f"/draft?what={what}"))).status == 200
    made = await seat.post(place(hq, "/draft"), what=what, text="请照办。", **FORMS[what])
    text = await made.text()
    assert "请另一位带班领导" in text
    assert "签发，开始通知" not in text
    (one,) = await hq.house.stores.decisions.of(hq.event.id, 5)
    refused = await seat.post(f"/console/decisions/{one.id}/approve", digest=one.digest)
    assert "没有签发" in await refused.text()
    await seat.sign_in("zhao")
    assert "签发，开始通知" in await (await seat.get(f"/console/decisions/{one.id}")).text()
    signed = await seat.post(f"/console/decisions/{one.id}/approve", digest=one.digest)
    assert "已签发" in await signed.text()
    assert await hq.news() == [ToTell(what)]


BROKEN = {
    "no text": ({"what": "notice", "area": LINPU, "title": "停课", "text": " "}, "还不能交：请写"),
    "no areas": ({"what": "notice", "title": "停课", "text": "好"}, "请选地区，写标题"),
    "no deadline": ({"what": "order", "area-1": LINPU, "text": "走"}, "最迟的日期"),
    "a deadline that has passed": (
        {"what": "order", "area-1": LINPU, "day-1": "2020-01-01", "hour-1": "18:00", "text": "走"},
        "要晚于现在",
    ),
    "no level": ({"what": "response", "area": LINPU, "text": "好"}, "请选地区和级别"),
    "odd risk": (
        {"what": "order", "area-1": LINPU, "tag-1": "x", "day-1": TOMORROW, "hour-1": "18:00"}
        | {"text": "走"},
        "每一批都写",
    ),
    "no such order": ({"what": "lift", "order": "x", "area": LINPU, "text": "好"}, "情况刚刚变了"),
    "outside": ({"what": "notice", "area": "310101", "title": "停", "text": "好"}, "不在这次应急"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
async def test_a_form_that_is_not_complete_says_what_is_wrong_and_keeps_its_words(
    hq: Headquarters, seat: Seat, name: str
) -> None:
    form, said = BROKEN[name]
    for path in ("/preview", "/draft"):
        answer = await seat.post(place(hq, path), **form)
        assert answer.status == 200
        assert said in await answer.text()
    assert await hq.house.stores.decisions.of(hq.event.id, 5) == []


async def test_under_an_event_closed_meanwhile_nothing_is_previewed_and_the_page_says_why(
    hq: Headquarters, seat: Seat
) -> None:
    await close_event(hq.office, hq.li, hq.event.id)
    form = {"what": "notice", "area": LINPU, "title": "停课", "text": "明天停课。"}
    for path in ("/preview", "/draft"):
        text = await (await seat.post(place(hq, path), **form)).text()
        assert "情况刚刚变了" in text
        assert "预览：" not in text
        assert "明天停课。" in text


async def test_an_unknown_form_is_refused(hq: Headquarters, seat: Seat) -> None:
    assert (await seat.get(place(hq, "/draft?what=war"))).status == 400


async def test_an_override_needs_a_reason_and_stays_open_until_another_signs(
    hq: Headquarters, seat: Seat
) -> None:
    one = await decide.draft(hq.office, hq.li, event=hq.event.id, body=START_IV, text="启动。")
    path = f"/console/decisions/{one.id}"
    reasonless = await seat.post(f"{path}/override", digest=one.digest, reason=" ")
    assert "为什么不能等第二个人" in await reasonless.text()
    done = await (await seat.post(f"{path}/override", digest=one.digest, reason="洪水已到")).text()
    assert "还缺第二个人补签" in done
    assert "等您签发" not in await (await seat.get("/console/")).text()
    assert "洪水已到" in done
    assert "等补签" in await (await seat.get("/console/events")).text()
    await seat.sign_in("zhao")
    assert "<strong>1</strong> 件应急决定等您签发" in await (await seat.get("/console/")).text()
    assert "已签发" in await (await seat.post(f"{path}/approve", digest=one.digest)).text()
    assert "还缺第二个人" not in await (await seat.get(path)).text()


async def test_other_words_than_were_shown_are_not_signed(hq: Headquarters, seat: Seat) -> None:
    one = await hq.drafted(NOTICE, "停课。")
    refused = await seat.post(f"/console/decisions/{one.id}/approve", digest="0" * 64)
    assert "没有签发" in await refused.text()


async def test_signed_without_effect_is_not_called_unsigned(hq: Headquarters, seat: Seat) -> None:
    await hq.decided(START_IV)
    (response,) = await hq.house.stores.responses.of(hq.event.id, 5)
    ended = SetResponse(response=response.id, level=None)
    first, late = await hq.drafted(ended, "结束。"), await hq.drafted(ended, "结束。")
    signed = decisions.approve(late, hq.zhao.id, builders.now(), digest=late.digest)
    await hq.house.stores.decisions.save(signed)
    await decide.approve(hq.office, hq.zhao, first.id, digest=first.digest)
    assert (await carry_out(hq.office, signed)).problem
    told = await seat.post(f"/console/decisions/{late.id}/approve", digest=late.digest)
    text = await told.text()
    assert "签了字，但没有生效" in text
    assert "没有签发" not in text


async def test_a_draft_is_thrown_away(hq: Headquarters, seat: Seat) -> None:
    one = await hq.drafted(NOTICE, "停课。")
    thrown = await seat.post(f"/console/decisions/{one.id}/discard")
    assert "稿子已作废" in await thrown.text()


async def test_an_event_holds_everything_and_closes_when_nothing_is_left(
    hq: Headquarters, seat: Seat
) -> None:
    await hq.decided(START_IV)
    await hq.decided(order(LINPU, PUYANG), "请转移。")
    await hq.decided(NOTICE, "停课。")
    (response,) = await hq.house.stores.responses.of(hq.event.id, 5)
    text = await (await seat.get(place(hq))).text()
    for said in ("四级", "正在生效", "停课通知", "已签发"):
        assert said in text
    for what in (f"response&response={response.id}", "notice", "order"):
        assert (await seat.get(place(hq, f"/draft?what={what}"))).status == 200
    assert "没有结束" in await (await seat.post(place(hq, "/close"))).text()


async def test_the_return_goes_from_lift_by_house_check_to_release(
    hq: Headquarters, seat: Seat
) -> None:
    await hq.decided(order(LINPU), "请转移。")
    (standing,) = await hq.house.stores.orders.of(hq.event.id, 5)
    lifts = {"what": "lift", "order": standing.id, "area": LINPU, "text": "解除。"}
    assert (await seat.get(place(hq, f"/draft?what=lift&order={standing.id}"))).status == 200
    await seat.post(place(hq, "/draft"), **lifts)
    await _sign(hq, seat)
    returns = await hq.house.stores.returns.of(hq.event.id, 500)
    first = min(returns, key=lambda one: one.village)
    checked = await seat.post(place(hq, "/check"), **{"return": first.id, "remark": "完好"})
    assert "检查过了" in await checked.text()
    path = f"/draft?what=return&order={standing.id}&village={first.village}"
    assert first.village in await (await seat.get(place(hq, path))).text()
    form = {"what": "return", "order": standing.id, "village": first.village, "text": "可以回。"}
    await seat.post(place(hq, "/draft"), **form)
    await _sign(hq, seat)
    assert "可以返回" in await (await seat.get(place(hq))).text()


async def test_which_order_keeps_people_away_is_said_where_a_return_is_refused(
    hq: Headquarters, seat: Seat
) -> None:
    first = (await hq.decided(order(VILLAGE), "请转移。")).id
    flood = await open_event(hq.office, hq.li, name="山洪", areas=[COUNTY])
    await hq.decided(LiftOrder(order=OrderId(first), areas=(VILLAGE,)), "解除。")
    await check_houses(hq.office, hq.wang, return_id(OrderId(first), VILLAGE))
    release = ReleaseReturn(order=OrderId(first), villages=(VILLAGE,))
    drafted = await hq.drafted(release, "可以回。", by=hq.zhao)
    await hq.decided(order(VILLAGE), "山洪请转移。", event=flood)
    form = {"what": "return", "order": first, "village": VILLAGE, "text": "可以回。"}
    for sent in (
        await seat.post(place(hq, "/draft"), **form),
        await seat.post(f"/console/decisions/{drafted.id}/approve", digest=drafted.digest),
    ):
        text = await sent.text()
        assert "还不能放行返回" in text
        assert re.search("苎萝村.*签发的转移令（山洪）还在执行", text)
        assert "情况刚刚变了" not in text
    assert [one.id for one in await decide.unsigned(hq.office, hq.zhao)] == [drafted.id]


async def test_a_response_is_raised_and_ended_from_its_event(hq: Headquarters, seat: Seat) -> None:
    await hq.decided(START_IV)
    (response,) = await hq.house.stores.responses.of(hq.event.id, 5)
    form = {"what": "response", "response": response.id, "text": "好。"}
    for level in (Level.II, "ended"):
        await seat.post(place(hq, "/draft"), **form, level=level)
        await _sign(hq, seat)
    assert "已结束" in await (await seat.get(place(hq))).text()
    early = await seat.post(place(hq, "/close"))
    assert "没有结束" in await early.text(), "the lift has not been told yet"
    await take_up_next(hq.office)
    closed = await seat.post(place(hq, "/close"))
    assert "应急已经结束" in await closed.text()


async def _sign(hq: Headquarters, seat: Seat) -> None:
    """Have the other chief sign what waits."""
    (one,) = await decide.unsigned(hq.office, hq.zhao)
    await decide.approve(hq.office, hq.zhao, one.id, digest=one.digest)
