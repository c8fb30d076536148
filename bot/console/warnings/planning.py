"""Plan by the map: a circle, a polygon, or the wind circles of a track file; for staff alone."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from bot.console.forms import fields
from bot.console.mistakes import Told
from bot.console.routes import Pages, Visitor
from bot.console.sent import file_sent
from bot.console.show import page
from bot.console.warnings import row_mistakes
from bot.console.warnings.forms import moment_in, tags_sent
from bot.doors import HOUSE
from bot.workbooks.tracks import read_tracks
from data.civic.errors import BadInput, Mistakes, TooLarge
from data.civic.risks import RiskTag
from data.civic.shapes import WIND_LEVELS, Circle, Point, Polygon, Shape
from data.civic.warning.tracks import wind_circles
from handlers.acts.plan_area import Plan, plan_area
from handlers.acts.preview_area import PREVIEW

KINDS = ("circle", "polygon", "track")
SHOWN = 300
KILOMETRE = 1_000.0

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Why nothing could be planned."""

    kind: str
    cells: tuple[Told, ...] = ()
    """What is wrong in the file."""
    line: int | None = None
    """Which line of a polygon is no point."""


class _NoPoint(BadInput):
    """A line of a polygon is no point."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}: write longitude,latitude")
        self.line = line


@pages.on("GET /planning", *PREVIEW)
async def form(request: web.Request, _: Visitor) -> web.StreamResponse:
    """Show the form."""
    return _page(request, {"kind": request.query.get("kind", "circle")})


@pages.on("POST /planning", *PREVIEW)
async def plan(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Tell which villages lie inside, and how many people that are; nothing is kept."""
    office, said = request.app[HOUSE].office(), dict(await fields(request))
    try:
        tags = await tags_sent(request)
        shapes = await _drawn(request, said)
        found = await plan_area(office, visitor.staff, shapes, tags=tags)
    except Mistakes as error:
        cells = row_mistakes.told(error.mistakes)
        return _page(request, said, wrong=Wrong(kind="file", cells=cells))
    except TooLarge:
        return _page(request, said, wrong=Wrong(kind="large"))
    except _NoPoint as error:
        return _page(request, said, wrong=Wrong(kind="polygon", line=error.line))
    except BadInput:
        return _page(request, said, wrong=Wrong(kind=said.get("kind", "")))
    return _page(request, said, found=found)


async def _drawn(request: web.Request, said: dict[str, str]) -> tuple[Shape, ...]:
    """Read what was drawn.

    Raises:
        BadInput: it is no shape; Mistakes: the file cannot be read.
    """
    match said.get("kind"):
        case "circle":
            centre = Point(_number(said, "lon"), _number(said, "lat"))
            return (Circle(centre, _number(said, "km") * KILOMETRE),)
        case "polygon":
            return (Polygon.of(_pairs(said.get("points", ""))),)
        case "track":
            return await _circles(request, said)
        case _:
            raise BadInput("choose a circle, a polygon or a track file")


async def _circles(request: web.Request, said: dict[str, str]) -> tuple[Shape, ...]:
    file = await file_sent(request, "file")
    points = await asyncio.to_thread(read_tracks, file.name, file.content)
    level = said.get("level", "")
    if level not in map(str, WIND_LEVELS):
        raise BadInput("choose the force of the wind: 7, 10 or 12")
    return wind_circles(
        points,
        level=int(level),
        typhoon=said.get("typhoon", "").strip(),
        since=moment_in(said.get("day", ""), said.get("hour", "")),
        until=moment_in(said.get("last_day", ""), said.get("last_hour", "")),
    )


def _number(said: dict[str, str], name: str) -> float:
    try:
        return float(said.get(name, "").strip())
    except ValueError as error:
        raise BadInput(f"“{said.get(name, '')[:20]}” is no number ({name})") from error


def _pairs(text: str) -> list[tuple[float, float]]:
    """Read `longitude,latitude`, one a line; a ring that is left open is not closed for anybody."""
    pairs = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        try:
            lon, lat = (float(one) for one in line.replace("，", ",").split(","))
        except ValueError as error:
            raise _NoPoint(number) from error
        pairs.append((lon, lat))
    return pairs


def _page(
    request: web.Request,
    said: dict[str, str],
    *,
    found: Plan | None = None,
    wrong: Wrong | None = None,
) -> web.Response:
    return page(
        request,
        "warnings/planning.html",
        said=said,
        kind=said.get("kind") if said.get("kind") in KINDS else KINDS[0],
        found=found,
        wrong=wrong,
        risks=tuple(RiskTag),
        levels=WIND_LEVELS,
        shown=SHOWN,
    )
