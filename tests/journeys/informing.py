"""People who can be reached by each way, and the ways of a county to reach them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.channels.calling import open_session
from bot.channels.messengers import Messengers
from bot.channels.platforms import Platforms
from bot.demo.templates_allowed import LONG_TERM
from bot.house import House
from bot.workers.ways import ways_of
from data.civic.ids import ConversationId, GridId
from data.civic.safety.rosters import Person
from data.civic.sending.informing import Informing, Words
from data.civic.sending.rows import Attempt, Row
from data.civic.sending.subscriptions import Answered, TemplateKind
from tests import builders
from tests.carrying import walked
from tests.journeys.county import County
from tests.townsfolk import GRID, person, rows_of

WORDS = Words(
    text="【台风红色预警】萧山区气象台2026年7月1日15:01发布。请立即转移。咨询12345。",
    sms="【台风红色预警】请立即转移。萧山区气象台7月1日15:01。咨询12345。",
    voice="萧山区气象台发布台风红色预警，请立即转移。知道了请按一，需要帮助请按二。",
    fields={
        "title": "台风红色预警",
        "area": "临浦镇",
        "time": "2026年7月1日 15:01",
        "advice": "请立即转移",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """A county with its ways."""

    county: County
    ways: Messengers

    @property
    def house(self) -> House:
        return self.county.house

    async def work(self) -> None:
        """Carry on what is due now."""
        await walked(self.house, self.ways)

    async def subscriber(self, handle: int) -> Person:
        """Somebody who has allowed messages in the WeChat mini-program."""
        told = await self.county.control.post(
            "/_sim/templates", account="wechat-mini", user=f"u{handle}", template=LONG_TERM
        )
        assert told["attempts"][-1]["status"] == 200, told
        return by_chat(handle, f"wechat_mini/wechat-mini/{told['citizen']}")

    async def alipay_subscriber(self, handle: int) -> Person:
        """Somebody who has allowed messages in the Alipay mini-program."""
        told = await self.county.control.post(
            "/_sim/templates",
            platform="alipay",
            account="alipay-mini",
            user=f"u{handle}",
            template=LONG_TERM,
        )
        one = by_chat(handle, f"alipay_mini/alipay-mini/{told['citizen']}")
        answer = Answered(template=LONG_TERM, yes=True, key="page.1", at=builders.now())
        conversation = ConversationId(str(one.conversation))
        ledger = self.house.stores.subscriptions
        await ledger.answer(conversation, TemplateKind.LONG_TERM, answer)
        return one

    async def writer(self, handle: int) -> Person:
        """Somebody who has just written to the service account."""
        phone = await self.county.wechat(f"u{handle}")
        await phone.say("你好")
        return by_chat(handle, phone.key.id)

    async def shown(self, one: Person) -> list[str]:
        """Tell what came to somebody by all ways, in the order of the ways."""
        control, user = self.county.control, f"u{one.id}"
        found: list[str] = []
        for platform in ("wechat", "alipay"):
            told = await control.get(f"/_sim/templates/{platform}/{platform}-mini/{user}")
            found += ["template" for _ in told["lines"]]
        chat = await control.get(f"/_sim/inbox/wechat-service/{user}")
        found += ["chat" for line in chat["lines"] if line["text"] == WORDS.text]
        told = await control.get(f"/_sim/telephones/{one.phone}")
        return found + [ring["kind"] for ring in told["rings"]]

    async def row(self, informing: Informing, one: Person) -> Row:
        """Fetch the row of somebody."""
        return (await rows_of(self.house.stores, informing))[int(one.id)]

    async def record(self, informing: Informing, one: Person) -> list[Attempt]:
        """Fetch what was ever sent to somebody, and how it ended."""
        stores = self.house.stores
        place = await stores.rows.place_of(informing.id, one.id)
        assert place is not None
        return await stores.sends.attempts(informing.id, place.slice, one.id)


@asynccontextmanager
async def reaching(county: County) -> AsyncIterator[Reaching]:
    """Make the ways of a county, as `bianmin work` does."""
    house = county.house
    async with open_session() as calls:
        tokens = house.stores.platform_tokens
        platforms = Platforms.of(county.accounts, session=calls, tokens=tokens, clock=house.clock)
        ways = ways_of(house.office, county.accounts, platforms, calls)
        yield Reaching(county=county, ways=ways)


def by_chat(handle: int, conversation: str) -> Person:
    """Somebody with a conversation and a mobile telephone of their own."""
    one = person(handle, phone=mobile(handle))
    return replace(one, conversation=ConversationId(conversation))


def mobile(handle: int) -> str:
    return f"138{handle:08}"


def landline(handle: int) -> str:
    return f"0571{handle:08}"


def by_phone(handle: int, phone: str | None, grid: GridId = GRID) -> Person:
    return person(handle, phone=phone, grid=grid)
