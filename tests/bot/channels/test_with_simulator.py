"""The product and the simulated platforms, written apart from each other, understand each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from bot.accounts import read_accounts
from bot.channels.platforms import Platforms
from bot.channels.rendering import as_text
from bot.channels.sending import Senders
from bot.channels.wechat import WeChatDoor
from bot.demo.config import Config
from bot.demo.keys import open_accounts
from bot.demo.platforms import running
from data.civic.errors import PlatformRefused
from data.civic.ids import DeliveryId
from data.civic.labels import Outcome
from data.civic.sending.deliveries import Delivery
from data.civic.talk.messages import Message, MessageKind, Reply, Say
from tests.bot.channels.given import APOLOGY, Handler, Shelf, listening
from tests.bot.demo.simulated import NOON, CountingIds, Simulator, StillClock


@dataclass
class House:
    """The product's side: a door, the platforms' APIs, and what was received."""

    platforms: Platforms | None = None
    door: WeChatDoor | None = None
    received: list[Message] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        assert self.door is not None
        request.match_info["account"] = request.path.rsplit("/", 1)[1]
        handler: Handler = self.door.get if request.method == "GET" else self.door.post
        return await handler(request)

    async def receive_within(self, message: Message, *, seconds: float) -> Reply | None:
        assert seconds > 0
        self.received.append(message)
        words = f"您说：{message.text}]]>"
        return Reply(parts=(Say(full=words, plain=words, spoken=words),), outcome=Outcome.ANSWERED)

    async def say_later(self, message: Message, texts: tuple[str, ...]) -> None:
        raise AssertionError((message, texts))


@dataclass
class Both:
    house: House
    simulator: Simulator
    platforms: Platforms


@pytest.fixture
async def both(
    tmp_path_factory: pytest.TempPathFactory, session: ClientSession
) -> AsyncIterator[Both]:
    home, ids, house = tmp_path_factory.mktemp("simulated"), CountingIds(), House()
    async with listening(house.answer) as url:
        config = Config(home=home, backend_url=url)
        async with running(config, clock=StillClock(), ids=ids) as found:
            accounts = read_accounts(Path(found.accounts_file))
            house.door = WeChatDoor(
                accounts=accounts,
                reception=house,
                clock=StillClock(),
                render=as_text,
                apology=lambda: APOLOGY,
            )
            platforms = Platforms.of(accounts, session=session, tokens=Shelf(), clock=StillClock())
            simulator = Simulator(platforms=found, accounts=open_accounts(home, ids), http=session)
            yield Both(house, simulator, platforms)


async def test_a_citizen_speaks_and_sees_the_answer(both: Both) -> None:
    await both.simulator.say("护照怎么办 & <b>")
    (message,) = both.house.received
    assert (message.kind, message.text) == (MessageKind.TEXT, "护照怎么办 & <b>")
    lines = await both.simulator.inbox()
    assert "您说：护照怎么办 & <b>]]>" in str(lines)


async def test_a_follower_is_an_event(both: Both) -> None:
    await both.simulator.control(
        "POST", "/_sim/say", account="wechat-service", user="wang", event="subscribe"
    )
    (message,) = both.house.received
    assert (message.kind, message.event) == (MessageKind.EVENT, "subscribe")


async def test_an_answer_that_came_late_is_pushed(both: Both) -> None:
    await both.simulator.say("多久")
    to = both.house.received[0].conversation
    delivery = Delivery(
        id=DeliveryId("d1"), to=to, answers=None, text="十个工作日😀", created_at=NOON
    )
    await Senders(platforms=both.platforms).send(delivery)
    assert "十个工作日😀" in str(await both.simulator.inbox())


@pytest.mark.parametrize("platform", ["wechat", "alipay"])
async def test_a_login_code_is_good_once(both: Both, platform: str) -> None:
    made = await both.simulator.control(
        "POST", "/_sim/codes", platform=platform, account=f"{platform}-mini", user="li"
    )
    wechat, alipay = both.platforms.wechat["wechat-mini"], both.platforms.alipay["alipay-mini"]
    login = wechat.code2session if platform == "wechat" else alipay.login
    assert await login(made["code"])
    with pytest.raises(PlatformRefused) as raised:
        await login(made["code"])
    assert raised.value.code == ("40163" if platform == "wechat" else "isv.code-invalid")
