"""Help inside the console: what each page is for, the keys, and the tour of the first day."""

from aiohttp import web

from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import NotFound
from data.civic.people import Role
from handlers.acts.own_account import finish_tour

STEPS = 5

pages = Pages()


@pages.on("GET /help")
async def help_page(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what there is to do by role, the keys, and the way to the tour."""
    return page(request, "help.html", held=_held(visitor))


@pages.on("GET /tour/{step}")
async def tour(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show one of the five steps, of one role."""
    held, asked = _held(visitor), request.query.get("role", "")
    role = next((one for one in held if one == asked), held[0])
    step = _step(request)
    return page(request, "tour.html", step=step, steps=STEPS, role=role, held=held)


@pages.on("POST /tour/done")
async def done(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Remember that the tour was taken."""
    await finish_tour(request.app[HOUSE].office(), visitor.staff)
    return see_other("/?toured=yes")


def _held(visitor: Visitor) -> list[Role]:
    """List the roles held, in the order of the law of the house."""
    return [role for role in Role if role in visitor.staff.roles]


def _step(request: web.Request) -> int:
    asked = request.match_info["step"]
    if asked not in {str(number) for number in range(1, STEPS + 1)}:
        raise NotFound(f"the tour has steps 1 to {STEPS}")
    return int(asked)
