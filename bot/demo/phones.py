"""The page with two phones, `/demo/`, and its narrow way to the simulated platforms."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Protocol

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from pydantic import ValidationError

from bot.demo.keys import ALIPAY_MINI, SERVICE, WECHAT_MINI
from bot.demo.phones_wire import AskCode, AskInbox, AskSay
from data.civic.errors import Refused

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Answer = dict[str, object]


class Stage(Protocol):
    """What plays the typhoon."""

    def routes(self) -> list[web.RouteDef]:
        """Tell the routes, below the page."""
        ...

    def standing(self, app: web.Application) -> AsyncIterator[None]:
        """Stop what is played when the page goes."""
        ...


HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
LIMIT_S = 20.0
"""Longer than three pushes of five seconds each."""


def add(
    app: web.Application,
    *,
    control_url: str,
    control_token: str,
    production: bool = False,
    stage: Stage | None = None,
) -> None:
    """Add the page to `app` as `/demo/`; with a `stage` the typhoon can be played on it.

    Raises:
        Refused: this is production.
    """
    if production:
        raise Refused("the phones page does not stand in production: BIANMIN_ENV is set so")
    page = _Phones(control_url, control_token)
    inner = web.Application(middlewares=[_guarded], client_max_size=16 * 1024)
    inner.cleanup_ctx.append(page.connected)
    inner.add_routes(
        [
            web.get("/", page.page),
            web.post("/platform/code", page.code),
            web.post("/platform/say", page.say),
            web.get("/platform/inbox", page.inbox),
            web.static("/static", HERE / "static"),
        ]
    )
    if stage is not None:
        inner.cleanup_ctx.append(stage.standing)
        inner.add_routes(stage.routes())
    app.router.add_get("/demo", _to_the_page)
    app.add_subapp("/demo/", inner)


async def _to_the_page(_: web.Request) -> web.Response:
    raise web.HTTPPermanentRedirect("/demo/")


class _Phones:
    """Serves the page, and passes on what a phone does to the control API."""

    def __init__(self, control_url: str, control_token: str) -> None:
        self._url = control_url
        self._token = control_token
        self._session: ClientSession | None = None

    async def connected(self, _: web.Application) -> AsyncIterator[None]:
        """Keep one session to the control API as long as the page is served."""
        headers = {"Authorization": f"Bearer {self._token}"}
        timeout = ClientTimeout(total=LIMIT_S)
        async with ClientSession(headers=headers, timeout=timeout) as self._session:
            yield

    async def page(self, _: web.Request) -> web.FileResponse:
        """Serve the page."""
        return web.FileResponse(HERE / "templates" / "phones.html")

    async def code(self, request: web.Request) -> web.Response:
        """Mint a login code for the phone's owner; tell it with the account it is for."""
        asked = AskCode.model_validate_json(await json_body(request))
        account = WECHAT_MINI if asked.platform == "wechat" else ALIPAY_MINI
        body: Answer = {"platform": asked.platform, "account": account, "user": asked.user}
        answer = await self._ask("POST", "/_sim/codes", body)
        return web.json_response({"account": account, "code": answer["code"]})

    async def say(self, request: web.Request) -> web.Response:
        """Let the phone's owner say something to the service account."""
        asked = AskSay.model_validate_json(await json_body(request))
        await self._ask("POST", "/_sim/say", {"account": SERVICE, **asked.model_dump()})
        return web.json_response({"said": True})

    async def inbox(self, request: web.Request) -> web.Response:
        """Tell what the phone shows of the service account's chat."""
        asked = AskInbox.model_validate(dict(request.query))
        path = f"/_sim/inbox/{SERVICE}/{asked.user}?after={asked.after}"
        return web.json_response(await self._ask("GET", path))

    async def _ask(self, method: str, path: str, body: Answer | None = None) -> Answer:
        if self._session is None:
            raise web.HTTPBadGateway
        try:
            async with self._session.request(method, self._url + path, json=body) as response:
                if response.status != 200:
                    raise web.HTTPBadRequest
                answer: Answer = await response.json()
                return answer
        except (ClientError, TimeoutError, OSError) as error:
            raise web.HTTPBadGateway from error


async def json_body(request: web.Request) -> bytes:
    """Read a body that another site's page cannot send unasked."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    return await request.read()


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer failures as problem+json, and let the page load from this house alone."""
    try:
        response = await handler(request)
    except ValidationError:
        response = _problem(400, "the phone asked for something that is not understood")
    except web.HTTPBadGateway:
        response = _problem(502, "the simulated platforms do not answer: run the demo")
    except web.HTTPException as error:
        response = _problem(error.status, error.reason)
    response.headers.update(HEADERS)
    return response


def _problem(status: int, detail: str) -> web.Response:
    return web.json_response(
        {"type": "about:blank", "title": "phones", "status": status, "detail": detail},
        status=status,
        content_type="application/problem+json",
    )
