"""Guides of a draft: the list, one as a whole, what it is, a new one."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from aiohttp import web

from bot.console.editing.bench import A_PAGE, Bench, bench_of, page_number, shown
from bot.console.editing.naming import name_for
from bot.console.editing.sheet import Filling, Sheet, opened, removed, sent
from bot.console.routes import Pages, Visitor
from bot.console.sent import joined
from bot.console.show import see_other
from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.ids import GuideId
from data.civic.knowing.adoptions import said
from data.civic.knowing.guides import ElementName, Guide
from data.civic.knowing.reading import of_guide
from data.civic.knowing.upkeep import GuideLine
from data.content.forms.form import Filled
from data.content.forms.guides import BASICS, NOT_STATED, path_of
from data.content.shapes.guides import GuideShape
from handlers.acts import drafts
from handlers.acts.read_draft import lines_of

VALID_FOR = timedelta(days=365)
"""So long a new guide is valid, unless its author says otherwise."""

pages = Pages()


class Lacking(StrEnum):
    """What a list of guides can be narrowed to."""

    SAMPLE = "sample"
    NOT_STATED = "not_stated"
    UNREAD = "unread"
    COMPLETE = "complete"


class Until(StrEnum):
    """When a guide has to be looked at."""

    PAST = "past"
    WEEK = "week"
    MONTH = "month"


@pages.on("GET /drafts/{draft}/guides", *drafts.READ)
async def guides(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List guides by words, department, what they lack and when they end."""
    bench, wanted = await bench_of(request, visitor), request.query
    lines = (await lines_of(bench.office, bench.says)).values()
    today = local(bench.office.clock.now()).date()
    kept = narrowed(lines, wanted, today)
    number, last = page_number(request, len(kept))
    return shown(
        request,
        bench,
        "guides.html",
        lines=kept[(number - 1) * A_PAGE : number * A_PAGE],
        found=len(kept),
        number=number,
        last=last,
        wanted=wanted,
        today=today,
        departments=sorted({one.department for one in lines}),
        lacking=tuple(Lacking),
        until=tuple(Until),
        edited={path.removeprefix("guides/")[:-5] for path in bench.draft.edits},
    )


@pages.on("GET /drafts/{draft}/guides/new", *drafts.WRITE)
async def new(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the empty form of a new guide; of an intent just made, filled as far as it can be."""
    bench = await bench_of(request, visitor)
    return _basics(request, bench, None, Filling(values=_beginning(request, bench), seen=""))


@pages.on("POST /drafts/{draft}/guides/new", *drafts.WRITE)
async def make(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Make a new guide; its elements are not stated until somebody writes them."""
    bench, given = await bench_of(request, visitor), await joined(request)
    asked, taken = given.get("id", ""), bench.says.guides
    fits = asked in bench.says.intents and asked not in taken
    name = GuideId(asked if fits else name_for(given.get("title", ""), taken, kind="guide"))
    if (twin := _twin(bench, given)) is not None:
        return see_other(f"{bench.place}/guides/{twin}?notice=made")
    filling = await sent(bench, _sheet(name), given)
    if filling is not None:
        return _basics(request, bench, None, filling)
    return see_other(f"{bench.place}/guides/{name}?notice=made")


@pages.on("GET /drafts/{draft}/guides/{guide}", *drafts.READ)
async def guide(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show everything that a guide says, each with the way to change it."""
    bench = await bench_of(request, visitor)
    found = the_guide(request, bench)
    rules = bench.office.release.rules.reading
    return shown(
        request,
        bench,
        "guide.html",
        guide=found,
        said=said(found),
        hints=of_guide(found, rules),
        sources=bench.says.sources,
        names=tuple(ElementName),
        today=local(bench.office.clock.now()).date(),
        asked_by=[one for one in bench.says.intents.values() if one.guide == found.id],
        areas=sorted(bench.office.release.places.areas.items()),
    )


@pages.on("GET /drafts/{draft}/guides/{guide}/basics", *drafts.READ)
async def basics(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show the form of what a guide is: names, owner, days, the short version."""
    bench = await bench_of(request, visitor)
    found = the_guide(request, bench)
    return _basics(request, bench, found, await opened(bench, _sheet(found.id)))


@pages.on("POST /drafts/{draft}/guides/{guide}/basics", *drafts.WRITE)
async def save(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Save what a guide is."""
    bench = await bench_of(request, visitor)
    found = the_guide(request, bench)
    filling = await sent(bench, _sheet(found.id), await joined(request))
    if filling is not None:
        return _basics(request, bench, found, filling)
    return see_other(f"{bench.place}/guides/{found.id}?notice=saved")


@pages.on("POST /drafts/{draft}/guides/{guide}/remove", *drafts.WRITE)
async def remove(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take a guide out, unless an intent is answered by it."""
    bench = await bench_of(request, visitor)
    found = the_guide(request, bench)
    if any(one.guide == found.id for one in bench.says.intents.values()):
        return see_other(f"{bench.place}/guides/{found.id}?notice=needed")
    await removed(bench, path_of(found.id))
    return see_other(f"{bench.place}/guides?notice=removed")


def the_guide(request: web.Request, bench: Bench) -> Guide:
    """Find the guide that the address names.

    Raises:
        NotFound: the draft has no such guide, or it cannot be read.
    """
    name = GuideId(request.match_info["guide"])
    if name not in bench.says.guides:
        raise NotFound(f"no guide {name} in this draft: see the list of guides")
    return bench.says.guides[name]


def narrowed(lines: Iterable[GuideLine], wanted: Filled, today: date) -> list[GuideLine]:
    """Pick the guides that a list is asked for."""
    words = wanted.get("q", "").strip().lower()
    return [
        one
        for one in lines
        if words in one.sought
        and wanted.get("department") in (None, "", one.department)
        and _lacks(one, wanted.get("lacking", ""))
        and _ends(one, wanted.get("until", ""), today)
    ]


def _lacks(one: GuideLine, what: str) -> bool:
    match what:
        case Lacking.SAMPLE:
            return bool(one.samples)
        case Lacking.NOT_STATED:
            return bool(one.not_stated)
        case Lacking.UNREAD:
            return bool(one.unread)
        case Lacking.COMPLETE:
            return one.complete
    return True


def _ends(one: GuideLine, when: str, today: date) -> bool:
    left = one.next_due.left(today)
    match when:
        case Until.PAST:
            return left < 0
        case Until.WEEK:
            return left <= 7
        case Until.MONTH:
            return left <= 30
    return True


def _twin(bench: Bench, given: Filled) -> GuideId | None:
    """Find the guide that this very form has made before: it was sent twice."""
    same = (given.get("title", "").strip(), given.get("summary", "").strip())
    guides = bench.says.guides.values()
    return next((one.id for one in guides if (one.title, one.summary.full) == same), None)


def _sheet(name: GuideId) -> Sheet:
    elements = {one.value: dict(NOT_STATED) for one in ElementName}
    return Sheet(
        path=path_of(name), form=BASICS, shape=GuideShape, onto={"id": name, "elements": elements}
    )


def _basics(
    request: web.Request, bench: Bench, guide: Guide | None, filling: Filling
) -> web.Response:
    guides = bench.says.guides.values()
    return shown(
        request,
        bench,
        "basics.html",
        guide=guide,
        filling=filling,
        departments=sorted({one.department for one in guides}),
        item_types=sorted({one.item_type for one in guides}),
        levels=sorted({one.level for one in guides}),
        wanted_id=request.query.get("id", filling.get("id")),
    )


def _beginning(request: web.Request, bench: Bench) -> dict[str, str]:
    """Fill in what is known of a new guide."""
    today = local(bench.office.clock.now()).date()
    intent = next(
        (one for key, one in bench.says.intents.items() if key == request.query.get("id")), None
    )
    return {
        "id": intent.id if intent else "",
        "title": intent.title if intent else "",
        "department": intent.department if intent else bench.staff.department,
        "checked_on": today.isoformat(),
        "valid_until": (today + VALID_FOR).isoformat(),
    }
