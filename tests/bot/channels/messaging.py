"""A chat and a subscription messenger on a small honest WeChat, with the real ledgers."""

import json
from datetime import timedelta

from aiohttp import ClientSession

from bot.channels.alert_templates import TemplateWay
from bot.channels.chatting import ChatMessenger
from bot.channels.subscribing import SubscriptionMessenger
from bot.channels.wechat_api import CUSTOM_SEND, WeChatApi
from bot.template_account import AlertTemplate
from data.civic.ids import ConversationId
from data.civic.sending.quotas import Window
from data.civic.sending.retries import WECHAT
from data.civic.sending.subscriptions import Answered, TemplateKind
from data.civic.sending.templates import wechat_fields
from data.store.platform_tokens import PlatformTokens
from data.store.stores import Stores
from tests import builders
from tests.bot.channels.given import CITIZEN, Shelf, service
from tests.bot.channels.wechat_side import WeChat
from tests.builders import Loaded

CHAT = ConversationId(f"wechat/county/{CITIZEN}")
MINI = ConversationId(f"wechat_mini/mini/{CITIZEN}")
MORE = "其余请打开小程序查看"


def api_of(
    wechat: WeChat, session: ClientSession, tokens: PlatformTokens | Shelf, clock: object = None
) -> WeChatApi:
    account = service(api_base=wechat.url)
    return WeChatApi(
        account,
        session=session,
        tokens=tokens,
        clock=clock or builders.clock(),  # type: ignore[arg-type]
    )


def chatting(api: WeChatApi, stores: Stores) -> ChatMessenger:
    return ChatMessenger(
        apis={"county": api},
        real=frozenset({"county"}),
        windows=stores.windows,
        more=lambda: MORE,
        clock=builders.clock(),
        dice=Loaded(),
    )


def subscribing_by(api: WeChatApi, stores: Stores) -> SubscriptionMessenger:
    template = AlertTemplate(
        id="alert",
        kind=TemplateKind.ONE_TIME,
        page="pages/alert/detail",
        fields={"thing1": "title", "thing2": "area", "time3": "time", "thing4": "advice"},
    )
    way = TemplateWay(
        template=template,
        send=api.send_subscription,
        fit=wechat_fields,
        codes=WECHAT,
        for_drills=False,
    )
    return SubscriptionMessenger(
        ways={"wechat_mini/mini": way},
        ledger=stores.subscriptions,
        clock=builders.clock(),
        dice=Loaded(),
    )


async def window(stores: Stores, left: int) -> None:
    until = builders.now() + timedelta(hours=1)
    await stores.windows.opened(CHAT, Window(left=left, until=until))


async def accept(
    stores: Stores, times: int = 1, kind: TemplateKind = TemplateKind.ONE_TIME
) -> None:
    for number in range(times):
        answer = Answered(template="alert", yes=True, key=str(number), at=builders.now())
        await stores.subscriptions.answer(MINI, kind, answer)


def texts(wechat: WeChat) -> list[str]:
    return [json.loads(body)["text"]["content"] for _, body in wechat.calls(CUSTOM_SEND)]
