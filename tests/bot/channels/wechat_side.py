"""A small honest WeChat for the tests, on a real socket."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.bot.channels.given import CITIZEN

SEND = "/cgi-bin/message/custom/send"
TOKEN = "/cgi-bin/stable_token"
LOGIN = "/sns/jscode2session"


@dataclass
class WeChat:
    """Gives tokens, checks them, and fails as it is told."""

    good: str = "token-1"
    expires_in: int = 7200
    url: str = ""
    answers: dict[str, list[object]] = field(default_factory=dict)
    """What the next calls of a path are answered, instead of success."""
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, dict(request.query), await request.read()))
        told = self.answers.get(request.path, [])
        if told:
            answer = told.pop(0)
            return answer if isinstance(answer, web.StreamResponse) else web.json_response(answer)
        return web.json_response(self.usual(request))

    def usual(self, request: web.Request) -> dict[str, Any]:
        if request.path == TOKEN:
            return {"access_token": self.good, "expires_in": self.expires_in}
        if request.path == LOGIN:
            return {"openid": CITIZEN, "session_key": "c2Vzc2lvbg=="}
        if request.query.get("access_token") != self.good:
            return {"errcode": 40001, "errmsg": "invalid credential rid: 65f-1"}
        return {"errcode": 0, "errmsg": "ok"}

    def calls(self, path: str) -> list[tuple[dict[str, str], bytes]]:
        return [(query, body) for asked, query, body in self.asked if asked == path]
