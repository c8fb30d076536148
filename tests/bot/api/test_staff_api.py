"""The staff API: opened by a token, bound to its holder's roles and area."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.app import STAFF
from bot.house import House
from data.civic.people import Role
from handlers.acts import api_tokens
from tests import builders
from tests.staffed import LINPU, hired, in_danger, said, served, unanswered

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(house: House) -> AsyncIterator[Client]:
    async with served(house) as client:
        yield client


async def _key(house: House, login: str = "wang") -> dict[str, str]:
    day = timedelta(days=1)
    token, _ = await api_tokens.make(house.office(), login, name="test", lasts=day, by="test")
    return {"Authorization": f"Bearer {token}"}


def _place(path: str) -> str:
    return f"/api/v1{re.sub(r'{[a-z]+}', NOBODYS, path)}"


async def _get(client: Client, path: str, key: dict[str, str]) -> Any:
    response = await client.get(f"/api/v1{path}", headers=key)
    assert response.status == 200
    return await response.json()


ROUTES = [(route.method, route.path) for part in STAFF for route in part.routes]
NOBODYS = "XS20260101000000"


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nonsense", "Basic d2FuZzp4"])
async def test_nothing_opens_without_a_valid_token(
    client: Client, method: str, path: str, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    response = await client.request(method, _place(path), headers=headers)
    assert (response.status, response.content_type) == (401, "application/problem+json")


async def test_who_waits_is_listed_in_masked_words(house: House, client: Client) -> None:
    await hired(house)
    who = await said(house, "我的手机13812345678能用吗", "转人工")
    (one,) = (await _get(client, "/staff/waiting", await _key(house)))["waiting"]
    assert one["conversation"] == who.id
    assert one["attention"] == "waiting"
    assert one["area_name"] == "萧山区"
    assert "138****5678" in one["last_question"]


async def test_a_town_is_given_its_own_alone(house: House, client: Client) -> None:
    await hired(house, area=LINPU)
    await said(house, "转人工")
    await unanswered(house, "量子纠缠有什么用")
    await in_danger(house, builders.citizen("in-danger"))
    key = await _key(house)
    assert await _get(client, "/staff/waiting", key) == {"waiting": []}
    assert await _get(client, "/staff/unanswered", key) == {"unanswered": []}
    assert await _get(client, "/staff/tickets", key) == {"tickets": []}


async def test_what_was_not_answered_is_listed(house: House, client: Client) -> None:
    await hired(house, "wang", Role.EDITOR)
    await unanswered(house, "量子纠缠有什么用")
    (one,) = (await _get(client, "/staff/unanswered", await _key(house)))["unanswered"]
    assert (one["text"], one["why"]) == ("量子纠缠有什么用", "unknown")


async def test_a_ticket_is_listed_without_words_then_seen_then_closed(
    house: House, client: Client
) -> None:
    await hired(house)
    number, key = await in_danger(house), await _key(house)
    (line,) = (await _get(client, "/staff/tickets", key))["tickets"]
    assert (line["number"], line["kind"], line["state"]) == (number, "danger", "open")
    assert "text" not in line
    path = f"/api/v1/staff/tickets/{number}"
    seen = await (await client.post(f"{path}/see", headers=key)).json()
    assert (seen["text"], seen["state"]) == ("水进来了我妈被困", "seen")
    closed = await client.post(f"{path}/close", headers=key, json={"result": "人平安"})
    assert (await closed.json())["result"] == "人平安"
    again = await client.post(f"{path}/close", headers=key, json={"result": "别的"})
    assert (again.status, again.content_type) == (409, "application/problem+json")


async def test_an_unknown_ticket_is_a_404(house: House, client: Client) -> None:
    await hired(house)
    response = await client.post(_place("/staff/tickets/{number}/see"), headers=await _key(house))
    assert response.status == 404


async def test_the_staff_api_stands_in_the_openapi_document(client: Client) -> None:
    document = await (await client.get("/api/v1/openapi.json")).json()
    for method, path in ROUTES:
        operation = document["paths"][path][method.lower()]
        assert operation["security"] == [{"staff_token": []}]
    assert set(document["components"]["securitySchemes"]) == {"session", "staff_token"}
