"""Where a guide differs: a situation that the citizen's words name, or an area."""

from collections.abc import Sequence

from aiohttp import web

from bot.console.editing.bench import Bench, bench_of, shown
from bot.console.editing.guides import the_guide
from bot.console.editing.naming import name_for
from bot.console.editing.sheet import Filling, Sheet, changed, opened, sent
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode
from data.civic.knowing.guides import ElementName, Guide
from data.content.forms.guides import SITUATION, Place, part_at, path_of, with_part
from data.content.shapes.guides import SituationShape
from data.content.writing import Table
from handlers.acts import drafts

pages = Pages()

GUIDE = "/drafts/{draft}/guides/{guide}"


@pages.on(f"GET {GUIDE}/situations/new", *drafts.WRITE)
async def new_situation(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the empty form of a situation."""
    bench = await bench_of(request, visitor)
    return _page(request, bench, the_guide(request, bench), Filling(values={}, seen=""))


@pages.on(f"POST {GUIDE}/situations/new", *drafts.WRITE)
async def make_situation(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Add a situation; what differs in it is written next."""
    bench, given = await bench_of(request, visitor), await joined(request)
    guide = the_guide(request, bench)
    taken = {one.id for one in guide.situations}
    name = name_for(given.get("label", ""), taken, kind="case")
    label = given.get("label", "").strip()
    if (twin := next((one.id for one in guide.situations if one.label == label), None)) is not None:
        return see_other(f"{_place(bench, guide)}#{twin}")
    filling = await sent(bench, _sheet(guide, name), given)
    if filling is not None:
        return _page(request, bench, guide, filling)
    return see_other(f"{_place(bench, guide)}?notice=situation#{name}")


@pages.on(f"GET {GUIDE}/situations/{{situation}}", *drafts.READ)
async def situation(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of a situation: what it is called and by which words it is heard."""
    bench = await bench_of(request, visitor)
    guide = the_guide(request, bench)
    name = _situation(request, guide)
    return _page(request, bench, guide, await opened(bench, _sheet(guide, name)))


@pages.on(f"POST {GUIDE}/situations/{{situation}}", *drafts.WRITE)
async def save_situation(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save a situation."""
    bench = await bench_of(request, visitor)
    guide = the_guide(request, bench)
    name = _situation(request, guide)
    filling = await sent(bench, _sheet(guide, name), await joined(request))
    if filling is not None:
        return _page(request, bench, guide, filling)
    return see_other(f"{_place(bench, guide)}?notice=saved#{name}")


@pages.on(f"POST {GUIDE}/situations/{{situation}}/remove", *drafts.WRITE)
async def remove_situation(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take a situation out with all that differs in it."""
    bench = await bench_of(request, visitor)
    guide = the_guide(request, bench)
    place = Place(situation=_situation(request, guide))
    return await _without(bench, guide, place)


@pages.on(f"POST {GUIDE}/variants/new", *drafts.WRITE)
async def make_variant(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Add an area in which an element differs, and go on to that element."""
    bench, given = await bench_of(request, visitor), await joined(request)
    guide = the_guide(request, bench)
    area, element = AreaCode(given.get("area", "")), given.get("element", "")
    if area not in bench.office.release.places.areas or element not in set(ElementName):
        raise BadInput("choose an area and an element from the lists")
    place = Place(variant=area)
    if all(one.area != area for one in guide.variants):
        path, empty = path_of(guide.id), {"area": area, "elements": {}}
        await changed(bench, path, lambda whole: _once(whole, place, empty))
    return see_other(f"{_place(bench, guide)}/elements/{element}?variant={area}&notice=variant")


@pages.on(f"POST {GUIDE}/variants/{{area}}/remove", *drafts.WRITE)
async def remove_variant(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take an area out: what the guide says for everyone holds there too."""
    bench = await bench_of(request, visitor)
    return await _without(
        bench, the_guide(request, bench), Place(variant=request.match_info["area"])
    )


async def _without(bench: Bench, guide: Guide, place: Place) -> web.Response:
    await changed(bench, path_of(guide.id), lambda whole: with_part(whole, place, None))
    return see_other(f"{_place(bench, guide)}?notice=saved")


def _once(whole: Table, place: Place, empty: Table) -> Table:
    """Add a part, unless a colleague has added it meanwhile."""
    return whole if part_at(whole, place) is not None else with_part(whole, place, empty)


def _situation(request: web.Request, guide: Guide) -> str:
    name = request.match_info["situation"]
    if guide.situation(name) is None:
        raise NotFound(f"guide {guide.id} has no situation {name} any more")
    return name


def _sheet(guide: Guide, name: str) -> Sheet:
    place = Place(situation=name)
    return Sheet(
        path=path_of(guide.id),
        form=SITUATION,
        shape=SituationShape,
        take=lambda whole: part_at(whole, place),
        put=lambda whole, part: with_part(whole, place, part),
        onto={"id": name, "elements": {}},
    )


def _place(bench: Bench, guide: Guide) -> str:
    return f"{bench.place}/guides/{guide.id}"


def _page(request: web.Request, bench: Bench, guide: Guide, filling: Filling) -> web.Response:
    name = request.match_info.get("situation", "")
    others: Sequence[str] = [
        f"{one.label}: {'、'.join(one.words)}" for one in guide.situations if one.id != name
    ]
    return shown(
        request, bench, "situation.html", guide=guide, name=name, filling=filling, others=others
    )
