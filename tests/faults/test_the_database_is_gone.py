"""The database does not answer: every door says so in time, with a telephone, never with 500."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import pytest

from data.civic.labels import Outcome
from tests.journeys.county import County
from tests.journeys.phones import Json, MiniProgramPhone
from tests.proxy import Cable
from tests.waiting import until

IN_TIME_S = 4.5
T = TypeVar("T")


async def in_time(asked: Awaitable[T]) -> T:
    async with asyncio.timeout(IN_TIME_S):
        return await asked


@pytest.fixture
async def cut(at_the_cable: County, pulled: Cable) -> tuple[County, MiniProgramPhone]:
    """A county that worked a moment ago, and somebody who is signed in."""
    mini = await at_the_cable.mini()
    assert (await mini.ask("你好")).outcome == Outcome.ANSWERED
    pulled.whole.clear()
    return at_the_cable, mini


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/messages", {"client_message_id": "m1", "text": "护照怎么办"}),
        ("POST", "/messages", {"client_message_id": "m2", "text": "水进来了我妈被困"}),
        ("GET", "/messages", None),
        ("GET", "/cases", None),
        ("POST", "/cases/lookup", {"number": "33010920261100001", "last_four": "1234"}),
    ],
)
async def test_the_api_apologises_in_time(
    cut: tuple[County, MiniProgramPhone], method: str, path: str, body: Json | None
) -> None:
    _, mini = cut
    status, told = await in_time(mini.call(method, path, body))
    assert status == 503
    for number in ("12345", "110", "119", "120"):
        assert number in told["detail"]


async def test_nobody_can_sign_in_and_is_told_so(cut: tuple[County, MiniProgramPhone]) -> None:
    county, mini = cut
    body = {"platform": "wechat", "account": "wechat-mini", "code": await mini.code(county.control)}
    status, told = await in_time(mini.call("POST", "/session", body))
    assert (status, "12345" in told["detail"]) == (503, True)


async def test_guides_and_places_are_still_read(cut: tuple[County, MiniProgramPhone]) -> None:
    _, mini = cut
    for path in ("/guides", "/guides/elderly_allowance?area=330109105", "/places"):
        status, _ = await in_time(mini.call("GET", path, None))
        assert status == 200


async def test_the_process_is_alive_but_not_ready(cut: tuple[County, MiniProgramPhone]) -> None:
    county, _ = cut
    for path, wanted in (("/healthz", 200), ("/readyz", 503)):
        async with asyncio.timeout(IN_TIME_S), county.http.get(county.url + path) as answer:
            assert answer.status == wanted


@pytest.mark.parametrize("path", ["/console/", "/console/login"])
async def test_the_console_shows_a_page(cut: tuple[County, MiniProgramPhone], path: str) -> None:
    county, _ = cut
    cookies = {"session": "x" * 43, "bianmin_session": "x" * 43, "__Host-session": "x" * 43}
    async with (
        asyncio.timeout(IN_TIME_S),
        county.http.get(county.url + path, cookies=cookies) as answer,
    ):
        assert answer.status in (200, 503)
        assert "Traceback" not in await answer.text()


async def test_many_who_ask_at_once_are_all_told_in_time(
    cut: tuple[County, MiniProgramPhone],
) -> None:
    county, _ = cut
    phones = [await county.wechat(f"citizen{n}") for n in range(20)]
    said = await asyncio.gather(*(phone.say("护照怎么办") for phone in phones))
    for exchange in said:
        assert len(exchange["attempts"]) == 1
        assert exchange["attempts"][0]["milliseconds"] < IN_TIME_S * 1000
        assert "12345" in exchange["shown"]["text"]


async def test_when_it_is_back_all_goes_on_and_what_was_said_is_answered_once(
    cut: tuple[County, MiniProgramPhone], pulled: Cable
) -> None:
    _, mini = cut
    status, _ = await mini.say("护照怎么办", key="m1")
    assert status == 503
    pulled.whole.set()

    async def answered() -> Json | None:
        status, body = await mini.say("护照怎么办", key="m1")
        return body if status == 200 else None

    body = await until(answered, within_s=30)
    assert body["intent"] == "passport"
    lines = [line for line in await mini.history() if line["text"] == "护照怎么办"]
    assert len(lines) == 1
