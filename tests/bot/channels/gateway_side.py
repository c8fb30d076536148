"""A gateway for the tests, on a real socket: it takes what is signed, and fails as it is told."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.gateway_account import GatewayAccount

SECRET = "a secret of forty characters for gateways"
PHONE = "13800000001"


@dataclass
class GatewaySide:
    """Takes every item, unless the test says otherwise."""

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    """What the next calls are answered: a response, or a body."""
    codes: dict[str, str] = field(default_factory=dict)
    """Reference → the code with which it is refused."""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        assert (
            signed(request.headers["X-Gateway-Timestamp"], request.path, body)
            == (request.headers["X-Gateway-Signature"])
        )
        told = json.loads(body)
        self.asked.append((request.path, told))
        if self.answers:
            said = self.answers.pop(0)
            return said if isinstance(said, web.StreamResponse) else web.json_response(said)
        return web.json_response({"items": [self._item(one) for one in told["items"]]})

    def _item(self, one: dict[str, Any]) -> dict[str, str]:
        reference = one["reference"]
        code = self.codes.get(reference)
        return {"reference": reference} | ({"code": code} if code else {"id": f"g-{reference}"})

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item for _, told in self.asked for item in told["items"]]


def signed(timestamp: str, path: str, body: bytes, *, secret: str = SECRET) -> str:
    """Sign as the protocol says, written apart from the product."""
    message = f"POST\n{path}\n{timestamp}\n".encode() + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def account(url: str, **changes: object) -> GatewayAccount:
    told = {"name": "county-sms", "api_base": url, "key": "county", "secret": SECRET}
    return GatewayAccount.model_validate(told | changes)
