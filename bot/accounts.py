"""The accounts of the platforms, as one TOML file tells them (`BIANMIN_ACCOUNTS`).

    [[wechat]]  name kind="service"|"miniprogram" app_id original_id secret token
                aes_keys=[current, previous] mode="safe"|"plain" api_base
    [[alipay]]  name app_id identity="open_id"|"user_id" app_private_key
                alipay_public_key | app_cert + alipay_cert + root_cert
                gateway_url aes_key life_account=true|false
    [[feed]]    name kind="national"|"cap" secret issuers=[…] area (more in `feed_account`)
    [[sms]] [[voice]] [[workapp]]  name api_base key secret (more in `gateway_account`)

An account of WeChat or Alipay may have an `alert_template` (`template_account`): by it warnings
go to those who have subscribed.

Whatever is secret or long may stand in a file of its own: `secret_file = "…"` in place of
`secret`, relative to the accounts file; `aes_keys_file` holds one key a line.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from bot import pem
from bot.account_fields import (
    Certificate,
    ContentKey,
    Name,
    PlatformId,
    PrivateKey,
    PublicKey,
    PushKey,
    PushToken,
    RootCertificates,
    Secret,
    WebAddress,
    on_this_machine,
)
from bot.account_file import in_words, names_twice, place_of, read_tables
from bot.feed_account import FeedAccount
from bot.gateway_account import GatewayAccount
from bot.template_account import AlertTemplate
from data.civic.errors import BadInput, Mistake, Mistakes, NotFound
from data.civic.sending.templates import check_key

PushKeys = Annotated[tuple[PushKey, ...], Field(max_length=2)]
"""The current key, then the previous one while WeChat changes over."""


class _Account(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Name
    app_id: PlatformId


class _WeChat(_Account):
    secret: Secret
    api_base: WebAddress = "https://api.weixin.qq.com"
    alert_template: AlertTemplate | None = None

    @field_validator("alert_template")
    @classmethod
    def _fields_of_wechat(cls, template: AlertTemplate | None) -> AlertTemplate | None:
        try:
            for key in template.fields if template else ():
                check_key(key)
        except BadInput as error:
            raise ValueError(str(error)) from None
        return template

    @property
    def for_drills(self) -> bool:
        """Say whether the platform stands on this machine: what is sent there reaches nobody."""
        return on_this_machine(self.api_base)


class WeChatService(_WeChat):
    """A service account: WeChat pushes to `/wechat/{name}`."""

    kind: Literal["service"]
    original_id: PlatformId
    token: PushToken
    mode: Literal["safe", "plain", "compatible"] = "safe"
    aes_keys: PushKeys = Field(default=(), validate_default=True)

    @field_validator("mode")
    @classmethod
    def _known_mode(cls, mode: str) -> str:
        if mode == "compatible":
            raise ValueError('is not supported yet: choose "safe", here and at WeChat')
        return mode

    @field_validator("aes_keys")
    @classmethod
    def _keys_for_mode(cls, keys: PushKeys, told: ValidationInfo) -> PushKeys:
        if told.data.get("mode") == "safe" and not keys:
            raise ValueError("is missing: safe mode needs the EncodingAESKey")
        return keys


class WeChatMiniProgram(_WeChat):
    """A mini-program: its page calls the JSON API; WeChat pushes events to `/wechat/{name}`."""

    kind: Literal["miniprogram"]
    original_id: PlatformId | None = None
    token: PushToken | None = None
    mode: Literal["safe", "plain", "compatible"] = "safe"
    aes_keys: PushKeys = ()


class PushedMiniProgram(WeChatMiniProgram):
    """A mini-program that has all that WeChat needs to push to it."""

    original_id: PlatformId
    token: PushToken


class AlipayApp(_Account):
    """An Alipay mini-program, by keys (`alipay_public_key`) or by certificates."""

    identity: Literal["open_id", "user_id"] = "open_id"
    """By which id this app knows its citizens: new apps by open_id, older ones by user_id."""
    gateway_url: WebAddress = "https://openapi.alipay.com/gateway.do"
    aes_key: ContentKey | None = None
    life_account: bool = False
    alert_template: AlertTemplate | None = None
    app_private_key: PrivateKey
    app_cert: Certificate | None = None
    alipay_cert: Certificate | None = None
    alipay_public_key: PublicKey | None = Field(default=None, validate_default=True)
    root_cert: RootCertificates | None = Field(default=None, validate_default=True)

    @property
    def for_drills(self) -> bool:
        """Say whether the gateway stands on this machine: what is sent there reaches nobody."""
        return on_this_machine(self.gateway_url)

    @field_validator("app_cert")
    @classmethod
    def _cert_of_own_key(cls, cert: str | None, told: ValidationInfo) -> str | None:
        own = told.data.get("app_private_key")
        if cert and own:
            certified = pem.public_key_of(pem.certificate(cert))
            if certified != pem.private_key(own.get_secret_value()).public_key():
                raise ValueError("does not belong to app_private_key")
        return cert

    @field_validator("alipay_public_key")
    @classmethod
    def _not_the_own_key(cls, key: str | None, told: ValidationInfo) -> str | None:
        own = told.data.get("app_private_key")
        if (
            key
            and own
            and pem.public_key(key) == (pem.private_key(own.get_secret_value()).public_key())
        ):
            raise ValueError("is the app's own public key: paste the one that Alipay shows")
        return key

    @field_validator("root_cert")
    @classmethod
    def _one_way_to_sign(cls, root: str | None, told: ValidationInfo) -> str | None:
        certs = [told.data.get("app_cert", ""), told.data.get("alipay_cert", ""), root]
        key = told.data.get("alipay_public_key", "")
        if key and any(certs):
            raise ValueError("stands beside alipay_public_key: give the key or the certificates")
        if key is None and None in certs:
            raise ValueError(
                "give alipay_public_key, or all of app_cert, alipay_cert and root_cert"
            )
        return root


Pushed = WeChatService | PushedMiniProgram

GatewaySort = Literal["sms", "voice", "workapp"]
Gateways = Annotated[tuple[GatewayAccount, ...], Field(max_length=1)]
"""At most one of a sort."""

WeChatAccount = Annotated[WeChatService | WeChatMiniProgram, Field(discriminator="kind")]


class Accounts(BaseModel):
    """All accounts; names are unique among them."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    wechat: tuple[WeChatAccount, ...] = ()
    alipay: tuple[AlipayApp, ...] = ()
    feed: tuple[FeedAccount, ...] = ()
    sms: Gateways = ()
    voice: Gateways = ()
    workapp: Gateways = ()

    def gateway(self, name: str) -> tuple[GatewaySort, GatewayAccount]:
        """Find the gateway that signs its receipts as `name`, and of which sort it is.

        Raises:
            NotFound: there is none.
        """
        sorts: tuple[tuple[GatewaySort, Gateways], ...] = (
            ("sms", self.sms),
            ("voice", self.voice),
            ("workapp", self.workapp),
        )
        for sort, listed in sorts:
            for one in listed:
                if one.name == name:
                    return sort, one
        raise NotFound("no such gateway: see [[sms]], [[voice]], [[workapp]] in the accounts file")

    def pushed(self, name: str) -> Pushed:
        """Find the account of WeChat that pushes as `name`.

        Raises:
            NotFound: there is none, or it is no account that can be pushed to.
        """
        for one in self.wechat:
            if one.name == name and isinstance(one, WeChatService):
                return one
            if one.name == name and one.original_id and one.token and one.aes_keys:
                return PushedMiniProgram.model_construct(**dict(one))
        raise NotFound("no account of WeChat is pushed to by this name")

    def service(self, name: str) -> WeChatService:
        """Find the service account that is pushed to as `name`.

        Raises:
            NotFound: there is none.
        """
        for one in self.wechat:
            if one.name == name and isinstance(one, WeChatService):
                return one
        raise NotFound("no such service account")


def read_accounts(path: Path) -> Accounts:
    """Read the accounts file and the files it names.

    Raises:
        Mistakes: everything that is wrong, each with its account and key.
    """
    tables, wrong = read_tables(path)
    wrong.update(names_twice(tables))
    accounts = Accounts()
    try:
        accounts = Accounts.model_validate(tables)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False):
            what = _WORDS.get(one["type"], one["msg"].removeprefix("Value error, "))
            wrong.setdefault(place_of(one["loc"]), what)
    if wrong:
        raise Mistakes(
            tuple(
                Mistake(where=str(path), what=f"{in_words(place, tables)}: {what}")
                for place, what in sorted(wrong.items(), key=lambda one: str(one[0]))
            )
        )
    return accounts


_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here: remove it or correct its name",
    "too_long": "has too many entries: one gateway of a sort, two aes_keys",
    "tuple_type": "must be a list; a table is written with double brackets, [[wechat]]",
    "union_tag_not_found": 'kind is missing: "service" or "miniprogram"',
    "union_tag_invalid": 'kind must be "service" or "miniprogram"',
}
