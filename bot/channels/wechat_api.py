"""Call WeChat's API for one app: logins, customer-service messages, subscription messages.

Source: WeChat, server API, read 2026-11-21.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

import aiohttp
import orjson

from bot.accounts import WeChatAccount
from bot.channels.breaker import Breaker, QuotaSpent
from bot.channels.calling import Busy, NothingSent, call
from bot.channels.wechat_token import AccessToken, TokenCache
from bot.channels.wechat_xml import clean
from data.civic.errors import (
    BadInput,
    BianminError,
    PlatformRefused,
    PlatformUnavailable,
    TooMany,
    Unavailable,
)
from data.civic.ports import Clock
from data.civic.sending.deliveries import Failure
from data.civic.sending.retries import WECHAT, Reaction, reaction, rests_until
from data.store.platform_tokens import PlatformToken

CUSTOM_SEND = "/cgi-bin/message/custom/send"
SUBSCRIBE_SEND = "/cgi-bin/message/subscribe/send"

_CODE = re.compile(r"[\x21-\x7e]{1,128}")
_OPENID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_REQUEST_ID = re.compile(r"rid: ?([0-9a-zA-Z-]{1,64})")
_FIELD = re.compile(r"data\.([a-z_]{1,31}\d{1,2})\.value")
"""How WeChat names the field of a template that it refuses (47003)."""


class _TokenRefused(NothingSent):
    """WeChat does not take our access token: worth one more try with another."""


class WeChatApi:
    """WeChat's API as one account may call it."""

    def __init__(
        self,
        account: WeChatAccount,
        *,
        session: aiohttp.ClientSession,
        tokens: TokenCache,
        clock: Clock,
    ) -> None:
        self._account = account
        self._session = session
        self._clock = clock
        self._token = AccessToken(account.app_id, self._fetch_token, cache=tokens, clock=clock)
        self._breaker = Breaker(clock)

    async def code2session(self, code: str) -> str:
        """Exchange a login code for the citizen's openid; the session key is let go.

        Raises:
            BadInput: it cannot be a code.
            PlatformRefused: the code is wrong (40029), used (40163), or login is barred (40226).
            PlatformUnavailable: WeChat does not answer, or has too much to do.
        """
        if not _CODE.fullmatch(code):
            raise BadInput("the login code is empty or malformed: log in again")
        params = {
            "appid": self._account.app_id,
            "secret": self._account.secret.get_secret_value(),
            "js_code": code,
            "grant_type": "authorization_code",
        }
        answer = await self._call("GET", "/sns/jscode2session", params)
        openid = answer.get("openid")
        if not isinstance(openid, str) or not _OPENID.fullmatch(openid):
            raise PlatformUnavailable("WeChat's login answer has no openid")
        return openid

    async def send_text(self, openid: str, text: str) -> None:
        """Send a text as customer-service message; at most 2,048 bytes of UTF-8.

        Raises:
            PlatformRefused: it will never be taken, e.g. the window is closed (45015, 45047).
            PlatformUnavailable: WeChat does not answer, or has too much to do.
        """
        message = {"touser": openid, "msgtype": "text", "text": {"content": clean(text)}}
        await self._post(CUSTOM_SEND, message)

    async def send_subscription(
        self, citizen: str, *, template: str, page: str, fields: Mapping[str, str]
    ) -> None:
        """Send a message by a template that the citizen has subscribed to; fields are fitted.

        Raises:
            PlatformRefused: it will never be taken: no subscription (43101), a field (47003).
            PlatformUnavailable: WeChat does not answer, or has too much to do.
        """
        message = {
            "touser": citizen,
            "template_id": template,
            "page": page,
            "miniprogram_state": "formal",
            "lang": "zh_CN",
            "data": {key: {"value": value} for key, value in fields.items()},
        }
        await self._post(SUBSCRIBE_SEND, message)

    async def typing(self, openid: str) -> None:
        """Show the citizen that somebody writes; whether it works does not matter."""
        with suppress(PlatformRefused, PlatformUnavailable):
            message = {"touser": openid, "command": "Typing"}
            await self._post("/cgi-bin/message/custom/typing", message)

    async def _post(self, path: str, message: Mapping[str, object]) -> None:
        """Call with the access token; with another one, once, when it is refused."""
        self._breaker.must_be_closed(path)
        token = await self._usable_token(refused=None)
        try:
            await self._post_with(token, path, message)
        except _TokenRefused:
            other = await self._usable_token(refused=token)
            await self._post_with(other, path, message)

    async def _usable_token(self, *, refused: str | None) -> str:
        try:
            return await (self._token.instead_of(refused) if refused else self._token.get())
        except PlatformUnavailable as error:
            raise NothingSent(str(error)) from error

    async def _post_with(self, token: str, path: str, message: Mapping[str, object]) -> None:
        try:
            await self._call("POST", path, {"access_token": token}, message)
        except PlatformRefused as error:
            self._breaker.answered(path)
            if reaction(WECHAT, error.code) is Reaction.NEW_TOKEN:
                raise _TokenRefused(str(error)) from error
            raise
        except QuotaSpent as error:
            self._breaker.rest(path, rests_until(error.what, self._clock.now()))
            raise
        except Busy:
            self._breaker.answered(path)
            raise
        except PlatformUnavailable:
            self._breaker.silent(path)
            raise
        self._breaker.answered(path)

    async def _fetch_token(self) -> PlatformToken:
        asked_at = self._clock.now()
        request = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.secret.get_secret_value(),
            "force_refresh": False,
        }
        answer = await self._call("POST", "/cgi-bin/stable_token", {}, request)
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not isinstance(seconds, int):
            raise PlatformUnavailable("WeChat's answer has no access token")
        return PlatformToken(
            app_id=self._account.app_id,
            token=value,
            expires_at=asked_at + timedelta(seconds=seconds),
        )

    async def _call(
        self, method: str, path: str, params: dict[str, str], message: object = None
    ) -> dict[str, object]:
        # orjson leaves Han characters as they are: WeChat shows \uXXXX as it stands.
        body = None if message is None else orjson.dumps(message)
        url = self._account.api_base + path
        return _read(await call(self._session, method, url, params=params, body=body), path)


def failure_of(error: BianminError) -> Failure:
    """Judge whether another try may help."""
    passing = isinstance(error, Unavailable | TooMany)
    return Failure.PASSING if passing else Failure.LASTING


def _read(raw: bytes, path: str) -> dict[str, object]:
    """Read an answer; HTTP is 200 for errors as well, and no `errcode` means success."""
    try:
        answer = orjson.loads(raw)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise PlatformUnavailable(f"WeChat {path} answered something that is no JSON object")
    code = answer.get("errcode", 0)
    if code == 0:
        return answer
    # errmsg may quote what we sent; of it only the request id and a field's name are passed on.
    told = str(answer.get("errmsg", ""))
    rid, field = _REQUEST_ID.search(told), _FIELD.search(told)
    what = f"WeChat {path} answered errcode {code}, rid {rid[1] if rid else 'unknown'}"
    react = reaction(WECHAT, str(code))
    if react.rests:
        raise QuotaSpent(what, what=react)
    if react is Reaction.AGAIN:
        raise Busy(what)
    raise PlatformRefused(f"{what}, field {field[1]}" if field else what, code=str(code))
