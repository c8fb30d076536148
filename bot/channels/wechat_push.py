"""Decide whether a request to the callback comes from WeChat, and open it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from multidict import MultiMapping

from bot.accounts import Pushed, WeChatService
from bot.channels import wechat_json
from bot.channels.wechat_crypto import check_signature, decrypt
from bot.channels.wechat_xml import fields
from data.civic.errors import BadInput, BadSignature

_NONCE = re.compile(r"[0-9A-Za-z_-]{1,128}")
_SECONDS = re.compile(r"[0-9]{1,12}")
_ECHO = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What WeChat pushed, proven and opened."""

    account: Pushed
    fields: Mapping[str, str] = field(repr=False)
    nonce: str
    """The request's own; an encrypted reply bears it, too."""
    text: str = field(default="", repr=False)
    """The whole of it, opened: XML, or JSON from a mini-program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How far a request's timestamp may lie from our clock, to both sides."""

    now: datetime
    window: timedelta

    def check(self, timestamp: str) -> None:
        """Insist that `timestamp`, in seconds, lies within the window.

        The same request within it is taken again: WeChat's own retries bear the same nonce.

        Raises:
            BadInput: it is no timestamp.
            BadSignature: it is too old or too far ahead.
        """
        if not _SECONDS.fullmatch(timestamp):
            raise BadInput("timestamp must be a number of seconds")
        if abs(self.now.timestamp() - int(timestamp)) > self.window.total_seconds():
            raise BadSignature("the timestamp is too far from our clock")


def echo(account: Pushed, query: MultiMapping[str], fresh: Freshness) -> str:
    """Verify WeChat's question whether the address is ours; tell what to echo.

    Raises:
        BadInput: a parameter is missing, repeated or malformed.
        BadSignature: the signature is wrong or old.
    """
    words = _one(query, "echostr")
    _check_signed(account, query, fresh)
    if not _ECHO.fullmatch(words):
        raise BadInput("echostr must be 1 to 128 printable characters")
    return words


def open_push(account: Pushed, query: MultiMapping[str], body: bytes, fresh: Freshness) -> Push:
    """Verify a push in the account's mode, and open it; a mini-program's may be JSON.

    Raises:
        BadInput: it cannot be read, or is in another mode or format than the account's.
        BadSignature: the signature is wrong or old, or a safe account was sent plaintext.
    """
    opened = _safe if account.mode == "safe" else _plain
    text = opened(account, query, body, fresh)
    read = _read(text, account)
    if read.get("ToUserName") != account.original_id:
        raise BadInput("ToUserName is not this account's original_id")
    return Push(account=account, fields=read, nonce=_nonce(query), text=text)


def _plain(account: Pushed, query: MultiMapping[str], body: bytes, fresh: Freshness) -> str:
    _check_signed(account, query, fresh)
    if "encrypt_type" in query and _one(query, "encrypt_type") != "raw":
        raise BadInput('the push is encrypted: set mode to "safe", here and at WeChat')
    return _utf8(body)


def _safe(account: Pushed, query: MultiMapping[str], body: bytes, fresh: Freshness) -> str:
    if "msg_signature" not in query:
        raise BadSignature("an account in safe mode takes no plaintext")
    given, timestamp = _one(query, "msg_signature"), _one(query, "timestamp")
    encrypted = _read(_utf8(body), account).get("Encrypt")
    if not encrypted:
        raise BadInput("the push has no Encrypt")
    fresh.check(timestamp)
    check_signature(given, _token(account), timestamp, _nonce(query), encrypted)
    return decrypt(encrypted, account)


def _check_signed(account: Pushed, query: MultiMapping[str], fresh: Freshness) -> None:
    given, timestamp = _one(query, "signature"), _one(query, "timestamp")
    fresh.check(timestamp)
    check_signature(given, _token(account), timestamp, _nonce(query))


def _read(text: str, account: Pushed) -> dict[str, str]:
    """Read XML, or JSON, which mini-programs alone are pushed: replies of others are XML."""
    if not text.lstrip().startswith(("{", "[")):
        return fields(text)
    if isinstance(account, WeChatService):
        raise BadInput("JSON is not taken: set the data format of the push to XML")
    return wechat_json.fields(text)


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput("the body is not UTF-8") from None


def _one(query: MultiMapping[str], name: str) -> str:
    values = query.getall(name, [])
    if len(values) != 1:
        raise BadInput(f"the parameter {name} must be there once")
    return values[0]


def _nonce(query: MultiMapping[str]) -> str:
    nonce = _one(query, "nonce")
    if not _NONCE.fullmatch(nonce):
        raise BadInput("nonce must be 1 to 128 letters and digits")
    return nonce


def _token(account: Pushed) -> str:
    return account.token.get_secret_value()
