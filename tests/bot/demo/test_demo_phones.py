import re
from pathlib import Path

import pytest
from aiohttp import web

from bot.demo import phones
from data.civic.errors import Refused
from tests.bot.demo.simulated import Backend, Simulator, served

CITIZEN = "0123456789abcdef" * 2
DEMO = Path(phones.__file__).parent


async def test_the_page_loads_from_this_house_alone(simulator: Simulator, phones_page: str) -> None:
    async with simulator.http.get(f"{phones_page}/demo") as response:
        text = await response.text()

    assert str(response.url) == f"{phones_page}/demo/"
    assert "演示" in text
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]* src=)", text)


async def test_everything_that_the_page_names_is_there(
    simulator: Simulator, phones_page: str
) -> None:
    text = (DEMO / "templates" / "phones.html").read_text()
    named = set(re.findall(r'(?:href|src)="(/demo/static/[^"]+)"', text))
    for script in (DEMO / "static").glob("*.js"):
        named |= {
            f"/demo/static/{one}" for one in re.findall(r'"\./(\w+\.js)"', script.read_text())
        }

    for path in named:
        async with simulator.http.get(phones_page + path) as response:
            assert response.status == 200, path
            assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert {Path(one).name for one in named} == {f.name for f in (DEMO / "static").iterdir()}


async def test_a_phone_speaks_through_a_signed_push_and_sees_its_inbox(
    simulator: Simulator, phones_page: str, backend: Backend
) -> None:
    body = {"user": CITIZEN, "text": "护照怎么办"}
    async with simulator.http.post(f"{phones_page}/demo/platform/say", json=body) as response:
        assert response.status == 200
    async with simulator.http.get(f"{phones_page}/demo/platform/inbox?user={CITIZEN}") as response:
        inbox = await response.json()

    assert "msg_signature" in backend.pushes[0][0]
    assert [line["text"] for line in inbox["lines"]] == ["护照怎么办"]


@pytest.mark.parametrize(
    ("platform", "account"), [("wechat", "wechat-mini"), ("alipay", "alipay-mini")]
)
async def test_a_phone_gets_a_login_code_with_its_account(
    simulator: Simulator, phones_page: str, platform: str, account: str
) -> None:
    body = {"platform": platform, "user": CITIZEN}
    async with simulator.http.post(f"{phones_page}/demo/platform/code", json=body) as response:
        login = await response.json()

    assert login["account"] == account
    assert login["code"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"user": "../../calls", "text": "a"}, id="a path for a name"),
        pytest.param({"user": CITIZEN, "event": "unsubscribe"}, id="an event not offered"),
        pytest.param({"user": CITIZEN}, id="nothing said"),
        pytest.param({"user": CITIZEN, "text": "a", "account": "x"}, id="an account"),
    ],
)
async def test_the_page_passes_on_no_more_than_a_phone_can_do(
    simulator: Simulator, phones_page: str, body: dict[str, str]
) -> None:
    async with simulator.http.post(f"{phones_page}/demo/platform/say", json=body) as response:
        assert response.status == 400
        assert response.content_type == "application/problem+json"


async def test_a_form_of_another_site_is_not_taken(simulator: Simulator, phones_page: str) -> None:
    body = {"user": CITIZEN, "text": "a"}
    async with simulator.http.post(f"{phones_page}/demo/platform/say", data=body) as response:
        assert response.status == 415


async def test_without_the_platforms_the_page_says_so(simulator: Simulator) -> None:
    app = web.Application()
    phones.add(app, control_url="http://127.0.0.1:1", control_token="")
    runner, url = await served(app)

    async with simulator.http.get(f"{url}/demo/platform/inbox?user={CITIZEN}") as response:
        problem = await response.json()
    await runner.cleanup()

    assert (problem["status"], response.status) == (502, 502)
    assert "run the demo" in problem["detail"]


def test_the_phones_page_does_not_stand_in_production() -> None:
    with pytest.raises(Refused, match="production"):
        phones.add(web.Application(), control_url="", control_token="", production=True)
