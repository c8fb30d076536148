"""Adoption (认领) inside a draft: a department ticks what it vouches for."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.editing.bench import Bench, bench_of, page_number, shown
from bot.console.routes import Pages, Visitor
from bot.console.sent import pairs_of_staff
from bot.console.show import see_other
from data.civic.errors import Conflict
from data.civic.knowing.adoptions import Spot, digest_of, said
from data.civic.knowing.guides import Element, Guide, Standing
from handlers.acts import drafts
from handlers.acts.read_draft import lines_of
from handlers.acts.vouch import may_vouch, vouch

GUIDES_A_PAGE = 10

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What can be ticked."""

    spot: Spot
    element: Element
    digest: str
    label: str
    """Of which part of the guide; empty: for everyone."""


@pages.on("GET /drafts/{draft}/adopt", *drafts.READ)
async def adopt(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List what a department has still to vouch for, guide by guide."""
    bench = await bench_of(request, visitor)
    lines = await lines_of(bench.office, bench.says)
    left = [one for one in lines.values() if one.samples or one.unread]
    departments = sorted({one.department for one in left})
    wanted = request.query.get("department") or bench.staff.department
    asked = request.query.get("guide", "")
    mine = [
        bench.says.guides[one.id]
        for one in left
        if one.department == wanted and asked in ("", one.id)
    ]
    number, last = page_number(request, len(mine), each=GUIDES_A_PAGE)
    start = (number - 1) * GUIDES_A_PAGE
    return shown(
        request,
        bench,
        "adopt.html",
        guides=[(one, _rows(bench, one)) for one in mine[start : start + GUIDES_A_PAGE]],
        found=len(mine),
        number=number,
        last=last,
        department=wanted,
        departments=departments,
        may=may_vouch(bench.staff, wanted),
        sources=bench.says.sources,
        wanted=request.query,
    )


@pages.on("POST /drafts/{draft}/adopt", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Adopt what was ticked."""
    bench = await bench_of(request, visitor)
    given = await pairs_of_staff(request)
    ticked = (said_so.rpartition("#") for name, said_so in given if name == "tick")
    department = next((said_so for name, said_so in given if name == "department"), "")
    place = f"{bench.place}/adopt?department={department}"
    try:
        count = await vouch(
            bench.office, bench.staff, bench.draft.id, {spot: sha for spot, _, sha in ticked}
        )
    except Conflict:
        return see_other(f"{place}&notice=changed")
    return see_other(f"{place}&notice={'adopted' if count else 'none'}")


def _rows(bench: Bench, guide: Guide) -> list[Row]:
    """List what is to be checked; the summary goes with anything that may change under it."""
    return [
        Row(
            spot=spot,
            element=element,
            digest=digest_of(element),
            label=_label(bench, guide, spot),
        )
        for spot, element in said(guide).items()
        if element.to_check or (spot.element is None and not element.adopted)
        if element.standing is not Standing.NOT_STATED
    ]


def _label(bench: Bench, guide: Guide, spot: Spot) -> str:
    if spot.variant:
        return bench.office.release.places.full_name(spot.variant)
    situation = guide.situation(spot.situation)
    return situation.label if situation else ""
