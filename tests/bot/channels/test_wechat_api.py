"""Calling WeChat: one token for all, one more try when it is refused, no secret in an error."""

import asyncio
import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.channels.calling import LARGEST_ANSWER, open_session
from bot.channels.wechat_api import WeChatApi, failure_of
from data.civic.errors import (
    BadInput,
    PlatformRefused,
    PlatformUnavailable,
    StoreUnavailable,
)
from data.civic.sending.deliveries import Failure
from data.store.platform_tokens import PlatformToken
from tests.bot.channels.given import CITIZEN, NOW, Shelf, StillClock, listening, service
from tests.bot.channels.wechat_side import LOGIN, SEND, TOKEN, WeChat

APP = "wx49f0ab532d5d035a"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def api(wechat: WeChat, session: ClientSession, shelf: Shelf, clock: StillClock) -> WeChatApi:
    account = service(api_base=wechat.url)
    return WeChatApi(account, session=session, tokens=shelf, clock=clock)


async def test_a_text_goes_out_with_its_characters_as_they_are(
    api: WeChatApi, wechat: WeChat
) -> None:
    await api.send_text(CITIZEN, "您好\x00😀\ud800")
    ((query, body),) = wechat.calls(SEND)
    assert query == {"access_token": "token-1"}
    assert "您好😀".encode() in body
    assert json.loads(body) == {
        "touser": CITIZEN,
        "msgtype": "text",
        "text": {"content": "您好😀"},
    }


async def test_a_hundred_sends_on_a_cold_cache_fetch_one_token(
    api: WeChatApi, wechat: WeChat
) -> None:
    await asyncio.gather(*(api.send_text(CITIZEN, "您好") for _ in range(100)))
    assert len(wechat.calls(SEND)) == 100
    ((_, asked),) = wechat.calls(TOKEN)
    assert json.loads(asked)["force_refresh"] is False


async def test_a_token_of_another_process_is_used(
    api: WeChatApi, wechat: WeChat, shelf: Shelf
) -> None:
    shelf.tokens[APP] = PlatformToken(
        app_id=APP, token="token-1", expires_at=NOW + timedelta(hours=1)
    )
    await api.send_text(CITIZEN, "您好")
    assert wechat.calls(TOKEN) == []


async def test_a_token_is_renewed_five_minutes_before_its_end(
    api: WeChatApi, wechat: WeChat, clock: StillClock, shelf: Shelf
) -> None:
    await api.send_text(CITIZEN, "您好")
    clock.moment += timedelta(seconds=7200 - 301)
    await api.send_text(CITIZEN, "您好")
    assert len(wechat.calls(TOKEN)) == 1
    wechat.good = "token-2"
    clock.moment += timedelta(seconds=2)
    await api.send_text(CITIZEN, "您好")
    assert len(wechat.calls(TOKEN)) == 2
    assert shelf.tokens[APP].token == "token-2"


async def test_an_old_token_is_used_to_its_end_while_no_new_one_is_given(
    api: WeChatApi, wechat: WeChat, clock: StillClock
) -> None:
    await api.send_text(CITIZEN, "您好")
    clock.moment += timedelta(seconds=7200 - 100)
    wechat.answers[TOKEN] = [{"errcode": -1}]
    await api.send_text(CITIZEN, "您好")
    clock.moment += timedelta(seconds=100)
    wechat.answers[TOKEN] = [{"errcode": -1}]
    with pytest.raises(PlatformUnavailable):
        await api.send_text(CITIZEN, "您好")


async def test_a_refused_token_is_replaced_once_for_all_who_wait(
    api: WeChatApi, wechat: WeChat
) -> None:
    await api.send_text(CITIZEN, "您好")
    wechat.good = "token-2"
    await asyncio.gather(*(api.send_text(CITIZEN, "您好") for _ in range(20)))
    assert len(wechat.calls(TOKEN)) == 2


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_token_that_is_refused_again_ends_after_one_retry(
    api: WeChatApi, wechat: WeChat, code: int
) -> None:
    wechat.answers[SEND] = [{"errcode": code}] * 9
    with pytest.raises(PlatformUnavailable) as raised:
        await api.send_text(CITIZEN, "您好")
    assert len(wechat.calls(SEND)) == 2
    assert len(wechat.calls(TOKEN)) == 2
    assert failure_of(raised.value) is Failure.PASSING


class Gone(Shelf):
    """A cache whose database does not answer."""

    async def get(self, app_id: str) -> PlatformToken | None:
        raise StoreUnavailable(f"no server for {app_id}")

    async def put(self, token: PlatformToken, *, instead_of: str | None) -> None:
        raise StoreUnavailable(f"no server for {token.app_id}, {instead_of}")


async def test_without_the_shared_cache_messages_still_go_out(
    wechat: WeChat, session: ClientSession, clock: StillClock
) -> None:
    account = service(api_base=wechat.url)
    api = WeChatApi(account, session=session, tokens=Gone(), clock=clock)
    await api.send_text(CITIZEN, "您好")
    await api.send_text(CITIZEN, "您好")
    assert len(wechat.calls(TOKEN)) == 1


@pytest.mark.parametrize("code", [40003, 45002, 45015, 45047, 48001])
async def test_what_wechat_will_never_take_is_refused_for_good(
    api: WeChatApi, wechat: WeChat, code: int
) -> None:
    wechat.answers[SEND] = [{"errcode": code, "errmsg": "out of limit rid: 65f0-2a"}]
    with pytest.raises(PlatformRefused, match="rid 65f0-2a") as raised:
        await api.send_text(CITIZEN, "您好")
    assert raised.value.code == str(code)
    assert failure_of(raised.value) is Failure.LASTING


@pytest.mark.parametrize(
    ("code", "pause"),
    [
        pytest.param(45011, timedelta(seconds=60), id="minute quota"),
        pytest.param(45009, timedelta(hours=24), id="daily quota: 00:00 in Beijing"),
    ],
)
async def test_a_spent_quota_pauses_this_call_alone(
    api: WeChatApi, wechat: WeChat, clock: StillClock, code: int, pause: timedelta
) -> None:
    wechat.answers[SEND] = [{"errcode": code}]
    for _ in range(3):
        with pytest.raises(PlatformUnavailable):
            await api.send_text(CITIZEN, "您好")
    assert len(wechat.calls(SEND)) == 1
    assert await api.code2session("code") == CITIZEN
    clock.moment += pause
    await api.send_text(CITIZEN, "您好")


ODD_ANSWERS = [
    pytest.param(lambda: web.Response(status=502, text="<html>"), id="502"),
    pytest.param(lambda: web.Response(text="<html>"), id="html"),
    pytest.param(lambda: web.Response(text="[]"), id="list"),
    pytest.param(lambda: web.Response(text=""), id="empty"),
    pytest.param(lambda: web.Response(status=302, headers={"Location": "/x"}), id="redirect"),
    pytest.param(lambda: web.Response(body=b" " * (LARGEST_ANSWER + 1)), id="too long"),
    pytest.param(lambda: web.json_response({"errcode": -1}), id="busy"),
    pytest.param(lambda: web.json_response({"session_key": "x"}), id="no openid"),
    pytest.param(lambda: web.json_response({"openid": "a/b"}), id="odd openid"),
]


@pytest.mark.parametrize("answer", ODD_ANSWERS)
async def test_an_answer_that_cannot_be_used_is_a_platform_that_is_down(
    api: WeChatApi, wechat: WeChat, answer: Any
) -> None:
    wechat.answers[LOGIN] = [answer()]
    with pytest.raises(PlatformUnavailable) as raised:
        await api.code2session("code")
    assert failure_of(raised.value) is Failure.PASSING
    assert len(wechat.asked) == 1


async def test_a_platform_that_hangs_is_left_in_time(session: ClientSession) -> None:
    async def hang(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async with listening(hang) as url, open_session(total_s=0.2) as hasty:
        api = WeChatApi(service(api_base=url), session=hasty, tokens=Shelf(), clock=StillClock())
        with pytest.raises(PlatformUnavailable, match="TimeoutError"):
            await api.code2session("code")


async def test_a_platform_that_is_not_there_is_down(session: ClientSession) -> None:
    nobody = service(api_base="http://127.0.0.1:9")
    api = WeChatApi(nobody, session=session, tokens=Shelf(), clock=StillClock())
    with pytest.raises(PlatformUnavailable):
        await api.code2session("code")


async def test_a_login_code_gives_the_openid(api: WeChatApi, wechat: WeChat) -> None:
    assert await api.code2session("0a1B2c") == CITIZEN
    ((query, _),) = wechat.calls(LOGIN)
    assert query == {
        "appid": APP,
        "secret": "the-app-secret",
        "js_code": "0a1B2c",
        "grant_type": "authorization_code",
    }
    assert wechat.calls(TOKEN) == []


@pytest.mark.parametrize("code", [40029, 40163, 40226])
async def test_a_refused_login_tells_its_code_and_no_secret(
    api: WeChatApi, wechat: WeChat, code: int
) -> None:
    wechat.answers[LOGIN] = [{"errcode": code, "errmsg": "secret the-app-secret code 0a1B2c"}]
    with pytest.raises(PlatformRefused) as raised:
        await api.code2session("0a1B2c")
    assert raised.value.code == str(code)
    assert "the-app-secret" not in str(raised.value)
    assert "0a1B2c" not in str(raised.value)


async def test_no_secret_reaches_a_log(
    api: WeChatApi,
    wechat: WeChat,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    wechat.answers[LOGIN] = [{"errcode": 40029}, web.Response(status=302)]
    wechat.answers[SEND] = [{"errcode": 45015}, web.Response(status=500)]
    for _ in range(2):
        with pytest.raises((PlatformRefused, PlatformUnavailable)):
            await api.code2session("0a1B2c")
        with pytest.raises((PlatformRefused, PlatformUnavailable)):
            await api.send_text(CITIZEN, "您好")
    printed = "".join(capsys.readouterr())
    for secret in ("the-app-secret", "token-1", "0a1B2c", CITIZEN, "您好"):
        assert secret not in caplog.text + printed


@pytest.mark.parametrize("code", ["", "a b", "码", "x" * 129])
async def test_what_cannot_be_a_login_code_is_not_sent(
    api: WeChatApi, wechat: WeChat, code: str
) -> None:
    with pytest.raises(BadInput):
        await api.code2session(code)
    assert wechat.asked == []


async def test_a_wrong_secret_is_no_reason_to_try_again(api: WeChatApi, wechat: WeChat) -> None:
    wechat.answers[TOKEN] = [{"errcode": 40001, "errmsg": "invalid secret"}]
    with pytest.raises(PlatformRefused):
        await api.send_text(CITIZEN, "您好")
    assert len(wechat.asked) == 1


async def test_showing_that_somebody_writes_never_fails(api: WeChatApi, wechat: WeChat) -> None:
    typing = "/cgi-bin/message/custom/typing"
    wechat.answers[typing] = [{"errcode": 45081}, web.Response(status=500)]
    for _ in range(3):
        await api.typing(CITIZEN)
    assert len(wechat.calls(typing)) == 3
