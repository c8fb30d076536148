"""The platforms' pitfalls of sending, each by its number in the reference on channels."""

import ast
import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from aiohttp import ClientSession, web

from bot.channels.breaker import Resting
from bot.channels.calling import CONNECT_S, TOTAL_S, Busy, NothingSent, open_session, patiently
from bot.channels.chatting import ChatMessenger
from bot.channels.rendering import WECHAT_BYTES, parts
from bot.channels.wechat_api import CUSTOM_SEND, SUBSCRIBE_SEND, WeChatApi
from data.civic.calendar import BEIJING
from data.civic.errors import PlatformUnavailable
from data.civic.sending.quotas import Window
from data.civic.sending.refusals import WhyNot
from data.civic.sending.retries import RETRIES
from data.civic.sending.rows import Ending, Rung
from data.store.stores import Stores
from tests import builders
from tests.bot.channels.given import CITIZEN, Shelf, StillClock, listening, service
from tests.bot.channels.messaging import (
    CHAT,
    MORE,
    api_of,
    chatting,
    texts,
    window,
)
from tests.bot.channels.outgoing import endings, outgoing
from tests.bot.channels.wechat_side import TOKEN, WeChat
from tests.builders import Loaded
from tests.house.tree import nodes, python

MIDNIGHT = datetime(2025, 11, 23, tzinfo=BEIJING)
"""The end of the day on which the still clock stands."""


@pytest.fixture
def api(wechat: WeChat, session: ClientSession, stores: Stores) -> WeChatApi:
    return api_of(wechat, session, stores.platform_tokens)


@pytest.fixture
def chat(api: WeChatApi, stores: Stores) -> ChatMessenger:
    return chatting(api, stores)


async def test_pitfall_16_a_long_text_is_split_within_the_quota_and_says_where_to_read_on(
    chat: ChatMessenger, wechat: WeChat, stores: Stores
) -> None:
    await window(stores, 2)
    long = "预警" * 3_000
    (sent,) = await chat.send([outgoing(rung=Rung.CHAT, text=long, conversation=CHAT)])
    first, last = texts(wechat)
    assert sent.ending is Ending.ACCEPTED
    assert first == parts(long)[0]
    assert last.endswith(f"\n{MORE}")
    assert all(len(one.encode()) <= WECHAT_BYTES for one in (first, last))
    assert long.startswith(first + last.removesuffix(f"\n{MORE}"))


async def test_pitfall_17_nothing_is_sent_outside_the_window_or_over_its_count(
    chat: ChatMessenger, wechat: WeChat, stores: Stores
) -> None:
    one = outgoing(rung=Rung.CHAT, conversation=CHAT)
    assert endings(await chat.send([one])) == [(Ending.REFUSED, WhyNot.NEVER_WROTE)]
    await window(stores, 3)
    sent = await chat.send([one] * 5)
    assert [told for told, _ in endings(sent)].count(Ending.ACCEPTED) == 3
    assert {why for _, why in endings(sent) if why} == {WhyNot.WINDOW_SPENT}
    assert len(wechat.calls(CUSTOM_SEND)) == 3


async def test_pitfall_17_a_window_whose_time_is_over_is_not_tried(
    api: WeChatApi, wechat: WeChat, stores: Stores
) -> None:
    ahead = replace(chatting(api, stores), clock=builders.clock(shift=timedelta(hours=1)))
    await stores.windows.opened(CHAT, Window(left=3, until=ahead.clock.now()))
    one = outgoing(rung=Rung.CHAT, conversation=CHAT)
    assert endings(await ahead.send([one])) == [(Ending.REFUSED, WhyNot.WINDOW_CLOSED)]
    assert wechat.asked == []


@pytest.mark.parametrize("code", [45015, 45047])
async def test_pitfall_17_a_platform_that_says_no_is_believed_without_another_try(
    chat: ChatMessenger, wechat: WeChat, stores: Stores, code: int
) -> None:
    await window(stores, 3)
    wechat.answers[CUSTOM_SEND] = [{"errcode": code}]
    one = outgoing(rung=Rung.CHAT, conversation=CHAT)
    assert endings(await chat.send([one])) == [(Ending.REFUSED, str(code))]
    assert len(wechat.calls(CUSTOM_SEND)) == 1
    # 45015 has been seen inside a window: it is a hint for this message, and no proof.
    assert (await stores.windows.get(CHAT) is None) == (code == 45047)


async def test_pitfall_17_what_the_platform_did_not_take_costs_nothing(
    chat: ChatMessenger, wechat: WeChat, stores: Stores
) -> None:
    await window(stores, 1)
    wechat.answers[CUSTOM_SEND] = [web.Response(status=503)]
    one = outgoing(rung=Rung.CHAT, conversation=CHAT)
    assert endings(await chat.send([one])) == [(Ending.BUSY, WhyNot.BUSY)]
    assert endings(await chat.send([one])) == [(Ending.ACCEPTED, "")]


async def test_pitfall_20_a_hundred_sends_on_a_cold_cache_ask_for_one_token(
    api: WeChatApi, wechat: WeChat
) -> None:
    await asyncio.gather(*(api.send_text(CITIZEN, "您好") for _ in range(100)))
    ((_, asked),) = wechat.calls(TOKEN)
    assert json.loads(asked)["force_refresh"] is False


async def test_pitfall_20_a_refused_token_is_renewed_once_and_tried_once(
    api: WeChatApi, wechat: WeChat
) -> None:
    wechat.answers[SUBSCRIBE_SEND] = [{"errcode": 40001}] * 9
    with pytest.raises(NothingSent):
        await api.send_subscription(CITIZEN, template="alert", page="p", fields={})
    assert (len(wechat.calls(SUBSCRIBE_SEND)), len(wechat.calls(TOKEN))) == (2, 2)
    assert not any(json.loads(asked)["force_refresh"] for _, asked in wechat.calls(TOKEN))


async def test_pitfall_21_two_workers_share_one_token_and_renew_it_once(
    wechat: WeChat, session: ClientSession, stores: Stores
) -> None:
    one, other = (api_of(wechat, session, stores.platform_tokens) for _ in range(2))
    await one.send_text(CITIZEN, "您好")
    await other.send_text(CITIZEN, "您好")
    assert len(wechat.calls(TOKEN)) == 1
    wechat.good = "token-2"
    await one.send_text(CITIZEN, "您好")
    await other.send_text(CITIZEN, "您好")
    assert len(wechat.calls(TOKEN)) == 2


async def test_pitfall_21_two_workers_that_renew_at_once_both_go_on_with_the_new_token(
    wechat: WeChat, session: ClientSession, stores: Stores
) -> None:
    one, other = (api_of(wechat, session, stores.platform_tokens) for _ in range(2))
    await one.send_text(CITIZEN, "您好")
    await other.send_text(CITIZEN, "您好")
    wechat.good = "token-2"
    await asyncio.gather(one.send_text(CITIZEN, "您好"), other.send_text(CITIZEN, "您好"))
    _, *renewed = wechat.calls(TOKEN)
    assert len(renewed) in (1, 2)
    assert not any(json.loads(asked)["force_refresh"] for _, asked in renewed)
    kept = await stores.platform_tokens.get(service().app_id)
    assert kept is not None
    assert kept.token == "token-2"


async def test_pitfall_22_a_platform_that_hangs_is_left_in_time() -> None:
    async def hang(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async with listening(hang) as url, open_session(total_s=0.2) as session:
        account = service(api_base=url)
        api = WeChatApi(account, session=session, tokens=Shelf(), clock=StillClock())
        with pytest.raises(PlatformUnavailable):
            await api.send_text(CITIZEN, "您好")
    assert (CONNECT_S, TOTAL_S) == (2.0, 5.0)


def imported(path: str) -> set[str]:
    """Tell every name that a file imports, whole: `from a import b` is `a.b`."""
    plain = {name.name for one in nodes(path, ast.Import) for name in one.names}
    parts = {
        f"{one.module}.{name.name}" for one in nodes(path, ast.ImportFrom) for name in one.names
    }
    return plain | parts


BLOCKING = ("requests", "urllib.request", "http.client")


def test_pitfall_22_nothing_that_blocks_is_imported_where_requests_are_served() -> None:
    found = [
        f"{path}: {name}"
        for path in python("bot", "handlers")
        for name in imported(path)
        if f"{name}.".startswith(tuple(f"{one}." for one in BLOCKING))
    ]
    assert not found


@pytest.mark.parametrize("code", [45011, 45009])
async def test_pitfall_23_a_spent_quota_closes_its_own_interface_alone(
    wechat: WeChat, session: ClientSession, code: int
) -> None:
    clock = StillClock()
    again = {45011: clock.moment + timedelta(seconds=60), 45009: MIDNIGHT}[code]
    api = api_of(wechat, session, Shelf(), clock)
    wechat.answers[SUBSCRIBE_SEND] = [{"errcode": code}]

    async def send() -> None:
        await api.send_subscription(CITIZEN, template="alert", page="p", fields={})

    with pytest.raises(NothingSent):
        await send()
    clock.moment = again - timedelta(seconds=1)
    with pytest.raises(Resting):
        await send()
    await api.send_text(CITIZEN, "您好")
    clock.moment = again
    await send()
    assert len(wechat.calls(SUBSCRIBE_SEND)) == 2


async def test_pitfall_23_a_busy_platform_is_called_three_times_more_at_most(
    api: WeChatApi, wechat: WeChat
) -> None:
    wechat.answers[CUSTOM_SEND] = [{"errcode": -1}] * 9
    with pytest.raises(Busy):
        await patiently(lambda: api.send_text(CITIZEN, "您好"), Loaded())
    assert len(wechat.calls(CUSTOM_SEND)) == 1 + RETRIES == 4
