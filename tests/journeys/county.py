"""A whole county on this machine: platforms, houses that serve, workers, and phones to use them."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession, web

from bot.accounts import Accounts, read_accounts
from bot.app import application
from bot.channels.calling import open_session
from bot.channels.platforms import Platforms
from bot.channels.sending import Senders
from bot.demo.config import Config
from bot.demo.platforms import running
from bot.house import House
from bot.workers.delivery import send_next
from bot.workers.recovery import resume_abandoned
from bot.workers.runner import run_for_ever
from data.civic.ids import ConversationId
from data.civic.labels import Channel
from data.civic.sending.deliveries import Delivery, DeliveryState
from data.civic.talk.conversations import ConversationKey
from handlers.office import Office
from tests import builders
from tests.bot.demo.simulated import served
from tests.compiled import compiled
from tests.journeys.phones import Control, MiniProgramPhone, WeChatPhone
from tests.waiting import until

IDLE_S = 0.05
UNDER_WAY = {DeliveryState.QUEUED, DeliveryState.SENDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """What a journey is given."""

    house: House
    url: str
    control: Control
    accounts: Accounts
    http: ClientSession = field(repr=False)

    @property
    def office(self) -> Office:
        return self.house.office()

    async def wechat(self, user: str = "wang") -> WeChatPhone:
        """Give somebody a phone with the service account open in WeChat."""
        known = await self.control.post("/_sim/users", account="wechat-service", user=user)
        key = ConversationKey(
            channel=Channel.WECHAT, account="wechat-service", user=str(known["openid"])
        )
        return WeChatPhone(user=user, key=key, control=self.control, settled=self.settled)

    async def mini(self, platform: str = "wechat", user: str = "wang") -> MiniProgramPhone:
        """Give somebody a phone with the mini-program open, signed in."""
        phone = MiniProgramPhone(
            platform=platform, user=user, url=f"{self.url}/api/v1", http=self.http
        )
        await phone.sign_in(self.control)
        return phone

    async def settled(self, conversation: ConversationId) -> list[Delivery]:
        """Wait until nothing is under way to a citizen; tell what was sent, oldest first."""

        async def at_rest() -> tuple[list[Delivery]] | None:
            sent = await self.house.stores.outbox.of(conversation, 100)
            return None if any(one.state in UNDER_WAY for one in sent) else (sent[::-1],)

        (sent,) = await until(at_rest)
        return sent


@asynccontextmanager
async def opened(*houses: House, home: Path) -> AsyncIterator[County]:
    """Open a county of one or more houses on one database; `home` keeps the platforms' keys."""
    first = houses[0]
    async with AsyncExitStack() as stack:
        config = Config(home=home, backend_url="http://127.0.0.1:9")
        platforms = running(config, clock=first.clock, ids=builders.ids())
        found = await stack.enter_async_context(platforms)
        accounts = read_accounts(Path(found.accounts_file))
        calls = await stack.enter_async_context(open_session())
        urls = [
            await _serve(stack, house, accounts, _platforms(house, accounts, calls))
            for house in houses
        ]
        http = await stack.enter_async_context(ClientSession())
        url = urls[0] if len(urls) == 1 else await _balance(stack, urls, http)
        control = Control(url=found.control_url, token=found.control_token, http=http)
        await control.post("/_sim/backend", url=url)
        await control.post("/_sim/reset")
        stack.push_async_callback(_stop, _work(first, _platforms(first, accounts, calls)))
        yield County(house=first, url=url, control=control, accounts=accounts, http=http)


def _platforms(house: House, accounts: Accounts, session: ClientSession) -> Platforms:
    tokens = house.stores.platform_tokens
    return Platforms.of(accounts, session=session, tokens=tokens, clock=house.clock)


async def _serve(
    stack: AsyncExitStack, house: House, accounts: Accounts, platforms: Platforms
) -> str:
    runner, url = await served(compiled(application(house, accounts, platforms)))
    stack.push_async_callback(house.frontdesk.drain)
    stack.push_async_callback(runner.cleanup)
    return url


async def _balance(stack: AsyncExitStack, urls: Sequence[str], http: ClientSession) -> str:
    """Stand before several houses and give each the next request, as a load balancer does."""
    turns = itertools.cycle(urls)

    async def pass_on(request: web.Request) -> web.Response:
        async with http.request(
            request.method,
            next(turns) + request.path_qs,
            data=await request.read(),
            headers={
                key: value
                for key, value in request.headers.items()
                if key in ("Content-Type", "Authorization")
            },
        ) as answer:
            return web.Response(
                status=answer.status,
                body=await answer.read(),
                headers={"Content-Type": answer.headers["Content-Type"]},
            )

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", pass_on)
    runner, url = await served(app)
    stack.push_async_callback(runner.cleanup)
    return url


def _work(house: House, platforms: Platforms) -> list[asyncio.Task[None]]:
    """Work beside the doors, as `bianmin work` does."""
    dice, senders = house.office().dice, Senders(platforms=platforms)

    async def deliver() -> bool:
        return await send_next(house.office(), senders)

    async def resume() -> bool:
        return await resume_abandoned(house.office(), house.reception)

    return [
        asyncio.create_task(run_for_ever("delivery", deliver, idle_s=IDLE_S, dice=dice)),
        asyncio.create_task(run_for_ever("recovery", resume, idle_s=IDLE_S, dice=dice)),
    ]


async def _stop(workers: list[asyncio.Task[None]]) -> None:
    for one in workers:
        one.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
