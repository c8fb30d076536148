"""WeChat's API as the backend sees it: tokens, logins and customer-service messages."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import TypeGuard

from aiohttp import web

from bot.demo.calls import Call
from bot.demo.faults import answer_under
from bot.demo.templates_allowed import SPENT_CODE, wechat_message
from bot.demo.wechat_app import WeChatApp
from bot.demo.wechat_messages import read
from bot.demo.world import World
from data.civic.errors import PlatformRefused
from data.civic.ports import Ids

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST_BODY = 1024 * 1024
APP = web.RequestKey("app_id", str)


class WeChatPlatform:
    """Answers the backend's calls for all apps, keeping to WeChat's rules."""

    def __init__(self, world: World, *, ids: Ids) -> None:
        self._world = world
        self._ids = ids

    def application(self) -> web.Application:
        """Make the server."""
        app = web.Application(middlewares=[self._in_wechats_way], client_max_size=LARGEST_BODY)
        app.add_routes(
            [
                web.post("/cgi-bin/stable_token", self._stable_token),
                web.get("/cgi-bin/token", self._token),
                web.get("/sns/jscode2session", self._code2session),
                web.post("/cgi-bin/message/custom/send", self._send),
                web.post("/cgi-bin/message/subscribe/send", self._subscribe_send),
                web.post("/cgi-bin/message/custom/typing", self._typing),
                web.post("/cgi-bin/message/custom/business/typing", self._typing),
            ]
        )
        return app

    @web.middleware
    async def _in_wechats_way(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let faults strike, answer errors as JSON with status 200, and note the call."""
        struck = self._world.faults.strike(request.path)
        code = ""
        try:
            response = await answer_under(struck, request, lambda: handler(request))
            code = "0" if response.status == 200 else str(response.status)
        except PlatformRefused as refused:
            code = refused.code
            response = _json({"errcode": int(code), "errmsg": f"{refused} rid: {self._ids.new()}"})
        finally:
            self._world.calls.note(
                Call(
                    at=self._world.clock.now(),
                    endpoint=request.path,
                    app_id=request.get(APP, ""),
                    code=code,
                )
            )
        return response

    async def _stable_token(self, request: web.Request) -> web.Response:
        asked = await _body(request)
        app = self._app(asked)
        if asked.get("grant_type") != "client_credential":
            raise PlatformRefused("invalid grant_type", code="40002")
        request[APP] = app.account.app_id
        token, left = app.tokens.stable(force=asked.get("force_refresh") is True)
        return _json({"access_token": token, "expires_in": left})

    async def _token(self, request: web.Request) -> web.Response:
        app = self._app(dict(request.query))
        if request.query.get("grant_type") != "client_credential":
            raise PlatformRefused("invalid grant_type", code="40002")
        request[APP] = app.account.app_id
        token, left = app.tokens.classic()
        return _json({"access_token": token, "expires_in": left})

    async def _code2session(self, request: web.Request) -> web.Response:
        """Answer a login; like the real one it says `text/plain` and means JSON."""
        app = self._app(dict(request.query))
        request[APP] = app.account.app_id
        person = app.log_in(request.query.get("js_code", ""))
        session = {"session_key": self._ids.token()[:22] + "==", "openid": person.openid}
        return web.Response(text=json.dumps(session), content_type="text/plain")

    async def _send(self, request: web.Request) -> web.Response:
        app = self._by_token(request)
        message = await _body(request)
        words = read(
            message, account_kind=app.account.kind, text_bytes=self._world.limits.text_bytes
        )
        app.deliver(app.known(str(message.get("touser"))), words.line)
        return _json({"errcode": 0, "errmsg": "ok"})

    async def _subscribe_send(self, request: web.Request) -> web.Response:
        app = self._by_token(request)
        message = await _body(request)
        person = app.known(str(message.get("touser")))
        template, text = wechat_message(message)
        app.templates.spend(person.openid, template, refusal=SPENT_CODE)
        app.templates.show(person.openid, text, self._world.clock.now().isoformat())
        return _json({"errcode": 0, "errmsg": "ok"})

    async def _typing(self, request: web.Request) -> web.Response:
        app = self._by_token(request)
        asked = await _body(request)
        app.typing(app.known(str(asked.get("touser"))), str(asked.get("command")))
        return _json({"errcode": 0, "errmsg": "ok"})

    def _app(self, asked: dict[str, object]) -> WeChatApp:
        """Find the app by id and secret."""
        known = {app.account.app_id: app for app in self._world.wechat}
        app = known.get(str(asked.get("appid")))
        if app is None:
            raise PlatformRefused("invalid appid", code="40013")
        secret = str(asked.get("secret"))
        if not hmac.compare_digest(secret.encode(), app.account.secret.encode()):
            raise PlatformRefused("invalid appsecret", code="40125")
        return app

    def _by_token(self, request: web.Request) -> WeChatApp:
        """Find the app whose access token the call carries."""
        token = request.query.get("access_token", "")
        if not token:
            raise PlatformRefused("access_token missing", code="41001")
        for app in self._world.wechat:
            if app.tokens.check(token):
                request[APP] = app.account.app_id
                return app
        raise PlatformRefused("invalid access_token", code="40014")


async def _body(request: web.Request) -> dict[str, object]:
    try:
        body = json.loads((await request.read()).decode())
    except ValueError as error:
        raise PlatformRefused("data format error", code="47001") from error
    if not _is_object(body):
        raise PlatformRefused("data format error", code="47001")
    return body


def _is_object(body: object) -> TypeGuard[dict[str, object]]:
    return isinstance(body, dict)


def _json(body: dict[str, object]) -> web.Response:
    return web.Response(text=json.dumps(body, ensure_ascii=False), content_type="application/json")
