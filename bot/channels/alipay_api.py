"""Call Alipay's open gateway for one app: logins, template messages.

Source: Alipay, alipay.system.oauth.token, alipay.open.app.mini.templatemessage.send and public
error codes, read 2026-11-21.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import aiohttp

from bot.accounts import AlipayApp
from bot.channels.alipay_answer import members
from bot.channels.alipay_signing import AlipaySigner
from bot.channels.breaker import Breaker, QuotaSpent
from bot.channels.calling import Busy, call
from data.civic.errors import BadInput, PlatformRefused, PlatformUnavailable
from data.civic.ports import Clock
from data.civic.sending.retries import ALIPAY, Reaction, reaction, rests_until

OK = "10000"
TEMPLATE_SEND = "alipay.open.app.mini.templatemessage.send"

_FORM = frozenset({"biz_content", "grant_type", "code"})
"""What goes into the body; the common parameters go into the address, as Alipay's clients do."""

_CODE = re.compile(r"[\x21-\x7e]{1,128}")
_ID = re.compile(r"[0-9A-Za-z_-]{1,128}")
_USER_ID = re.compile(r"2088\d{12}")
"""How a user_id looks; an open_id never does."""
_SUB_CODE = re.compile(r"[0-9A-Za-z._-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlipayIdentity:
    """By which id a citizen is known to one app; the two kinds are never mixed."""

    kind: Literal["open_id", "user_id"]
    id: str


class AlipayApi:
    """Alipay's gateway as one app may call it."""

    def __init__(self, account: AlipayApp, *, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._account = account
        self._session = session
        self._clock = clock
        self._signer = AlipaySigner(account)
        self._breaker = Breaker(clock)

    async def login(self, auth_code: str) -> AlipayIdentity:
        """Exchange an auth code for the citizen's id, of the kind that the account names.

        Raises:
            BadInput: it cannot be a code.
            PlatformRefused: Alipay refuses it; `isv.code-invalid` when it is wrong or used.
            PlatformUnavailable: Alipay does not answer, or not with its signature.
        """
        if not _CODE.fullmatch(auth_code):
            raise BadInput("the auth code is empty or malformed: log in again")
        request = {"grant_type": "authorization_code", "code": auth_code}
        answer = await self._call("alipay.system.oauth.token", request)
        # This method tells no code when it succeeds: the access token decides.
        if not answer.get("access_token"):
            raise PlatformUnavailable("Alipay's login answer has no access_token")
        return self._identity(answer)

    async def send_template(
        self, citizen: str, *, template: str, page: str, fields: Mapping[str, str]
    ) -> None:
        """Send a message by a template that the citizen has subscribed to; fields are fitted.

        Raises:
            PlatformRefused: it will never be taken; `id-kind` when the citizen is known by an id
                of the other kind than the account's.
            PlatformUnavailable: Alipay does not answer, or not with its signature.
        """
        kind = self._account.identity
        if (kind == "user_id") != bool(_USER_ID.fullmatch(citizen)):
            what = f"the citizen's id is no {kind}: correct identity of {self._account.name}"
            raise PlatformRefused(what, code="id-kind")
        keywords = {key: {"value": value} for key, value in fields.items()}
        content = {
            f"to_{kind}": citizen,
            "user_template_id": template,
            "page": page,
            "data": json.dumps(keywords, ensure_ascii=False),
        }
        self._breaker.must_be_closed(TEMPLATE_SEND)
        try:
            await self._call(TEMPLATE_SEND, {}, content=content)
        except (PlatformRefused, Busy):
            self._breaker.answered(TEMPLATE_SEND)
            raise
        except QuotaSpent as error:
            self._breaker.rest(TEMPLATE_SEND, rests_until(error.what, self._clock.now()))
            raise
        except PlatformUnavailable:
            self._breaker.silent(TEMPLATE_SEND)
            raise
        self._breaker.answered(TEMPLATE_SEND)

    def _identity(self, answer: dict[str, object]) -> AlipayIdentity:
        kind = self._account.identity
        found = answer.get(kind)
        if not isinstance(found, str) or not _ID.fullmatch(found):
            what = f"Alipay told no {kind}: correct identity of account {self._account.name}"
            raise PlatformRefused(what, code="no-identity")
        return AlipayIdentity(kind=kind, id=found)

    async def _call(
        self, method: str, more: dict[str, str], *, content: Mapping[str, str] | None = None
    ) -> dict[str, object]:
        # A signature takes 1.6 ms: the thousands of a warning are made beside the event loop.
        now, sign = self._clock.now(), self._signer.signed
        signed = (
            await asyncio.to_thread(sign, method, more, at=now, content=content)
            if content
            else sign(method, more, at=now)
        )
        raw = await call(
            self._session,
            "POST",
            self._account.gateway_url,
            params={key: value for key, value in signed.items() if key not in _FORM},
            body={key: value for key, value in signed.items() if key in _FORM},
        )
        try:
            return _read(raw, method, self._signer)
        except BadInput as error:
            raise PlatformUnavailable(f"Alipay {method}: {error}") from error


def _read(raw: bytes, method: str, signer: AlipaySigner) -> dict[str, object]:
    """Read an answer: success counts only with Alipay's signature, an error without, too.

    Raises:
        BadInput: it cannot be read, or its signature is missing or wrong.
        PlatformRefused: Alipay refused the call.
        PlatformUnavailable: Alipay is down or was called too often.
    """
    found = members(raw.decode("utf-8", "replace"))
    node = found.get(f"{method.replace('.', '_')}_response")
    answer = json.loads(node or found.get("error_response", "null"))
    if not isinstance(answer, dict):
        raise BadInput("the answer has no response that can be read")
    if node is None or answer.get("code", OK) != OK:
        raise _refusal(method, answer)
    signer.verify(node, _text(found, "sign"))
    if signer.alipay_cert_sn not in ("", _text(found, "alipay_cert_sn")):
        raise BadInput("Alipay signs with a newer certificate: renew alipay_cert")
    return answer


def _refusal(method: str, answer: dict[str, object]) -> PlatformRefused | PlatformUnavailable:
    """Tell what went wrong by its codes alone: `sub_msg` may quote all that was signed."""
    code, sub = str(answer.get("code", "")), str(answer.get("sub_code", ""))
    told = sub if _SUB_CODE.fullmatch(sub) else code if _SUB_CODE.fullmatch(code) else "unknown"
    what = reaction(ALIPAY, code)
    if what.rests:
        return QuotaSpent(f"Alipay {method} answered {told}", what=what)
    if what is Reaction.AGAIN:
        return Busy(f"Alipay {method} answered {told}")
    return PlatformRefused(f"Alipay {method} answered {told}", code=told)


def _text(found: dict[str, str], name: str) -> str:
    value = json.loads(found.get(name, "null"))
    return value if isinstance(value, str) else ""
