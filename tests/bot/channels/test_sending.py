"""What stands in the outbox goes out by the way of its channel."""

import pytest
from aiohttp import ClientSession

from bot.accounts import Accounts
from bot.channels.platforms import Platforms
from bot.channels.sending import Senders
from bot.channels.wechat_api import failure_of
from data.civic.errors import PlatformRefused
from data.civic.ids import DeliveryId
from data.civic.labels import Channel
from data.civic.sending.deliveries import Delivery, Failure
from data.civic.talk.conversations import ConversationKey
from tests.bot.channels.alipay_side import app
from tests.bot.channels.given import CITIZEN, NOW, Shelf, StillClock, service
from tests.bot.channels.wechat_side import SEND, WeChat


def delivery(text: str, *, channel: Channel, account: str) -> Delivery:
    to = ConversationKey(channel=channel, account=account, user=CITIZEN)
    return Delivery(id=DeliveryId("d1"), to=to, answers=None, text=text, created_at=NOW)


@pytest.fixture
def senders(wechat: WeChat, session: ClientSession) -> Senders:
    told = Accounts(wechat=(service(api_base=wechat.url),), alipay=(app(),))
    platforms = Platforms.of(told, session=session, tokens=Shelf(), clock=StillClock())
    return Senders(platforms=platforms)


async def test_a_delivery_to_a_service_account_is_a_customer_service_message(
    senders: Senders, wechat: WeChat
) -> None:
    await senders.send(delivery("您好", channel=Channel.WECHAT, account="county"))
    ((_, body),) = wechat.calls(SEND)
    assert CITIZEN.encode() in body


async def test_a_long_text_is_sent_in_order(senders: Senders, wechat: WeChat) -> None:
    text = "一" * 1000 + "二" * 100
    await senders.send(delivery(text, channel=Channel.WECHAT, account="county"))
    first, second = (body.decode() for _, body in wechat.calls(SEND))
    assert "二" not in first
    assert second.count("二") == 100


@pytest.mark.parametrize(
    ("channel", "account"),
    [
        pytest.param(Channel.WECHAT, "elsewhere", id="unknown account"),
        pytest.param(Channel.WECHAT_MINI, "county", id="page of a mini-program"),
        pytest.param(Channel.ALIPAY_MINI, "county-alipay", id="alipay"),
        pytest.param(Channel.TERMINAL, "terminal", id="terminal"),
    ],
)
async def test_where_nothing_can_be_pushed_it_is_refused_for_good(
    senders: Senders, wechat: WeChat, channel: Channel, account: str
) -> None:
    with pytest.raises(PlatformRefused) as raised:
        await senders.send(delivery("您好", channel=channel, account=account))
    assert raised.value.code == "unsupported"
    assert failure_of(raised.value) is Failure.LASTING
    assert wechat.asked == []
