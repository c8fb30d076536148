"""Hazards at the console and by a program: seen, sent to a grid, begun, ended; all are told."""

from datetime import timedelta

from bot.house import House
from data.civic.people import Role
from handlers.acts import api_tokens
from tests import builders
from tests.evacuation import evacuation
from tests.staffed import Seat, hired, said, served
from tests.townsfolk import GRID

DYKE = "江堤上有个洞在往外冒浑水，你们快来看看"


async def test_duty_sends_a_worker_begins_and_ends(house: House, seat: Seat) -> None:
    await evacuation(house)
    citizen = await said(house, DYKE, by=builders.citizen("reporter"))
    await seat.sign_in("wang")
    page = await seat.link("/console/hazards", "/console/hazards/")
    text = await (await seat.get(page)).text()
    assert "还没有派人" in text
    assert DYKE in text
    told = await seat.post(f"{page}/assign", grid=GRID)
    assert "陈网格" in await told.text()
    assert "报的人都告诉了" in await (await seat.post(f"{page}/start")).text()
    assert "没有办成" in await (await seat.post(f"{page}/end", result=" ")).text()
    assert "已办结" in await (await seat.post(f"{page}/end", result="洞已经堵住。")).text()
    lines = await house.stores.messages.history(citizen.id, before=None, limit=9)
    assert sum("洞已经堵住" in one.text for one in lines if one.staff) == 1
    assert "没有等处理的" in await (await seat.get("/console/hazards")).text()


async def test_a_result_that_is_refused_keeps_its_words(house: House, seat: Seat) -> None:
    await evacuation(house)
    await said(house, DYKE, by=builders.citizen("reporter"))
    await seat.sign_in("wang")
    page = await seat.link("/console/hazards", "/console/hazards/")
    long = "长" * 2_000
    refused = await (await seat.post(f"{page}/end", result=long, key="k1")).text()
    assert "没有办成：结果写 2 到" in refused
    assert f">{long}</textarea>" in refused
    lost = await (await seat.post(f"{page}/assign", grid="none")).text()
    assert "没有这个网格" in lost
    await seat.post(f"{page}/end", result="洞已经堵住。", key="k1")
    late = await (await seat.post(f"{page}/end", result="是田埂，不是堤。", key="k2")).text()
    assert "您写的结果没有发出：是田埂，不是堤。" in late


async def test_a_program_of_staff_does_the_same_and_others_are_refused(house: House) -> None:
    await hired(house, "wang", Role.DUTY)
    await hired(house, "editor", Role.EDITOR)
    await said(house, DYKE)
    tokens = {
        login: (
            await api_tokens.make(
                house.office(), login, name="t", lasts=timedelta(days=1), by="test"
            )
        )[0]
        for login in ("wang", "editor")
    }
    async with served(house) as client:
        path = "/api/v1/staff/hazards"
        refused = await client.get(path, headers={"Authorization": f"Bearer {tokens['editor']}"})
        assert refused.status == 403
        headers = {"Authorization": f"Bearer {tokens['wang']}"}
        (one,) = (await (await client.get(path, headers=headers)).json())["hazards"]
        assert (one["kind"], one["state"], one["reporters"]) == ("dyke", "open", 1)
        for _ in range(2):
            done = await client.post(
                f"{path}/{one['id']}/end", json={"result": "洞已经堵住。"}, headers=headers
            )
            assert (await done.json())["state"] == "done"
        late = await client.post(f"{path}/{one['id']}/start", headers=headers)
        assert late.status == 409
