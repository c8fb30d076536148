"""The ways by which this house informs people: a messenger for each that the accounts have."""

from collections.abc import Callable

import aiohttp

from bot.accounts import Accounts
from bot.channels.alert_templates import template_ways
from bot.channels.chatting import ChatMessenger
from bot.channels.gateway import Gateway
from bot.channels.messengers import Messenger, Messengers
from bot.channels.platforms import Platforms
from bot.channels.sms import SmsMessenger
from bot.channels.subscribing import SubscriptionMessenger
from bot.channels.voice import Dialer, Menu, VoiceMessenger
from bot.channels.workapp import WorkApp
from bot.gateway_account import GatewayAccount
from bot.workers.doors import Doors
from bot.workers.loudspeakers import Loudspeakers
from data.civic.sending.receipts import AGAIN_KEY, HELP_KEY, RECEIVED_KEY
from data.civic.sending.ringing import KEY, PASS_KEY
from data.civic.sending.rows import Rung
from handlers.duty_words import duty_menu
from handlers.office import Office
from handlers.sending_words import call_menu, text_cut

Now = Callable[[], Office]
"""The office as it is now: words follow the release that is served."""


def ways_of(
    office: Now, accounts: Accounts, platforms: Platforms, session: aiohttp.ClientSession
) -> Messengers:
    """Make a messenger for each way that the accounts have; doors and loudspeakers always stand."""
    here = office()
    clock, dice, stores = here.clock, here.dice, here.stores
    ways: dict[Rung, Messenger] = {
        Rung.DOOR: Doors(grids=stores.grids, clock=clock),
        Rung.LOUDSPEAKER: Loudspeakers(office=office),
    }
    if templates := template_ways(accounts, platforms):
        ways[Rung.SUBSCRIPTION] = SubscriptionMessenger(
            ways=templates, ledger=stores.subscriptions, clock=clock, dice=dice
        )
    if platforms.wechat:
        ways[Rung.CHAT] = ChatMessenger(
            apis=platforms.wechat,
            real=frozenset(one.name for one in accounts.wechat if not one.for_drills),
            windows=stores.windows,
            more=lambda: text_cut(office().release),
            clock=clock,
            dice=dice,
        )
    for one in accounts.sms:
        ways[Rung.SMS] = SmsMessenger(gateway=_gateway(one, here, session))
    for one in accounts.voice:
        ways[Rung.VOICE] = VoiceMessenger(
            gateway=_gateway(one, here, session), menu=menu_of(office)
        )
    return ways


def dialer_of(office: Now, accounts: Accounts, session: aiohttp.ClientSession) -> Dialer | None:
    """Make what calls people on duty; None: there is no gateway for calls."""
    for one in accounts.voice:
        return Dialer(gateway=_gateway(one, office(), session), menu=duty_menu_of(office))
    return None


def work_app_of(office: Now, accounts: Accounts, session: aiohttp.ClientSession) -> WorkApp | None:
    """Make what sends notices to staff; None: there is no work app."""
    for one in accounts.workapp:
        return WorkApp(gateway=_gateway(one, office(), session))
    return None


def menu_of(office: Now) -> Callable[[], Menu]:
    """Give the words of a call as the release has them when it is asked."""

    def menu() -> Menu:
        prompt, received, needs_help = call_menu(office().release)
        keys = {RECEIVED_KEY: received, HELP_KEY: needs_help}
        return Menu(prompt=prompt, keys=keys, again=AGAIN_KEY)

    return menu


def duty_menu_of(office: Now) -> Callable[[], Menu]:
    """Give the words of a call to somebody on duty as the release has them when it is asked."""

    def menu() -> Menu:
        prompt, taken, passed = duty_menu(office().release)
        return Menu(prompt=prompt, keys={KEY: taken, PASS_KEY: passed}, again=AGAIN_KEY)

    return menu


def _gateway(account: GatewayAccount, office: Office, session: aiohttp.ClientSession) -> Gateway:
    return Gateway(account, session=session, clock=office.clock, dice=office.dice)
