"""Start the simulated platforms: three servers, their control API, and the accounts file."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from aiohttp import ClientSession, DummyCookieJar

from bot.demo.accounts_file import (
    FEED,
    GATEWAY_KEY,
    Addresses,
    feed_secret_file,
    gateway_secret_file,
    write_accounts_file,
)
from bot.demo.alipay_app import AlipayApp
from bot.demo.alipay_platform import AlipayPlatform
from bot.demo.calls import Calls
from bot.demo.chance import Chance
from bot.demo.clock import ShiftedClock
from bot.demo.config import Config
from bot.demo.control import Control
from bot.demo.faults import Faults
from bot.demo.gateway import GatewayKeys
from bot.demo.gateway_receipts import Receipts
from bot.demo.gateways import Gateways
from bot.demo.keys import Accounts, open_accounts, write_private
from bot.demo.loopback import listening, on_loopback
from bot.demo.observatory import Observatory
from bot.demo.telephones import Telephones
from bot.demo.wechat_app import WeChatApp
from bot.demo.wechat_platform import WeChatPlatform
from bot.demo.wechat_push import Pusher
from bot.demo.world import World
from data.civic.errors import Refused, Unavailable
from data.civic.ports import Clock, Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPlatforms:
    """Where the platforms listen; also kept in `home/demo/running.json` while they run."""

    wechat_base: str
    alipay_gateway: str
    gateway_base: str
    control_url: str
    control_token: str = field(repr=False)
    accounts_file: str


def running_file(home: Path) -> Path:
    """Tell where it stands where the platforms of this home listen."""
    return home / "demo" / "running.json"


def find_running(home: Path) -> RunningPlatforms:
    """Find the platforms that another process runs in this home.

    Raises:
        Unavailable: none are running there.
    """
    try:
        return RunningPlatforms(**json.loads(running_file(home).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable(f"no simulated platforms run in {home}: start the demo") from error


@asynccontextmanager
async def running(config: Config, *, clock: Clock, ids: Ids) -> AsyncIterator[RunningPlatforms]:
    """Run the platforms as long as the block lasts.

    Raises:
        Refused: this is production.
        BadInput: the backend is not on loopback.
        Mistakes: the accounts that were kept cannot be read.
    """
    if config.production:
        raise Refused("the simulated platforms do not start in production: BIANMIN_ENV is set so")
    accounts = await asyncio.to_thread(open_accounts, config.home, ids)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession(cookie_jar=DummyCookieJar()))
        world = _world(config, accounts, clock=clock, ids=ids, session=session)
        gateways = await _gateways(stack, config, world, ids=ids, session=session)
        found = await _listen(stack, config, world, gateways, accounts=accounts, ids=ids)
        stack.push_async_callback(_stopped, asyncio.create_task(_observatory(config, world, ids)))
        write_private(running_file(config.home), json.dumps(asdict(found)))
        stack.callback(running_file(config.home).unlink, missing_ok=True)
        yield found


async def run_until_stopped(config: Config, *, clock: Clock, ids: Ids) -> None:
    """Run the platforms as a process of their own, until SIGTERM or Ctrl-C."""
    stopped = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, stopped.set)
    async with running(config, clock=clock, ids=ids):
        await stopped.wait()


def _world(
    config: Config, accounts: Accounts, *, clock: Clock, ids: Ids, session: ClientSession
) -> World:
    shifted, chance, limits = ShiftedClock(clock), Chance(config.seed), config.limits
    backend_url = on_loopback(config.backend_url)
    return World(
        wechat=tuple(
            WeChatApp(one, clock=shifted, ids=ids, limits=limits) for one in accounts.wechat
        ),
        alipay=tuple(AlipayApp(one, ids=ids, limits=limits) for one in accounts.alipay),
        pusher=Pusher(
            session, backend_url=backend_url, clock=shifted, chance=chance, limits=limits
        ),
        faults=Faults(chance),
        calls=Calls(),
        clock=shifted,
        limits=limits,
        telephones=Telephones(config.seed, shifted),
    )


async def _observatory(config: Config, world: World, ids: Ids) -> None:
    """Let the demo's feed say that it lives, as long as the platforms run."""
    secret = await asyncio.to_thread(feed_secret_file(config.home, ids).read_text)
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        url = f"{on_loopback(config.backend_url)}/feeds/{FEED}"
        one = Observatory(session=session, url=url, secret=secret.strip(), clock=world.clock)
        await one.beat_on()


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _gateways(
    stack: AsyncExitStack, config: Config, world: World, *, ids: Ids, session: ClientSession
) -> Gateways:
    """Make the gateways; what they still have to tell at the end is given up."""
    file = await asyncio.to_thread(gateway_secret_file, config.home, ids)
    keys = GatewayKeys(key=GATEWAY_KEY, secret=file.read_text().strip())
    receipts = Receipts(session, world=world, secret=keys.secret)
    stack.push_async_callback(receipts.stop)
    return Gateways.of(world, keys, receipts)


async def _listen(
    stack: AsyncExitStack,
    config: Config,
    world: World,
    gateways: Gateways,
    *,
    accounts: Accounts,
    ids: Ids,
) -> RunningPlatforms:
    token = ids.token()
    wechat = WeChatPlatform(world, ids=ids).application()
    alipay = AlipayPlatform(world).application()
    control = Control(world, gateways, token=token).application()
    wechat_base = await listening(stack, wechat, port=config.port_wechat)
    gateway = await listening(stack, alipay, port=config.port_alipay) + "/gateway.do"
    base = await listening(stack, gateways.application(), port=config.port_gateways)
    file = write_accounts_file(
        accounts,
        config.home,
        Addresses(wechat_base=wechat_base, alipay_gateway=gateway, gateway_base=base),
        feed_secret=feed_secret_file(config.home, ids),
        gateway_secret=gateway_secret_file(config.home, ids),
    )
    return RunningPlatforms(
        wechat_base=wechat_base,
        alipay_gateway=gateway,
        gateway_base=base,
        control_url=await listening(stack, control, port=config.port_control),
        control_token=token,
        accounts_file=str(file.resolve()),
    )
