"""One element of a guide: what it says, how far it can be trusted, on what it rests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from aiohttp import web

from bot.console.editing.bench import Bench, bench_of, shown
from bot.console.editing.guides import the_guide
from bot.console.editing.sheet import SEEN, Filling, Sheet, changed, opened, sent
from bot.console.editing.sources import added
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.errors import NotFound
from data.civic.ids import AreaCode
from data.civic.knowing.adoptions import Spot, said
from data.civic.knowing.guides import Basis, ElementName, Guide, Standing, Words
from data.civic.knowing.reading import of_guide
from data.content.faults import Fault
from data.content.forms.form import Filled
from data.content.forms.guides import ELEMENT, Place, part_at, path_of, with_element
from data.content.shapes.guides import ElementShape
from data.content.writing import Table
from handlers.acts import drafts

NEW = "source."
"""How the fields of a new source begin, in the form of the element that rests on it."""

pages = Pages()

ELEMENT_PATH = "/drafts/{draft}/guides/{guide}/elements/{element}"


@pages.on(f"GET {ELEMENT_PATH}", *drafts.READ)
async def element(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of an element; `situation` or `variant` say of which part."""
    bench = await bench_of(request, visitor)
    guide, name, place = _asked(request, bench)
    filling = await opened(bench, _sheet(bench, guide, name, place))
    return _page(request, bench, guide, _corrected(guide, _spot(guide, name, place), filling))


@pages.on(f"POST {ELEMENT_PATH}", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save an element; the button says whether the next one follows."""
    bench, given = await bench_of(request, visitor), await joined(request)
    guide, name, place = _asked(request, bench)
    given, wrong = await _with_new_source(bench, given)
    if wrong is not None:
        return _page(request, bench, guide, wrong)
    bench = await bench_of(request, visitor)
    filling = await sent(bench, _sheet(bench, guide, name, place), given)
    if filling is not None:
        return _page(request, bench, guide, filling)
    after = _next(name)
    if given.get("then") == "next" and after is not None and place.key is None:
        return see_other(f"{bench.place}/guides/{guide.id}/elements/{after.value}?notice=saved")
    return see_other(f"{bench.place}/guides/{guide.id}?notice=saved#{anchor(name, place)}")


@pages.on(f"POST {ELEMENT_PATH}/drop", *drafts.WRITE)
async def drop(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take an element out of a situation or area: what the guide says holds there too."""
    bench = await bench_of(request, visitor)
    guide, name, place = _asked(request, bench)
    if place.key is None:
        raise NotFound("a guide keeps all its elements: say that it is not stated")
    await changed(bench, path_of(guide.id), lambda whole: with_element(whole, place, name, None))
    return see_other(f"{bench.place}/guides/{guide.id}?notice=saved")


def anchor(name: ElementName, place: Place) -> str:
    """Name the place of an element on the guide's page."""
    return "-".join(filter(None, (place.situation, place.variant, name.value)))


def place_asked(request: web.Request) -> Place:
    """Tell of which part of a guide the address speaks."""
    query = request.query
    return Place(situation=query.get("situation", ""), variant=query.get("variant", ""))


def _asked(request: web.Request, bench: Bench) -> tuple[Guide, ElementName, Place]:
    guide, place = the_guide(request, bench), place_asked(request)
    try:
        name = ElementName(request.match_info["element"])
    except ValueError as error:
        raise NotFound("a guide has no such element: see the guide") from error
    situations = {"", *(one.id for one in guide.situations)}
    variants = {"", *(str(one.area) for one in guide.variants)}
    if place.situation not in situations or place.variant not in variants:
        raise NotFound("the guide has no such part any more: see the guide")
    return guide, name, place


def _sheet(bench: Bench, guide: Guide, name: ElementName, place: Place) -> Sheet:
    def take(whole: Table) -> Table | None:
        part = part_at(whole, place) or {}
        found: Table | None = part.get("elements", {}).get(name.value)
        return found

    return Sheet(
        path=path_of(guide.id),
        form=ELEMENT,
        shape=ElementShape,
        take=take,
        put=lambda whole, part: with_element(whole, place, name, part),
        onto={"status": Standing.NOT_STATED.value},
        also=partial(_rests, bench.says.sources),
    )


async def _rests(sources: Mapping[str, Basis], table: Table) -> Sequence[Fault]:
    unknown = [key for key in table.get("basis", ()) if key not in sources]
    what = "、".join(unknown)
    return [Fault(field="basis", code="unknown_basis", what=what, limit=what)] if what else []


def _page(request: web.Request, bench: Bench, guide: Guide, filling: Filling) -> web.Response:
    name, place = ElementName(request.match_info["element"]), place_asked(request)
    spot = _spot(guide, name, place)
    chosen = filling.lines("basis")
    return shown(
        request,
        bench,
        "element.html",
        guide=guide,
        element=name,
        part=place,
        situation=guide.situation(place.situation),
        filling=filling,
        hints=of_guide(guide, bench.office.release.rules.reading).get(spot, ()),
        adopted=(one := said(guide).get(spot)) is not None and one.adopted,
        standings=tuple(Standing),
        sources=_near_sources(bench, guide, chosen),
        chosen=chosen,
        after=_next(name) if place.key is None else None,
    )


async def _with_new_source(bench: Bench, given: Filled) -> tuple[Filled, Filling | None]:
    """Add the source that was written in beside the element, and let the element rest on it."""
    source = {key.removeprefix(NEW): one for key, one in given.items() if key.startswith(NEW)}
    if not any(one.strip() for one in source.values()):
        return given, None
    name, filling = await added(bench, source)
    if filling is None:
        kept = {key: one for key, one in given.items() if not key.startswith(NEW)}
        return kept | {"basis": f"{given.get('basis', '')}\n{name}"}, None
    wrong = {f"{NEW}{field}": one for field, one in filling.wrong.items()}
    return given, Filling(values=given, seen=given.get(SEEN, ""), wrong=wrong)


def _spot(guide: Guide, name: ElementName, place: Place) -> Spot:
    return Spot(
        guide=guide.id,
        element=name,
        situation=place.situation or None,
        variant=AreaCode(place.variant) if place.variant else None,
    )


def _corrected(guide: Guide, spot: Spot, filling: Filling) -> Filling:
    """Fill in what citizens read, where a department corrected the words when it adopted them."""
    now = said(guide).get(spot)
    if now is None or not now.adopted:
        return filling
    words: dict[str, str] = {"status": now.standing.value, "text": now.text, "plain": now.plain}
    for number, item in enumerate(now.items):
        fields = {"name": item.name, "form": item.form, "note": item.note}
        fields["electronic"] = item.electronic
        words |= {f"items.{number}.{key}": said_so for key, said_so in fields.items()}
    kept = {key: one for key, one in filling.values.items() if not key.startswith("items.")}
    if kept.get("plain") == "" and now.plain == Words.of(now.text, now.items).plain:
        words["plain"] = ""
    return replace(filling, values=kept | words)


def _near_sources(bench: Bench, guide: Guide, chosen: Sequence[str]) -> list[Basis]:
    """List the sources to choose from: those chosen, of this guide, then of its department."""
    known = bench.says.sources
    mine = [key for one in guide.elements.values() for key in one.basis]
    theirs = [
        key
        for other in bench.says.guides.values()
        if other.department == guide.department
        for one in other.elements.values()
        for key in one.basis
    ]
    fresh = [key for key in known if key not in bench.office.release.sources]
    return [known[key] for key in dict.fromkeys([*chosen, *mine, *fresh, *theirs]) if key in known]


def _next(name: ElementName) -> ElementName | None:
    names = list(ElementName)
    at = names.index(name) + 1
    return names[at] if at < len(names) else None
