"""The simulated platforms of a drill: a mini-program and two gateways, real HTTP on loopback.

Nothing else is ever called: an account that is not on this machine is refused before the start.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, DummyCookieJar, web

from bot.accounts import Accounts
from bot.demo.accounts_file import GATEWAY_KEY
from bot.demo.calls import Calls
from bot.demo.chance import Chance
from bot.demo.clock import ShiftedClock
from bot.demo.config import Limits
from bot.demo.faults import Faults
from bot.demo.gateway import LARGEST_BODY, GatewayDoor, GatewayKeys, Item, number_of
from bot.demo.gateway_receipts import Receipt
from bot.demo.keys import WeChatAccount
from bot.demo.loopback import HOST, listening
from bot.demo.telephones import Telephones
from bot.demo.templates_allowed import LONG_TERM, WECHAT_FIELDS
from bot.demo.wechat_app import WeChatApp
from bot.demo.wechat_platform import WeChatPlatform
from bot.demo.wechat_push import Pusher
from bot.demo.world import World
from bot.drill.crowd import SMS, VOICE
from data.civic.errors import Refused
from data.civic.ids import ConversationId, PersonId
from data.civic.ports import Clock, Ids

MINI = "drill-mini"
PATHS = {SMS: "/sms/messages", VOICE: "/voice/calls"}
ACCOUNTS = {SMS: "drill-sms", VOICE: "drill-voice"}
PER_SECOND = 10_000
"""No limit of a platform is played: what is measured is how we and the people fare."""

Take = Callable[[str, str, str], None]
"""Told the way, the number and the reference of each thing; raises for a number of nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """The platforms as they run."""

    accounts: Accounts
    secret: str = field(repr=False)
    mini: WeChatApp

    def admit(self, person: PersonId) -> ConversationId:
        """Make somebody known who allows messages by the template; tell the conversation."""
        known = self.mini.person(f"{person}")
        self.mini.templates.answer(known.openid, LONG_TERM, yes=True)
        return ConversationId(f"wechat_mini/{MINI}/{known.openid}")

    def shown(self, conversation: ConversationId) -> Sequence[str]:
        """Tell what messages by template came to somebody, oldest first."""
        lines = self.mini.templates.shown.get(conversation.rpartition("/")[2], [])
        return [one.text for one in lines]


class _NoReceipts:
    """The gateways tell nothing by themselves: what happens is put on the agenda."""

    def tell_later(self, account: str, receipts: Sequence[Receipt], *, after_s: float) -> None:
        """Tell nothing."""


@asynccontextmanager
async def simulated(clock: Clock, ids: Ids, take: Take) -> AsyncIterator[Simulated]:
    """Run the platforms as long as the block lasts."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession(cookie_jar=DummyCookieJar()))
        secret = ids.token()
        world = _world(clock, ids, session)
        keys = GatewayKeys(key=GATEWAY_KEY, secret=secret)
        gateways = web.Application(client_max_size=LARGEST_BODY)
        gateways.add_routes([_door(world, keys, way, take).route() for way in PATHS])
        wechat_base = await listening(stack, WeChatPlatform(world, ids=ids).application())
        base = await listening(stack, gateways)
        accounts = _accounts(world.wechat[0].account, wechat_base, base, secret)
        only_here(accounts)
        yield Simulated(accounts=accounts, secret=secret, mini=world.wechat[0])


def only_here(accounts: Accounts) -> None:
    """Insist that no account leads off this machine.

    Raises:
        Refused: one does; a drill sends nothing there.
    """
    every = (*accounts.wechat, *accounts.alipay, *accounts.sms, *accounts.voice, *accounts.workapp)
    if real := [one.name for one in every if not one.for_drills]:
        names = ", ".join(real)
        raise Refused(f"a drill is never sent to real platforms, and {names} is one: nothing sent")


def _world(clock: Clock, ids: Ids, session: ClientSession) -> World:
    shifted, chance, limits = ShiftedClock(clock), Chance("drill"), Limits()
    account = WeChatAccount(
        name=MINI,
        kind="miniprogram",
        app_id="wxd0000000000000d1",
        original_id="gh_d00000000001",
        mode="safe",
        secret=ids.token(),
        token="",
        aes_keys=(),
    )
    nowhere = f"http://{HOST}:9"
    return World(
        wechat=(WeChatApp(account, clock=shifted, ids=ids, limits=limits),),
        alipay=(),
        pusher=Pusher(session, backend_url=nowhere, clock=shifted, chance=chance, limits=limits),
        faults=Faults(chance),
        calls=Calls(),
        clock=shifted,
        limits=limits,
        telephones=Telephones("drill", shifted),
    )


def _door(world: World, keys: GatewayKeys, way: str, take: Take) -> GatewayDoor:
    def taken(item: Item) -> tuple[Receipt, ...]:
        take(way, number_of(item), str(item["reference"]))
        return ()

    return GatewayDoor(
        world, keys, _NoReceipts(), path=PATHS[way], account=ACCOUNTS[way], take=taken
    )


def _accounts(mini: WeChatAccount, wechat_base: str, base: str, secret: str) -> Accounts:
    gateway = {
        "api_base": base,
        "key": GATEWAY_KEY,
        "secret": secret,
        "per_second": PER_SECOND,
    }
    template = {
        "id": LONG_TERM,
        "kind": "long_term",
        "page": "pages/alert/detail",
        "fields": dict(zip(WECHAT_FIELDS, ("title", "area", "time", "advice"), strict=True)),
        "per_second": PER_SECOND,
    }
    return Accounts.model_validate(
        {
            "wechat": [
                {
                    "name": mini.name,
                    "kind": mini.kind,
                    "app_id": mini.app_id,
                    "secret": mini.secret,
                    "api_base": wechat_base,
                    "alert_template": template,
                }
            ],
            "sms": [{"name": ACCOUNTS[SMS], **gateway}],
            "voice": [{"name": ACCOUNTS[VOICE], **gateway}],
        }
    )
