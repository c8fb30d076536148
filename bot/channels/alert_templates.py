"""How each platform is sent a warning by template: one face for WeChat and Alipay."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.accounts import Accounts
from bot.channels.platforms import Platforms
from bot.template_account import AlertTemplate
from data.civic.labels import Channel
from data.civic.sending.retries import ALIPAY, WECHAT, Reaction
from data.civic.sending.templates import alipay_fields, wechat_fields


class SendTemplate(Protocol):
    """Sends one message by a template."""

    async def __call__(
        self, citizen: str, *, template: str, page: str, fields: Mapping[str, str]
    ) -> None:
        """Send it.

        Raises:
            PlatformRefused: it will never be taken.
            PlatformUnavailable: it is not known whether it was; `NothingSent`: it was not.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWay:
    """One account's way to send warnings by template."""

    template: AlertTemplate
    send: SendTemplate
    fit: Callable[[Mapping[str, str]], dict[str, str]]
    """Fits values to the rules of the platform's fields; raises BadInput, naming the field."""
    codes: Mapping[str, Reaction]
    for_drills: bool


TemplateWays = Mapping[str, TemplateWay]
"""`channel/account` → its way."""


def template_ways(accounts: Accounts, platforms: Platforms) -> TemplateWays:
    """Gather the ways of all accounts that have a template for warnings."""
    wechat = {
        f"{_channel_of(one.kind)}/{one.name}": TemplateWay(
            template=one.alert_template,
            send=platforms.wechat[one.name].send_subscription,
            fit=wechat_fields,
            codes=WECHAT,
            for_drills=one.for_drills,
        )
        for one in accounts.wechat
        if one.alert_template
    }
    alipay = {
        f"{Channel.ALIPAY_MINI}/{one.name}": TemplateWay(
            template=one.alert_template,
            send=platforms.alipay[one.name].send_template,
            fit=alipay_fields,
            codes=ALIPAY,
            for_drills=one.for_drills,
        )
        for one in accounts.alipay
        if one.alert_template
    }
    return wechat | alipay


def _channel_of(kind: str) -> Channel:
    return Channel.WECHAT_MINI if kind == "miniprogram" else Channel.WECHAT
