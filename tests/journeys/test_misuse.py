"""Journey 20: no list of names makes anybody red; who is marked sees why, appeals, is reported."""

from collections import Counter
from collections.abc import AsyncIterator
from hashlib import sha256

import pytest
from aiohttp import FormData

from data.civic.calendar import local
from data.civic.knowing.colour_rules import CodeColour
from data.civic.people import Role
from handlers.colouring import now_of
from handlers.colours_by_village import colours_of, counted
from tests import builders
from tests.evacuation import Evacuation
from tests.journeys.coded import SHOW, desk, program, registers, under_an_order
from tests.journeys.county import County
from tests.journeys.phones import MiniProgramPhone
from tests.registered import MOTHER
from tests.rosters import cells as person_cells
from tests.rosters import csv
from tests.staffed import Seat, hired
from tests.townsfolk import VILLAGE

PURPOSE = "台风转移"
APPEAL = "安全码颜色不对，我要申诉"


@pytest.fixture
async def scene(county: County) -> Evacuation:
    return await under_an_order(county.house)


@pytest.fixture
async def mother(county: County, scene: Evacuation) -> MiniProgramPhone:
    phone = await county.mini("wechat", "mother")
    await registers(phone)
    return phone


@pytest.fixture
async def seat(county: County) -> AsyncIterator[Seat]:
    async with desk(county) as one:
        yield one


async def colours(county: County) -> Counter[CodeColour]:
    """Count the colours of the village."""
    found: Counter[CodeColour] = Counter()
    async for some in colours_of(county.office, [VILLAGE], await now_of(county.office)):
        found += counted(some)[VILLAGE]
    return found


async def test_a_roster_of_unwanted_people_makes_nobody_red(
    county: County, seat: Seat, mother: MiniProgramPhone
) -> None:
    await hired(county.house, "admin", Role.ADMIN)
    await seat.sign_in("admin")
    await seat.get("/console/rosters")
    names = {21: {"name": MOTHER.name}}
    unwanted = [person_cells(n, risks="危房、独居", **names.get(n, {})) for n in (*range(1, 9), 21)]
    file = csv(unwanted).encode()
    for tried in ("", sha256(file).hexdigest()):
        form = FormData({"csrf": seat.csrf, "purpose": PURPOSE, "tried": tried})
        form.add_field("file", file, filename="名单.csv", content_type="text/csv")
        assert (await seat.client.post("/console/rosters", data=form)).status == 200
    assert len(await county.house.stores.residents.of_village(VILLAGE, 100)) == 8 + 4
    assert await colours(county) == {CodeColour.GREEN: 8 + 4}
    assert "绿色" in (await mother.ask(SHOW)).text


async def test_a_list_needs_an_event_two_officers_and_stays_short_of_red(
    county: County, scene: Evacuation, seat: Seat, mother: MiniProgramPhone
) -> None:
    await seat.sign_in("wang")
    await seat.get("/console/marks")
    form = {"area": VILLAGE, "kind": "needs_transfer", "purpose": PURPOSE}
    answer = await seat.post("/console/marks", **form, event="none", people="21")
    assert "没有拟成" in await answer.text()
    many = " ".join(str(n) for n in range(1, 60))
    answer = await seat.post("/console/marks", **form, event=scene.event, people=many)
    assert "没有拟成" in await answer.text()
    answer = await seat.post("/console/marks", **form, event=scene.event, people="21")
    page = await answer.text()
    assert "名单已拟好" in page
    assert "等别人签" in page
    sign = await seat.link("/console/marks", "/console/marks/")
    own = sign.replace("/discard", "/sign")
    assert "自己拟的要别人签" in await (await seat.post(own)).text()
    assert "橙色" not in (await mother.ask(SHOW)).text
    await seat.post("/console/logout")
    await seat.sign_in("li")
    await seat.get("/console/marks")
    assert "已签" in await (await seat.post(own)).text()
    text = (await mother.ask(SHOW)).text
    assert "橙色" in text
    assert "红色" not in text
    assert "只会多给帮助" in text


async def test_the_subject_sees_why_appeals_and_another_officer_answers(
    county: County, scene: Evacuation, seat: Seat, mother: MiniProgramPhone
) -> None:
    worker = await program(county, "chen")
    path = f"/events/{scene.event}/marks"
    body = {"person": 21, "kind": "needs_transfer", "purpose": PURPOSE}
    assert (await worker.call("POST", path, body))[0] == 200
    assert "橙色" in (await mother.ask(SHOW)).text
    assert "只会多给帮助" in (await mother.ask(APPEAL)).text
    assert "申诉已经登记" in (await mother.ask("我身体好得很，自己会走")).text

    await seat.sign_in("wang")
    page = await (await seat.get("/console/appeals")).text()
    assert "我身体好得很，自己会走" in page
    assert "橙色（人工标记）" in page
    answer = await seat.link("/console/appeals", "/console/appeals/")
    told = await seat.post(answer, outcome="upheld", words="已经取消标记，对不起。")
    assert "已答复" in await told.text()
    assert "已经取消标记" in str((await mother.history())[-1]["text"])
    assert "橙色" not in (await mother.ask(SHOW)).text

    await seat.post("/console/logout")
    await seat.sign_in("li")
    report = await (await seat.get("/console/manual-changes")).text()
    assert "陈网格" in report
    assert "申诉成立" in report
    assert "王桂花" not in report
    _, counted = await (await program(county, "li")).call(
        "GET", f"/manual-changes?day={local(builders.now()).date()}"
    )
    assert (counted["marks"], counted["appeals"]) == (1, 1)


async def test_no_gate_can_ask_for_a_colour(county: County, scene: Evacuation) -> None:
    await hired(county.house, "agent", Role.AGENT)
    for login in ("agent", "wang", "li"):
        path, asked = f"/events/{scene.event}/colour", {"person": 21, "purpose": PURPOSE}
        status, _ = await (await program(county, login)).call("POST", path, asked)
        assert status == 403
    worker = await program(county, "chen")
    assert (await worker.call("POST", f"/events/{scene.event}/colour", {"person": 21}))[0] == 400
