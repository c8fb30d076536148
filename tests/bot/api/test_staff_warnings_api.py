"""The staff API of warnings: in force, decided by two, informed, named for a purpose."""

import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.people import Role
from data.civic.warning.messages import SaidArea
from handlers.acts import api_tokens
from handlers.acts.relay import relay
from tests import builders, bulletins, townsfolk
from tests.bulletins import COUNTY, FEED, LINPU, OBSERVATORY, arrival
from tests.carrying import walked
from tests.headquarters import Headquarters, order, staffed_headquarters
from tests.rosters import cells, csv
from tests.staffed import hired, served
from tests.townsfolk import GRID, VILLAGE, all_ways, person, settled

START = builders.now() - timedelta(minutes=2)
PURPOSE = "台风转移，上门通知"


class Program:
    """A program with somebody's token."""

    def __init__(self, client: TestClient[web.Request, web.Application], token: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, status: int = 200) -> Any:
        answer = await self._client.get(f"/api/v1/staff{path}", headers=self._headers)
        return await self._told(answer, status)

    async def post(self, path: str, body: object = None, status: int = 200) -> Any:
        place = f"/api/v1/staff{path}"
        answer = await self._client.post(place, headers=self._headers, json=body)
        return await self._told(answer, status)

    async def _told(self, answer: Any, status: int) -> Any:
        told = await answer.json()
        assert answer.status == status, told
        return told


class Programs:
    """Programs of several members of staff of one house."""

    def __init__(self, house: House, client: TestClient[web.Request, web.Application]) -> None:
        self.house, self.client = house, client

    async def of(self, login: str) -> Program:
        day, office = timedelta(days=1), self.house.office()
        token, _ = await api_tokens.make(office, login, name="test", lasts=day, by="test")
        return Program(self.client, token)


@pytest.fixture
async def programs(house: House) -> AsyncIterator[Programs]:
    async with served(house) as client:
        yield Programs(house, client)


@pytest.fixture
async def hq(house: House) -> Headquarters:
    return await staffed_headquarters(house)


async def test_what_is_in_force_is_told_by_town_and_a_silence_too(
    hq: Headquarters, programs: Programs
) -> None:
    wang = await programs.of("wang")
    nothing = await wang.get("/warnings")
    assert (nothing["quiet"], nothing["silence"]["feeds"]) == (False, [])
    await _heard(hq.house)
    told = await wang.get("/warnings")
    (signal,) = told["signals"]
    assert (signal["issuer"], signal["colour"]) == (OBSERVATORY, "orange")
    assert {one["area"] for one in told["towns"] if one["colour"]} == {LINPU, bulletins.PUYANG}
    assert (told["coming"], told["expired"], told["returns"]) == ([], [], [])
    assert told["unsettled"], "another message is held"
    (feed,) = (await wang.get("/feeds"))["feeds"]
    assert (feed["id"], feed["silent"]) == (FEED.id, False)


async def test_a_held_message_is_decided_over(hq: Headquarters, programs: Programs) -> None:
    await _heard(hq.house)
    wang = await programs.of("wang")
    (one,) = (await wang.get("/messages"))["held"]
    assert one["reason"] == "unclear_area"
    await wang.post("/messages/decide", {"message": one["id"], "relay": True}, 400)
    body = {"message": one["id"], "relay": True, "areas": [LINPU]}
    assert (await wang.post("/messages/decide", body))["verdict"] == "applied"
    await wang.post("/messages/decide", {"message": one["id"], "relay": False}, 409)


BODIES: dict[str, dict[str, Any]] = {
    "response": {"kind": "response", "level": "IV", "areas": [COUNTY]},
    "order": {
        "kind": "order",
        "tiers": [{"areas": [LINPU], "deadline": f"{builders.now() + timedelta(hours=5)}"}],
    },
    "notice": {"kind": "notice", "areas": [LINPU], "title": "停课"},
}


@pytest.mark.parametrize("kind", sorted(BODIES))
async def test_a_decision_is_previewed_drafted_and_signed_by_another(
    hq: Headquarters, programs: Programs, kind: str
) -> None:
    li, zhao = await programs.of("li"), await programs.of("zhao")
    path, body = f"/events/{hq.event.id}", {"body": BODIES[kind], "text": "请照办。"}
    (told,) = (await li.post(f"{path}/preview", body))["told"]
    assert (told["reach"]["people"], "12345" in told["sms"]) == (0, True)
    draft = await li.post(f"{path}/decisions", body)
    assert (draft["state"], draft["author"], draft["kind"]) == ("draft", hq.li.id, kind)
    (waiting,) = (await zhao.get("/decisions"))["decisions"]
    assert waiting["id"] == draft["id"]
    sign = {"digest": draft["digest"]}
    await li.post(f"/decisions/{draft['id']}/sign", sign, 409)
    signed = await zhao.post(f"/decisions/{draft['id']}/sign", sign)
    assert (signed["state"], signed["approver"]) == ("issued", hq.zhao.id)


async def test_an_override_is_an_open_point(hq: Headquarters, programs: Programs) -> None:
    li = await programs.of("li")
    body = {"body": BODIES["order"], "text": "请走。"}
    draft = await li.post(f"/events/{hq.event.id}/decisions", body)
    sign = {"digest": draft["digest"], "override_reason": "洪水已到"}
    done = await li.post(f"/decisions/{draft['id']}/sign", sign)
    assert (done["state"], done["open_point"]) == ("issued", True)


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "response", "level": "IV"},
        {"kind": "response", "level": None},
        {"kind": "response", "level": "IV", "areas": [COUNTY], "response": "x"},
        {"kind": "order", "tiers": []},
        {"kind": "war"},
        {"kind": "notice", "areas": ["310101"], "title": "停课"},
    ],
)
async def test_a_body_that_makes_no_decision_is_refused(
    hq: Headquarters, programs: Programs, body: dict[str, Any]
) -> None:
    li = await programs.of("li")
    await li.post(f"/events/{hq.event.id}/decisions", {"body": body, "text": "好"}, 400)


async def test_events_are_opened_and_closed_by_the_chief(
    hq: Headquarters, programs: Programs
) -> None:
    li, wang = await programs.of("li"), await programs.of("wang")
    new = {"name": "秋汛", "areas": [COUNTY], "drill": True}
    await wang.post("/events", new, 403)
    made = await li.post("/events", new)
    assert made["drill"]
    assert made["name"] == "【演练】秋汛"
    assert len((await wang.get("/events"))["events"]) == 2
    assert (await li.post(f"/events/{made['id']}/close"))["closed_at"]


async def test_counts_for_all_names_and_doors_for_those_entitled(
    hq: Headquarters, programs: Programs
) -> None:
    number = await _told(hq)
    await hired(hq.house, "agent", Role.AGENT)
    agent, wang = await programs.of("agent"), await programs.of("wang")
    for level in ("county", "town", "village", "grid"):
        board = await agent.get(f"/informings/{number}/board?level={level}")
        assert (board["total"]["people"], board["total"]["uninformed"]) == (3, 3)
    assert board["sent"]["sms"] >= 1
    await agent.get(f"/informings/{number}/board?level=street", 400)
    wanted = {"village": VILLAGE, "purpose": PURPOSE}
    await agent.post(f"/informings/{number}/names", wanted, 403)
    await wang.post(f"/informings/{number}/names", wanted | {"purpose": ""}, 400)
    named = await wang.post(f"/informings/{number}/names", wanted)
    assert {one["name"] for one in named["people"]} == {"居民1", "居民2", "居民3"}
    listed = await wang.post(f"/informings/{number}/doors", {"grid": GRID, "purpose": PURPOSE})
    assert (listed["worker"], len(listed["uninformed"])) == ("陈网格", 2)
    assert [one["id"] for one in (await agent.get("/informings"))["informings"]] == [number]


async def test_answers_from_the_doors_come_in_batches_and_twice(
    hq: Headquarters, programs: Programs
) -> None:
    number, wang = await _told(hq), await programs.of("wang")
    answers = [{"person": 1}, {"person": 2, "said": "stays"}, {"person": 77}]
    path, body = (
        f"/informings/{number}/confirmations",
        {
            "confirmations": answers,
            "purpose": PURPOSE,
        },
    )
    first, second, nobody = (await wang.post(path, body))["confirmations"]
    assert (first["first"], second["visit_by"], bool(nobody["error"])) == (True, "陈网格", True)
    again = (await wang.post(path, body))["confirmations"]
    assert not again[0]["first"]
    board = await wang.get(f"/informings/{number}/board")
    assert board["total"]["people"] == 3
    row = await hq.house.stores.rows.get(number, townsfolk.person(1).id)
    assert row is not None
    assert row.confirmation is not None


async def test_an_informing_is_stopped_and_goes_on(hq: Headquarters, programs: Programs) -> None:
    number, wang = await _told(hq), await programs.of("wang")
    assert (await wang.post(f"/informings/{number}/cancel"))["state"] == "cancelled"
    assert (await wang.post(f"/informings/{number}/resume"))["state"] == "sending"
    await wang.post("/informings/77/cancel", status=404)
    await wang.post("/informings/x/cancel", status=404)


async def test_a_roster_is_tried_unless_it_is_to_be_written(
    house: House, programs: Programs
) -> None:
    await hired(house, "admin", Role.ADMIN)
    admin = await programs.of("admin")
    file = base64.b64encode(csv([cells(1), cells(2)]).encode()).decode()
    body = {"name": "roster.csv", "content": file, "purpose": "汛前更新"}
    tried = await admin.post("/rosters", body)
    assert (tried["added"], tried["written"]) == (2, False)
    assert (await admin.post("/rosters", body | {"write": True}))["written"]
    again = await admin.post("/rosters", body)
    assert (again["added"], again["same"]) == (0, 2)
    wrong = base64.b64encode(csv([cells(1, phone="x")]).encode()).decode()
    told = await admin.post("/rosters", body | {"content": wrong})
    assert told["mistakes"][0]["where"].endswith("C2")
    unread = base64.b64encode(b"nothing,known\n1,2\n").decode()
    assert (await admin.post("/rosters", body | {"content": unread}))["mistakes"]
    await admin.post("/rosters", body | {"content": "====" * 3}, 400)


async def _heard(house: House) -> None:
    """Let the feed bring a warning, and one that nobody can place."""
    await house.stores.feeds.configure([FEED], START)
    await house.stores.feeds.heard(FEED.id, house.clock.now())
    where = (SaidArea(description="没有的镇", codes=("330109",)),)
    for message in (
        bulletins.message(start=START),
        bulletins.message(7, where=where, start=START),
    ):
        await relay(house.office(), FEED, arrival(message))


async def _told(hq: Headquarters) -> int:
    """Have three people told of an order; give the informing's number."""
    await settled(hq.house.stores, person(1), person(2, phone=None), person(3, grid=None))
    await townsfolk.guarded(hq.house.stores)
    await hq.decided(order(), "请走。")
    await take_up_next(hq.office)
    await walked(hq.house, all_ways())
    (one,) = await hq.house.stores.informings.newest(5)
    return one.id


async def test_what_has_run_out_and_was_not_lifted_is_told(
    hq: Headquarters, programs: Programs
) -> None:
    start = builders.now() - timedelta(hours=2)
    over = bulletins.message(start=start, hours=1)
    await relay(hq.office, FEED, bulletins.arrival(over))
    told = await (await programs.of("wang")).get("/warnings")
    (gone,) = told["expired"]
    assert (told["quiet"], told["signals"], gone["headline"]) == (False, [], over.headline)
