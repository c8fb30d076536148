"""Guides and places: what the pages show without a conversation."""

from typing import Annotated

from aiohttp import web
from pydantic import StringConstraints

from bot.api.bodies import read_query
from bot.api.pages import PAGES
from bot.api.routes import Routes, answer, written
from bot.api.wire import (
    AreaText,
    ElementOut,
    GuideLine,
    GuideOut,
    GuidesOut,
    MaterialOut,
    PlaceOut,
    PlacesOut,
    Wire,
)
from bot.doors import HOUSE
from data.civic.areas import Area
from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.ids import AreaCode, GuideId
from data.civic.knowing.guides import Element, ElementName, Guide
from data.civic.knowing.releases import Release
from handlers import guide_words
from handlers.office import Office

MOST = 20

routes = Routes()


class Query(Wire):
    """What is looked for; empty: all guides by their titles."""

    q: Annotated[str, StringConstraints(max_length=100)] = ""


class Where(Wire):
    """For which area; none: the county."""

    area: AreaText | None = None


@routes.on("GET /guides", summary="Find guides", query=Query, answer=GuidesOut, open=True)
async def find(request: web.Request) -> web.Response:
    """List guides: those nearest to the query, or all."""
    office = request.app[HOUSE].office()
    wanted = read_query(request, Query).q.strip()
    if not wanted:
        guides = sorted(office.release.guides.values(), key=lambda one: one.title)
    else:
        guides = [office.release.guides[h.guide] for h in office.search.search(wanted, MOST)]
    return answer(GuidesOut(guides=[_line(one) for one in guides]))


@routes.on("GET /guides/{id}", summary="Read a guide", query=Where, answer=GuideOut, open=True)
async def read(request: web.Request) -> web.Response:
    """Give a guide as it holds for an area."""
    office = request.app[HOUSE].office()
    guide = office.release.guides.get(GuideId(request.match_info["id"]))
    if guide is None:
        raise NotFound("there is no such guide: see /api/v1/guides")
    area = AreaCode(read_query(request, Where).area or office.release.places.county)
    if area not in office.release.places.areas:
        raise NotFound("there is no such area: see /api/v1/places")
    key = ("guide", office.release.id, guide.id, area, local(office.clock.now()).date())
    body = request.app[PAGES].body(key, lambda: written(_guide(office, guide, area)))
    return web.Response(body=body, content_type="application/json")


@routes.on("GET /places", summary="List places to choose", answer=PlacesOut, open=True)
async def places(request: web.Request) -> web.Response:
    """List the county and its towns."""
    known = request.app[HOUSE].office().release.places
    county = PlaceOut(code=known.county, name=known.name(known.county))
    return answer(PlacesOut(county=county, towns=[_place(one) for one in known.towns()]))


def _line(guide: Guide) -> GuideLine:
    return GuideLine(id=guide.id, title=guide.title, department=guide.department)


def _place(area: Area) -> PlaceOut:
    return PlaceOut(code=area.code, name=area.name)


def _guide(office: Office, guide: Guide, area: AreaCode) -> GuideOut:
    shown = guide_words.shown(office, guide, area=area, situation=None)
    expired = guide.expired(shown.today)
    summary = guide_words.expired(shown) if expired else guide_words.summary(shown)
    names = () if expired else tuple(ElementName)
    return GuideOut(
        id=guide.id,
        version=guide.version,
        title=guide.title,
        department=guide.department,
        area=area,
        summary=summary.full,
        plain=summary.plain,
        speech=summary.spoken,
        checked_on=guide.checked_on.isoformat(),
        expired=expired,
        elements=[_element(office.release, name, shown.element(name)) for name in names],
    )


def _element(release: Release, name: ElementName, one: Element) -> ElementOut:
    return ElementOut(
        name=name,
        status=one.standing,
        text=one.text,
        plain=one.plain,
        items=[
            MaterialOut(name=m.name, form=m.form, note=m.note, electronic=m.electronic)
            for m in one.items
        ],
        to_check=one.to_check,
        basis=[release.sources[key].name for key in one.basis],
    )
