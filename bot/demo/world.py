"""Everything that the simulated platforms know, in one bundle for those who steer them."""

from dataclasses import dataclass

from bot.demo.alipay_app import AlipayApp
from bot.demo.calls import Calls
from bot.demo.clock import ShiftedClock
from bot.demo.config import Limits
from bot.demo.faults import Faults
from bot.demo.telephones import Telephones
from bot.demo.wechat_app import WeChatApp
from bot.demo.wechat_push import Pusher
from data.civic.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The apps of both platforms, what goes wrong with them, and what was asked of them."""

    wechat: tuple[WeChatApp, ...]
    alipay: tuple[AlipayApp, ...]
    pusher: Pusher
    faults: Faults
    calls: Calls
    clock: ShiftedClock
    limits: Limits
    telephones: Telephones

    def wechat_app(self, name: str) -> WeChatApp:
        """Find an app of WeChat by the name of its account.

        Raises:
            NotFound: there is none.
        """
        for app in self.wechat:
            if app.account.name == name:
                return app
        raise NotFound(f"WeChat has no account {name!r}: see accounts.toml for the names")

    def alipay_app(self, name: str) -> AlipayApp:
        """Find an app of Alipay by the name of its account.

        Raises:
            NotFound: there is none.
        """
        for app in self.alipay:
            if app.account.name == name:
                return app
        raise NotFound(f"Alipay has no account {name!r}: see accounts.toml for the names")

    def forget(self) -> None:
        """Start anew: nobody is known, nothing was said, no fault stands."""
        for wechat in self.wechat:
            wechat.forget()
        for alipay in self.alipay:
            alipay.forget()
        self.telephones.forget()
        self.faults.clear()
        self.calls.forget()
