"""The control API of the simulator: what citizens do, what goes wrong, what was asked.

    POST /_sim/users      make a citizen of WeChat known             → {openid}
    POST /_sim/codes      mint a login code of either platform       → {code}
    POST /_sim/say        a text or event of a citizen, pushed       → the whole exchange
    GET  /_sim/inbox/{account}/{user}?after=N                        → {lines, typing}
    POST /_sim/templates  a citizen allows messages by a template, or not
    GET  /_sim/templates/{platform}/{account}/{user}                 → {lines}
    POST /_sim/telephones what somebody does when it rings
    GET  /_sim/telephones/{number}     what came there               → {habit, rings}
    POST /_sim/press      a key in the call that rings               → {reference}
    POST /_sim/faults     order a fault · GET lists · DELETE clears  → {faults}
    POST /_sim/clock      move the platforms' clock                  → {now}
    POST /_sim/backend    push to another backend                    → {url}
    GET  /_sim/calls?endpoint=…                                      → {counts, calls}
    POST /_sim/reset      forget everything

On its own port, loopback only; `Authorization: Bearer <token>`, a new token every run.
"""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta

from aiohttp import web

from bot.demo import control_wire as wire
from bot.demo.control_body import told as _told
from bot.demo.control_telephones import TelephoneControl
from bot.demo.faults import Fault
from bot.demo.gateways import Gateways
from bot.demo.loopback import on_loopback
from bot.demo.wechat_push import Exchange
from bot.demo.world import World
from data.civic.errors import BadInput, NotFound

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST_BODY = 128 * 1024


class Control:
    """Steers and inspects a world of simulated platforms."""

    def __init__(self, world: World, gateways: Gateways, *, token: str) -> None:
        self._world = world
        self._gateways = gateways
        self._token = token

    def application(self) -> web.Application:
        """Make the server."""
        app = web.Application(middlewares=[self._guard], client_max_size=LARGEST_BODY)
        app.add_routes(
            [
                web.post("/_sim/users", self._users),
                web.post("/_sim/codes", self._codes),
                web.post("/_sim/say", self._say),
                web.get("/_sim/inbox/{account}/{user}", self._inbox),
                *TelephoneControl(self._gateways, self._world).routes(),
                web.get("/_sim/faults", self._list_faults),
                web.post("/_sim/faults", self._order_fault),
                web.delete("/_sim/faults", self._clear_faults),
                web.post("/_sim/clock", self._shift_clock),
                web.post("/_sim/backend", self._point_at),
                web.get("/_sim/calls", self._list_calls),
                web.post("/_sim/reset", self._reset),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return web.json_response(
                {"error": "the control token of this run is needed"}, status=401
            )
        try:
            return await handler(request)
        except NotFound as error:
            return web.json_response({"error": str(error)}, status=404)
        except BadInput as error:
            return web.json_response({"error": str(error)}, status=400)

    async def _users(self, request: web.Request) -> web.Response:
        told = await _told(request, wire.TellCitizen)
        person = self._world.wechat_app(told.account).person(told.user)
        if told.following is not None:
            person.following = told.following
        if told.high_risk is not None:
            person.high_risk = told.high_risk
        return web.json_response({"openid": person.openid})

    async def _codes(self, request: web.Request) -> web.Response:
        told = await _told(request, wire.MintCode)
        now = self._world.clock.seconds()
        if told.platform == "wechat":
            app = self._world.wechat_app(told.account)
            code = app.codes.mint(app.person(told.user).openid, now=now)
        else:
            code = self._world.alipay_app(told.account).mint(told.user, now=now)
        return web.json_response({"code": code})

    async def _say(self, request: web.Request) -> web.Response:
        told = await _told(request, wire.Say)
        if bool(told.text) == bool(told.event):
            raise BadInput("give text or event, one of them")
        app = self._world.wechat_app(told.account)
        person = app.person(told.user)
        pusher = self._world.pusher
        if told.event:
            exchange = await pusher.touch(app, person, told.event, key=told.event_key)
        else:
            exchange = await pusher.say(
                app, person, told.text, choice=told.choice, copies=told.copies
            )
        return web.json_response(_written(exchange))

    async def _inbox(self, request: web.Request) -> web.Response:
        app = self._world.wechat_app(request.match_info["account"])
        person = app.person(request.match_info["user"])
        after = request.query.get("after", "0")
        if not after.isdecimal():
            raise BadInput("after must be the number of a line")
        lines = [asdict(line) for line in person.lines if line.number > int(after)]
        return web.json_response({"lines": lines, "typing": app.is_typing(person)})

    async def _list_faults(self, _: web.Request) -> web.Response:
        return web.json_response({"faults": [asdict(one) for one in self._world.faults.standing()]})

    async def _order_fault(self, request: web.Request) -> web.Response:
        told = await _told(request, wire.OrderFault)
        self._world.faults.order(Fault(**told.model_dump()))
        return await self._list_faults(request)

    async def _clear_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear()
        return await self._list_faults(request)

    async def _shift_clock(self, request: web.Request) -> web.Response:
        told = await _told(request, wire.ShiftClock)
        self._world.clock.shift = timedelta(seconds=told.shift_s)
        return web.json_response({"now": self._world.clock.now().isoformat()})

    async def _point_at(self, request: web.Request) -> web.Response:
        told = await _told(request, wire.PointAt)
        self._world.pusher.backend_url = on_loopback(told.url)
        return web.json_response({"url": self._world.pusher.backend_url})

    async def _list_calls(self, request: web.Request) -> web.Response:
        calls = self._world.calls.of(request.query.get("endpoint"))
        written = [asdict(call) | {"at": call.at.isoformat()} for call in calls]
        return web.json_response({"counts": self._world.calls.counts(), "calls": written})

    async def _reset(self, _: web.Request) -> web.Response:
        self._world.forget()
        self._gateways.forget()
        return web.json_response({"reset": True})


def _written(exchange: Exchange) -> dict[str, object]:
    return asdict(exchange)
