"""Alipay's gateway as the backend sees it: one door, signed both ways."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from aiohttp import web

from bot.demo import alipay_request
from bot.demo.alipay_app import AlipayApp
from bot.demo.alipay_crypto import Signer
from bot.demo.calls import Call
from bot.demo.faults import FaultKind, answer_under
from bot.demo.templates_allowed import alipay_message
from bot.demo.world import World
from data.civic.errors import PlatformRefused

Params = Mapping[str, str]
Method = Callable[[Params, AlipayApp], dict[str, object]]

LARGEST_BODY = 1024 * 1024
TEMPLATE_SEND = "alipay.open.app.mini.templatemessage.send"
OAUTH_TOKEN = "alipay.system.oauth.token"  # noqa: S105 - a method's name


class AlipayPlatform:
    """Answers the backend's calls for all apps, keeping to the gateway's rules."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods: dict[str, Method] = {
            OAUTH_TOKEN: self._oauth_token,
            TEMPLATE_SEND: self._template_send,
        }

    def application(self) -> web.Application:
        """Make the server."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.add_routes(
            [web.get("/gateway.do", self._gateway), web.post("/gateway.do", self._gateway)]
        )
        return app

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        """Answer one call under the faults on order, and note it."""
        try:
            params = await alipay_request.read(request)
        except PlatformRefused as refused:
            return _written(_error(refused), None, "utf-8")
        method = params.get("method", "")
        struck = self._world.faults.strike(method)
        known = {app.account.app_id: app for app in self._world.alipay}
        app = known.get(params.get("app_id", ""))
        signer = _signer(app, forged=any(one.kind is FaultKind.FORGE for one in struck))
        code = "10000"

        async def answer() -> web.Response:
            return _written(self._answer(params, app), signer, params["charset"])

        try:
            response = await answer_under(struck, request, answer)
            if response.status != 200:
                code = str(response.status)
        except PlatformRefused as refused:
            code = refused.code
            response = _written(_error(refused), signer, params["charset"])
        self._note(params, code)
        return response

    def _answer(self, params: Params, app: AlipayApp | None) -> tuple[str, dict[str, object]]:
        if app is None:
            raise PlatformRefused("no such app_id", code="isv.invalid-app-id")
        alipay_request.check(
            params,
            app,
            now=self._world.clock.now(),
            skew=timedelta(seconds=self._world.limits.timestamp_skew_s),
        )
        method = self._methods.get(params["method"])
        if method is None:
            raise PlatformRefused("no such method", code="isv.invalid-method")
        return params["method"].replace(".", "_") + "_response", method(params, app)

    def _oauth_token(self, params: Params, app: AlipayApp) -> dict[str, object]:
        """Log in; the answer has no `code`, as the real one has none."""
        now = self._world.clock.seconds()
        match params.get("grant_type"):
            case "authorization_code":
                return app.log_in(params.get("code", ""), now=now, refusal="isv.code-invalid")
            case "refresh_token":
                token = params.get("refresh_token", "")
                return app.log_in(token, now=now, refusal="isv.refresh-token-invalid")
            case _:
                raise PlatformRefused(
                    "grant_type must be authorization_code or refresh_token",
                    code="isv.grant-type-invalid",
                )

    def _template_send(self, params: Params, app: AlipayApp) -> dict[str, object]:
        try:
            asked = json.loads(params.get("biz_content", ""))
            data = json.loads(asked.get("data", ""))
        except (ValueError, AttributeError, TypeError) as error:
            raise PlatformRefused("biz_content is none", code="isv.invalid-parameter") from error
        template, citizen = str(asked.get("user_template_id")), app.known(asked)
        text = alipay_message(template, data)
        app.templates.spend(citizen, template, refusal="USER_NOT_SUBSCRIBE")
        app.templates.show(citizen, text, self._world.clock.now().isoformat())
        return {"code": "10000", "msg": "Success"}

    def _note(self, params: Params, code: str) -> None:
        self._world.calls.note(
            Call(
                at=self._world.clock.now(),
                endpoint=params.get("method", ""),
                app_id=params.get("app_id", ""),
                code=code,
            )
        )


def _signer(app: AlipayApp | None, *, forged: bool) -> Signer | None:
    """Choose who signs the answer; a forger has the app's key, never Alipay's."""
    if app is None:
        return None
    return app.app if forged else app.platform


def _error(refused: PlatformRefused) -> tuple[str, dict[str, object]]:
    """Say a refusal as the gateway does; a bare code (40004) is a code without a sub code."""
    code, msg = "40002", "Invalid Arguments"
    if refused.code.startswith("isv.missing"):
        code, msg = "40001", "Missing Required Arguments"
    elif refused.code.startswith(("isp.", "aop.")):
        code, msg = "20000", "Service Currently Unavailable"
    elif refused.code.isdigit():
        return "error_response", {"code": refused.code, "msg": str(refused)}
    elif refused.code.isupper():
        code, msg = "40004", "Business Failed"
    node = {"code": code, "msg": msg, "sub_code": refused.code, "sub_msg": str(refused)}
    return "error_response", dict(node)


def _written(
    node: tuple[str, dict[str, object]], signer: Signer | None, charset: str
) -> web.Response:
    """Write an answer and sign its very bytes; who is not known gets no signature."""
    name, content = node
    signed = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = f'{{"{name}":{signed}'
    if signer is not None:
        text += f',"sign":"{signer.sign(signed.encode(charset))}"'
    return web.Response(
        body=(text + "}").encode(charset), content_type="text/html", charset=charset
    )
