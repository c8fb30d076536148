"""Sources of a draft: the laws, regulations and notices that guides rest on."""

from collections.abc import AsyncIterator, Mapping

from aiohttp import web

from bot.console.editing.bench import A_PAGE, Bench, bench_of, page_number, shown
from bot.console.editing.naming import name_for
from bot.console.editing.sheet import Filling, Sheet, opened, sent
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.knowing.guides import Basis
from data.civic.knowing.upkeep import READ_AGAIN
from data.content.forms.form import Filled
from data.content.forms.words import SOURCE
from data.content.shapes.sources import BasisShape
from data.content.writing import Table
from handlers.acts import drafts

ADDED = "sources/added.toml"
"""Where new sources stand."""

pages = Pages()


@pages.on("GET /drafts/{draft}/sources", *drafts.READ)
async def sources(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List sources by their words; those that nobody opened, or long ago, if asked for."""
    bench, wanted = await bench_of(request, visitor), request.query
    today = local(bench.office.clock.now()).date()
    old = {
        key
        for key, one in bench.says.sources.items()
        if one.read_on is None or one.read_on + READ_AGAIN < today
    }
    kept = [one for key, one in bench.says.sources.items() if _fits(one, wanted, is_old=key in old)]
    number, last = page_number(request, len(kept))
    return shown(
        request,
        bench,
        "sources.html",
        sources=kept[(number - 1) * A_PAGE : number * A_PAGE],
        old=old,
        found=len(kept),
        number=number,
        last=last,
        wanted=wanted,
        used=_used(bench),
    )


@pages.on("GET /drafts/{draft}/sources/new", *drafts.WRITE)
async def new(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the empty form of a source."""
    bench = await bench_of(request, visitor)
    return _page(request, bench, "", Filling(values={}, seen="", new=True))


@pages.on("POST /drafts/{draft}/sources/new", *drafts.WRITE)
async def make(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Add a source."""
    bench, given = await bench_of(request, visitor), await joined(request)
    name, filling = await added(bench, given)
    if filling is not None:
        return _page(request, bench, "", filling)
    return see_other(f"{bench.place}/sources/{name}?notice=saved")


@pages.on("GET /drafts/{draft}/sources/{source}", *drafts.READ)
async def source(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of a source."""
    bench, name = await bench_of(request, visitor), request.match_info["source"]
    return _page(request, bench, name, await opened(bench, await _sheet(bench, name)))


@pages.on("POST /drafts/{draft}/sources/{source}", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save a source; every fact that rests on it is read or unread with it."""
    bench, name = await bench_of(request, visitor), request.match_info["source"]
    filling = await sent(bench, await _sheet(bench, name), await joined(request))
    if filling is not None:
        return _page(request, bench, name, filling)
    return see_other(f"{bench.place}/sources/{name}?notice=saved")


async def added(bench: Bench, given: Filled) -> tuple[str, Filling | None]:
    """Add a source, unless it stands already; tell its key, and the form again if it is wrong."""
    same = (given.get("name", "").strip(), given.get("number", "").strip())
    for key, one in bench.says.sources.items():
        if (one.name, one.number) == same:
            return key, None
    taken = {key.replace("-", "_") for key in bench.says.sources}
    name = name_for(same[0], taken, kind="source").replace("_", "-")
    return name, await sent(bench, _at(ADDED, name), given)


async def _sheet(bench: Bench, name: str) -> Sheet:
    async for path, whole in _files(bench):
        if name in whole:
            return _at(path, name)
    raise NotFound(f"no source {name} in this draft: see the list of sources")


async def _files(bench: Bench) -> AsyncIterator[tuple[str, Table]]:
    for path in sorted(await drafts.files_of(bench.office, bench.draft)):
        if path.startswith("sources/"):
            _, whole, _ = await bench.file(path)
            yield path, whole


def _at(path: str, name: str) -> Sheet:
    return Sheet(
        path=path,
        form=SOURCE,
        shape=BasisShape,
        take=lambda whole: whole.get(name),
        put=lambda whole, part: {**whole, name: part},
    )


def _used(bench: Bench) -> Mapping[str, int]:
    """Count the guides that rest on each source."""
    counts: dict[str, int] = {}
    for guide in bench.says.guides.values():
        for key in {key for one in guide.elements.values() for key in one.basis}:
            counts[key] = counts.get(key, 0) + 1
    return counts


def _fits(one: Basis, wanted: Filled, *, is_old: bool) -> bool:
    words = wanted.get("q", "").strip()
    said = f"{one.id} {one.name} {one.number} {one.issuer}"
    return words in said and (not wanted.get("old") or is_old)


def _page(request: web.Request, bench: Bench, name: str, filling: Filling) -> web.Response:
    resting = [
        one
        for one in bench.says.guides.values()
        if name and any(name in element.basis for element in one.elements.values())
    ]
    return shown(request, bench, "source.html", name=name, filling=filling, resting=resting)
