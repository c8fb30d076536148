"""What the tests of the channels are given: a clock, accounts, and WeChat's own side."""

import base64
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.accounts import Accounts, WeChatService
from data.civic.errors import Conflict
from data.store.platform_tokens import PlatformToken

NOW = datetime(2025, 11, 21, 16, 0, 0, tzinfo=UTC)
"""1763740800: when the recorded pushes were sent."""

AES_KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CITIZEN = "oX4Wd5KQe_9vT-3mZq7LrB2nYc1s"
APOLOGY = "对不起，请拨打12345。"


@dataclass
class StillClock:
    """A clock that moves when it is told to."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


def service(**changes: Any) -> WeChatService:
    told: dict[str, Any] = {
        "name": "county",
        "kind": "service",
        "app_id": "wx49f0ab532d5d035a",
        "original_id": "gh_5a1f0c9d2b7e",
        "secret": "the-app-secret",
        "token": "123456",
        "aes_keys": [AES_KEY],
        "mode": "safe",
    }
    return WeChatService.model_validate(told | changes)


def accounts(*services: WeChatService) -> Accounts:
    return Accounts(wechat=services)


def encrypted(
    text: bytes, *, key: str = AES_KEY, app_id: str = "wx49f0ab532d5d035a", length: int = -1
) -> str:
    """Encrypt as WeChat's documentation says, without any SDK; `length` may lie."""
    size = len(text) if length < 0 else length
    plain = os.urandom(16) + size.to_bytes(4, "big") + text + app_id.encode()
    padding = 32 - len(plain) % 32
    return sealed(plain + bytes([padding]) * padding, key=key)


def sealed(plain: bytes, *, key: str = AES_KEY) -> str:
    """Encrypt whole blocks as they are."""
    secret = base64.b64decode(key + "=")
    encryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def decrypted(text: str, *, key: str = AES_KEY) -> tuple[str, str]:
    """Decrypt a reply without any SDK: the message and the app it is from."""
    secret = base64.b64decode(key + "=")
    decryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).decryptor()
    plain = decryptor.update(base64.b64decode(text)) + decryptor.finalize()
    plain = plain[: -plain[-1]]
    end = 20 + int.from_bytes(plain[16:20], "big")
    return plain[20:end].decode(), plain[end:].decode()


def sha1(*signed: str) -> str:
    return hashlib.sha1("".join(sorted(signed)).encode()).hexdigest()  # noqa: S324  (WeChat's)


@dataclass(frozen=True, kw_only=True)
class WeChatSide:
    """Pushes as WeChat does."""

    token: str = "123456"
    timestamp: str = "1763740800"
    nonce: str = "461056294"

    def query(self, **more: str) -> dict[str, str]:
        signature = sha1(self.token, self.timestamp, self.nonce)
        return {
            "signature": signature,
            "timestamp": self.timestamp,
            "nonce": self.nonce,
            "openid": CITIZEN,
        } | more

    def safe_query(self, encrypt: str) -> dict[str, str]:
        signature = sha1(self.token, self.timestamp, self.nonce, encrypt)
        return self.query(encrypt_type="aes", msg_signature=signature)

    @staticmethod
    def envelope(encrypt: str) -> bytes:
        return (
            "<xml><ToUserName><![CDATA[gh_5a1f0c9d2b7e]]></ToUserName>"
            f"<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
        ).encode()


def text_push(content: str = "护照怎么办", *, msg_id: int = 23476412345678901) -> bytes:
    return (
        "<xml><ToUserName><![CDATA[gh_5a1f0c9d2b7e]]></ToUserName>"
        f"<FromUserName><![CDATA[{CITIZEN}]]></FromUserName>"
        "<CreateTime>1763740800</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content><MsgId>{msg_id}</MsgId></xml>"
    ).encode()


def elements(xml: str) -> dict[str, str]:
    """Read a reply with another parser than the product's."""
    root = ElementTree.fromstring(xml)  # noqa: S314  (our own reply)
    return {child.tag: child.text or "" for child in root}


@dataclass
class Shelf:
    """A cache of tokens for one test; the real one is tested with the store."""

    tokens: dict[str, PlatformToken] = field(default_factory=dict)

    async def get(self, app_id: str) -> PlatformToken | None:
        return self.tokens.get(app_id)

    async def put(self, token: PlatformToken, *, instead_of: str | None) -> None:
        standing = self.tokens.get(token.app_id)
        if (standing.token if standing else None) != instead_of:
            raise Conflict("another process was first")
        self.tokens[token.app_id] = token


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def listening(handler: Handler) -> AsyncIterator[str]:
    """Let `handler` answer everything on a free port of loopback."""
    server = TestServer(web.Application())
    server.app.router.add_route("*", "/{path:.*}", handler)
    await server.start_server(access_log=None)
    yield str(server.make_url("")).rstrip("/")
    await server.close()
