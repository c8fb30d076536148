"""The typhoon on the phones page: one drill at a time, played at 60 times the speed of life.

GET  /demo/typhoon          → how it stands
POST /demo/typhoon          begin, where none is played
POST /demo/typhoon/knock    knock at the last door
POST /demo/typhoon/arrive   hold a phone's code out at the shelter: {"phone": "wechat"}
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

import structlog
from aiohttp import web

from bot.demo.phones import json_body
from bot.demo.phones_wire import AskArrive
from bot.drill.arriving import arrive, on_paper, open_hall
from bot.drill.county import STAGE, TOWN
from bot.drill.happenings import DOOR, Happening, Told
from bot.drill.phone_codes import of_paper, of_screen
from bot.drill.plan import MINUTE, Plan
from bot.drill.playing import Drill
from bot.drill.scene import Cast, Shown, scene
from bot.drill.setting_up import staged
from data.civic.errors import BianminError, Conflict
from data.civic.safety.rosters import Person
from handlers.office import Office

PLAN = Plan(
    people=120,
    seed=13,
    workers=6,
    speed=60,
    response_at=3 * MINUTE,
    order_at=6 * MINUTE,
    lasts=6 * 60 * MINUTE,
)
MOST, LAST_NAMES = 500, 3
MOBILE = "1"
"""With this begin made-up mobile numbers, which alone get text messages."""
READY: Mapping[str, object] = {"state": "ready"}

log = structlog.get_logger()


class Stage:
    """Plays the drill, and shows it."""

    def __init__(self, office: Callable[[], Office], plan: Plan = PLAN) -> None:
        self._office = office
        self._plan = plan
        self._playing: asyncio.Task[None] | None = None
        self._drill: Drill | None = None
        self._cast: Cast | None = None
        self._shown: Shown = READY

    def routes(self) -> list[web.RouteDef]:
        """Tell the routes, below the page."""
        return [
            web.get("/typhoon", self._show),
            web.post("/typhoon", self._begin),
            web.post("/typhoon/knock", self._knock),
            web.post("/typhoon/arrive", self._arrive),
        ]

    async def standing(self, _: web.Application) -> AsyncIterator[None]:
        """Stop what is played when the page goes."""
        yield
        if self._playing is not None:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)

    async def _show(self, _: web.Request) -> web.Response:
        return web.json_response(await self._scene())

    async def _begin(self, request: web.Request) -> web.Response:
        await json_body(request)
        if self._playing is None or self._playing.done():
            self._shown = {"state": "preparing"}
            self._playing = asyncio.create_task(self._play())
        return web.json_response(await self._scene())

    async def _knock(self, request: web.Request) -> web.Response:
        """Have the worker knock at the last door, when nobody else is left."""
        await json_body(request)
        drill, cast = self._drill, self._cast
        shown = await self._scene()
        if drill is None or cast is None or drill.order is None or shown["state"] != "last_door":
            raise web.HTTPConflict(reason="nobody is to be knocked for yet")
        person = await drill.office.stores.residents.get(cast.behind_last)
        if person is not None and person.grid is not None:
            told: Told = {
                "informing": drill.order.id,
                "person": int(person.id),
                "grid": person.grid,
                "said": "received",
            }
            drill.agenda.put(Happening(at=drill.clock.passed, kind=DOOR, told=told))
        return web.json_response(shown)

    async def _arrive(self, request: web.Request) -> web.Response:
        """Have the code of a phone scanned at the shelter; its colour says so from then on."""
        asked = AskArrive.model_validate_json(await json_body(request))
        drill, cast = self._drill, self._cast
        if drill is None or cast is None or drill.order is None:
            raise web.HTTPConflict(reason="nobody is to leave yet, or the drill is over")
        held = of_paper(cast.paper)
        if asked.phone == "wechat":
            held = await of_screen(drill.office, cast.subscribed) or held
        try:
            await arrive(drill.office, held.text)
        except Conflict as error:
            raise web.HTTPConflict(reason="the shelter takes nobody in now") from error
        return web.json_response(await self._scene())

    async def _scene(self) -> Shown:
        if self._drill is not None and self._cast is not None:
            return await scene(self._drill, self._cast)
        return self._shown

    async def _play(self) -> None:
        try:
            async with staged(self._office(), self._plan, suffix=STAGE) as drill:
                await open_hall(drill.office)
                self._cast = await cast_of(drill)
                drill.held = frozenset({int(self._cast.last)})
                self._drill = drill
                outcome = await drill.play()
                self._shown = await scene(drill, self._cast, outcome)
                self._drill = None
        except BianminError as error:
            log.warning("the typhoon broke off", error=str(error))
            self._shown = {"state": "broken"}
        finally:
            self._drill = None
            if self._shown.get("state") == "preparing":  # whatever went wrong: nobody waits for it
                self._shown = {"state": "broken"}


async def cast_of(drill: Drill) -> Cast:
    """Choose whom the page is about: two phones, and a household of three without any.

    Raises:
        Conflict: this county has nobody of the kind.
    """
    residents = drill.office.stores.residents
    homes = [
        (home, who)
        for home, who in drill.county.mute.items()
        if len(await residents.handles_of(home, MOST)) == LAST_NAMES
    ]
    people = await _warned(drill)
    subscribed = [(one.id, one.conversation) for one in people if one.conversation]
    texted = [one for one in people if (one.phone or "").startswith(MOBILE)]
    texted = [one for one in texted if one.id not in dict(subscribed)]
    if not homes or not texted or not subscribed:
        raise Conflict("this seed makes no county for the page: choose another seed")
    last, behind = homes[-1]
    return Cast(
        subscriber=subscribed[0][0],
        subscribed=subscribed[0][1],
        texted=texted[0].id,
        paper=await on_paper(drill.office, texted[0]),
        last=last,
        behind_last=behind,
    )


async def _warned(drill: Drill) -> list[Person]:
    """List who lives in the towns that are warned first."""
    county, residents = drill.county, drill.office.stores.residents
    villages = [one for one in county.villages if one[:TOWN] in county.warned]
    return [one for each in villages for one in await residents.of_village(each, MOST)]
