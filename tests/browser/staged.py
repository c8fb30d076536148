"""A stage that shows what it is told to: the phones page beside it is the real one."""

from collections.abc import AsyncIterator
from copy import deepcopy

from aiohttp import web

from bot.demo.phones import json_body

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'
ORDER = "【演练】萧山区防汛防台抗旱指挥部7月11日08:06转移令：萧山区全体人员最迟7月11日14:06转移。"
NAME = "演练王0000003"


def red_phone(kind: str, newest: str) -> dict[str, object]:
    """Tell a phone whose owner is to leave."""
    code = {"colour": "red", "moved": False, "digits": "8669 2596 4276", "svg": SVG}
    return {
        "messages": [newest],
        "red": True,
        "words": ORDER * 4,
        "code": {**code, "paper": kind == "alipay", "why": "按名册要转移。" * 8},
    }


def red_scene(state: str, *, newest: str = ORDER) -> dict[str, object]:
    """Tell how the drill stands while both phones are red."""
    uninformed = [NAME] if state == "last_door" else []
    counts = {"people": 120, "confirmed": 119, "at_the_door": 0, "rest": len(uninformed)}
    phones = {kind: red_phone(kind, newest) for kind in ("wechat", "alipay")}
    return {
        "state": state,
        "clock": "08:20",
        "step": "order",
        "counts": counts,
        "uninformed": uninformed,
        "more": 0,
        "phones": phones,
        "report": None,
    }


class ToldStage:
    """Shows `scene`; begins with `first`; nobody is taken in at the shelter."""

    def __init__(self) -> None:
        self.scene: dict[str, object] = {"state": "ready"}
        self.first = red_scene("playing")
        self.knocks = 0

    def routes(self) -> list[web.RouteDef]:
        """Tell the routes, as the real one has them."""
        return [
            web.get("/typhoon", self._show),
            web.post("/typhoon", self._begin),
            web.post("/typhoon/knock", self._knock),
            web.post("/typhoon/arrive", self._arrive),
        ]

    async def standing(self, _: web.Application) -> AsyncIterator[None]:
        """Play nothing that would have to be stopped."""
        yield

    async def _show(self, _: web.Request) -> web.Response:
        return web.json_response(deepcopy(self.scene))

    async def _begin(self, request: web.Request) -> web.Response:
        await json_body(request)
        self.scene = self.first
        return await self._show(request)

    async def _knock(self, request: web.Request) -> web.Response:
        await json_body(request)
        self.knocks += 1
        return await self._show(request)

    async def _arrive(self, request: web.Request) -> web.Response:
        await json_body(request)
        raise web.HTTPConflict(reason="the shelter takes nobody in now")
