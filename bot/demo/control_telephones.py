"""The part of the control API for telephones and for messages by template."""

from dataclasses import asdict

from aiohttp import web

from bot.demo import control_wire as wire
from bot.demo.control_body import told
from bot.demo.gateways import Gateways
from bot.demo.templates_allowed import TemplateBook
from bot.demo.world import World


class TelephoneControl:
    """Says what people do, and shows what came to them."""

    def __init__(self, gateways: Gateways, world: World) -> None:
        self._gateways = gateways
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Tell the routes."""
        return [
            web.post("/_sim/templates", self._answer_template),
            web.get("/_sim/templates/{platform}/{account}/{user}", self._templates),
            web.post("/_sim/telephones", self._tell_telephone),
            web.get("/_sim/telephones/{number}", self._telephone),
            web.post("/_sim/press", self._press),
        ]

    async def _answer_template(self, request: web.Request) -> web.Response:
        """Answer for a citizen; WeChat pushes it, Alipay leaves it to the page to tell."""
        asked = await told(request, wire.AnswerTemplate)
        if asked.platform == "alipay":
            alipay = self._world.alipay_app(asked.account)
            citizen = alipay.citizen(asked.user)
            alipay.templates.answer(citizen, asked.template, yes=asked.yes)
            return web.json_response({"citizen": citizen, "attempts": []})
        app = self._world.wechat_app(asked.account)
        person = app.person(asked.user)
        exchange = await self._world.pusher.answer_template(
            app, person, asked.template, yes=asked.yes, changed=asked.changed
        )
        return web.json_response({"citizen": person.openid, **asdict(exchange)})

    async def _templates(self, request: web.Request) -> web.Response:
        book, citizen = self._book(request)
        lines = [asdict(one) for one in book.shown.get(citizen, [])]
        return web.json_response({"lines": lines})

    def _book(self, request: web.Request) -> tuple[TemplateBook, str]:
        account, user = request.match_info["account"], request.match_info["user"]
        if request.match_info["platform"] == "alipay":
            alipay = self._world.alipay_app(account)
            return alipay.templates, alipay.citizen(user)
        app = self._world.wechat_app(account)
        return app.templates, app.person(user).openid

    async def _tell_telephone(self, request: web.Request) -> web.Response:
        asked = await told(request, wire.TellTelephone)
        if not asked.number:
            self._world.telephones.all_do(asked.habit)
            return web.json_response({"habit": asked.habit})
        telephone = self._world.telephones.at(asked.number)
        telephone.habit = asked.habit or telephone.habit
        telephone.reply, telephone.words = asked.reply, asked.words
        return web.json_response({"habit": telephone.habit})

    async def _telephone(self, request: web.Request) -> web.Response:
        telephone = self._world.telephones.at(request.match_info["number"])
        rings = [asdict(one) for one in telephone.rings]
        return web.json_response({"habit": telephone.habit, "rings": rings})

    async def _press(self, request: web.Request) -> web.Response:
        asked = await told(request, wire.Press)
        reference = self._gateways.press(asked.number, asked.key)
        return web.json_response({"reference": reference})
