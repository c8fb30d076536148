"""The platforms' APIs, one an account, built once when a process starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import aiohttp

from bot.accounts import Accounts
from bot.channels.alipay_api import AlipayApi
from bot.channels.wechat_api import WeChatApi
from bot.channels.wechat_token import TokenCache
from data.civic.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Platforms:
    """The APIs by the names of their accounts."""

    wechat: Mapping[str, WeChatApi]
    alipay: Mapping[str, AlipayApi]

    @classmethod
    def of(
        cls,
        accounts: Accounts,
        *,
        session: aiohttp.ClientSession,
        tokens: TokenCache,
        clock: Clock,
    ) -> Self:
        """Make the APIs of all accounts; they share `session`, which its owner closes."""
        return cls(
            wechat={
                one.name: WeChatApi(one, session=session, tokens=tokens, clock=clock)
                for one in accounts.wechat
            },
            alipay={
                one.name: AlipayApi(one, session=session, clock=clock) for one in accounts.alipay
            },
        )
