"""Messages by template: pitfalls 24, 25 and 29 of the reference on channels."""

import asyncio
import json
import logging

import pytest
import structlog
from aiohttp import ClientSession, web

from bot.channels.subscribing import SubscriptionMessenger
from bot.channels.wechat_api import CUSTOM_SEND, SUBSCRIBE_SEND, WeChatApi
from data.civic.errors import PlatformRefused
from data.civic.sending.refusals import WhyNot
from data.civic.sending.rows import Ending, Rung
from data.civic.sending.subscriptions import Answered, TemplateKind
from data.store.stores import Stores
from tests import builders
from tests.bot.channels.given import CITIZEN
from tests.bot.channels.messaging import MINI, accept, api_of, subscribing_by
from tests.bot.channels.outgoing import FIELDS, endings, outgoing
from tests.bot.channels.wechat_side import WeChat


@pytest.fixture
def api(wechat: WeChat, session: ClientSession, stores: Stores) -> WeChatApi:
    return api_of(wechat, session, stores.platform_tokens)


@pytest.fixture
def subscribing(api: WeChatApi, stores: Stores) -> SubscriptionMessenger:
    return subscribing_by(api, stores)


async def test_pitfall_24_fields_are_cut_before_they_are_sent(
    subscribing: SubscriptionMessenger, wechat: WeChat, stores: Stores
) -> None:
    await accept(stores)
    long = FIELDS | {"advice": "请" * 30}
    one = outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI, fields=long)
    assert endings(await subscribing.send([one])) == [(Ending.ACCEPTED, "")]
    ((_, body),) = wechat.calls(SUBSCRIBE_SEND)
    told = json.loads(body)
    assert told["data"]["thing4"]["value"] == "请" * 19 + "…"
    assert told["page"] == "pages/alert/detail?id=7"


async def test_pitfall_24_a_field_that_cannot_be_sent_is_named_and_costs_no_subscription(
    subscribing: SubscriptionMessenger, wechat: WeChat, stores: Stores
) -> None:
    await accept(stores)
    wrong = outgoing(
        rung=Rung.SUBSCRIPTION, conversation=MINI, fields=FIELDS | {"time": "明天下午"}
    )
    ((ending, why),) = endings(await subscribing.send([wrong]))
    assert (ending, why.split()[:2]) == (Ending.REFUSED, [WhyNot.BAD_FIELD, "time3"])
    assert wechat.calls(SUBSCRIBE_SEND) == []
    good = outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI)
    assert endings(await subscribing.send([good])) == [(Ending.ACCEPTED, "")]


async def test_pitfall_24_staff_read_which_field_the_platform_refused(
    subscribing: SubscriptionMessenger, wechat: WeChat, stores: Stores
) -> None:
    await accept(stores, 3)
    refusal = {"errcode": 47003, "errmsg": "argument invalid! data.thing3.value invalid rid: 6-1"}
    wechat.answers[SUBSCRIBE_SEND] = [refusal] * 3
    one = outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI)
    with structlog.testing.capture_logs() as logged:
        sent = await subscribing.send([one])
    ((ending, why),) = endings(sent)
    assert ending is Ending.REFUSED
    # tests/bot/console/test_why_not.py has the words of it that staff read
    assert why == f"WeChat {SUBSCRIBE_SEND} answered errcode 47003, rid 6-1, field thing3"
    assert [(line["event"], line["log_level"]) for line in logged] == [
        ("template refused", "error")
    ]


async def test_pitfall_25_n_yeses_allow_exactly_n_sends_also_at_once(
    subscribing: SubscriptionMessenger, wechat: WeChat, stores: Stores
) -> None:
    await accept(stores, 3)
    batch = [outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI)] * 10
    told = [
        ending
        for sent in await asyncio.gather(subscribing.send(batch), subscribing.send(batch))
        for ending in endings(sent)
    ]
    assert told.count((Ending.ACCEPTED, "")) == 3
    assert told.count((Ending.REFUSED, WhyNot.SPENT)) == 17
    assert len(wechat.calls(SUBSCRIBE_SEND)) == 3


async def test_pitfall_25_a_denial_of_the_platform_closes_it(
    subscribing: SubscriptionMessenger, wechat: WeChat, stores: Stores
) -> None:
    await accept(stores, 3)
    wechat.answers[SUBSCRIBE_SEND] = [{"errcode": 43101}]
    one = outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI)
    assert endings(await subscribing.send([one])) == [(Ending.REFUSED, "43101")]
    assert endings(await subscribing.send([one])) == [(Ending.REFUSED, WhyNot.ENDED)]
    assert len(wechat.calls(SUBSCRIBE_SEND)) == 1


async def test_pitfall_25_a_person_who_says_no_closes_it(
    subscribing: SubscriptionMessenger, wechat: WeChat, stores: Stores
) -> None:
    await accept(stores, 3)
    no = Answered(template="alert", yes=False, key="no", at=builders.now())
    await stores.subscriptions.answer(MINI, TemplateKind.ONE_TIME, no)
    one = outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI)
    assert endings(await subscribing.send([one])) == [(Ending.REFUSED, WhyNot.DECLINED)]
    assert wechat.asked == []


async def test_pitfall_25_a_send_of_which_nothing_is_known_counts_as_sent(
    subscribing: SubscriptionMessenger, wechat: WeChat, stores: Stores
) -> None:
    await accept(stores)
    wechat.answers[SUBSCRIBE_SEND] = [web.Response(status=502)]
    one = outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI)
    assert endings(await subscribing.send([one])) == [(Ending.UNKNOWN, WhyNot.NO_ANSWER)]
    assert endings(await subscribing.send([one])) == [(Ending.REFUSED, WhyNot.SPENT)]


async def test_pitfall_29_no_error_and_no_log_holds_a_secret_or_a_person(
    subscribing: SubscriptionMessenger,
    api: WeChatApi,
    wechat: WeChat,
    stores: Stores,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await accept(stores, 9)
    leak = f"token-1 the-app-secret {CITIZEN} 13800000001 110101199003070337"
    wechat.answers[SUBSCRIBE_SEND] = [
        {"errcode": 47003, "errmsg": leak},
        {"errcode": 40037, "errmsg": leak},
        web.Response(status=502, text=leak),
        web.Response(text=leak),
    ]
    said: list[str] = []
    with structlog.testing.capture_logs() as lines, caplog.at_level(logging.WARNING):
        for _ in range(4):
            one = outgoing(rung=Rung.SUBSCRIPTION, conversation=MINI)
            said += [repr(one), *(str(sent) for sent in await subscribing.send([one]))]
        wechat.answers[CUSTOM_SEND] = [{"errcode": 48001, "errmsg": leak}]
        with pytest.raises(PlatformRefused) as raised:
            await api.send_text(CITIZEN, "您好")
        said.append(repr(raised.value))
    said += [str(line) for line in lines]
    said += [record.getMessage() for record in caplog.records]
    assert lines
    shown = "\n".join(said)
    assert not [one for one in leak.split() if one in shown]
