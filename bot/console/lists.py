"""Lists of what is served: what is incomplete, hard to read, due, and whose it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from aiohttp import web

from bot.console.editing.bench import A_PAGE, page_number
from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.ids import GuideId, IntentId, ReleaseId
from data.civic.knowing.upkeep import GuideLine
from handlers.acts import drafts, reminders
from handlers.acts.read_draft import lines_of
from handlers.office import Office

pages = Pages()


class Wanted(StrEnum):
    """Which list."""

    COMPLETENESS = "completeness"
    READING = "reading"
    DUE = "due"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What one department has."""

    guides: int = 0
    complete: int = 0
    samples: int = 0
    not_stated: int = 0
    unread: int = 0
    adopted: int = 0
    hard: int = 0
    due: int = 0
    """Guides with a day within 30 days, or past."""


_SUMS: dict[tuple[ReleaseId, date], Mapping[str, Sum]] = {}


@pages.on("GET /lists", *reminders.READ)
async def lists(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show one of the lists, by department if asked for."""
    office, query = request.app[HOUSE].office(), request.query
    which = Wanted(query["what"]) if query.get("what") in set(Wanted) else Wanted.COMPLETENESS
    lines = (await lines_of(office)).values()
    today = local(office.clock.now()).date()
    kept = _sorted(which, [one for one in lines if _belongs(which, one, query, today)])
    number, last = page_number(request, len(kept))
    return page(
        request,
        "editing/lists.html",
        what=which,
        every=tuple(Wanted),
        lines=kept[(number - 1) * A_PAGE : number * A_PAGE],
        sums=_sums(office.release.id, lines, today),
        found=len(kept),
        number=number,
        last=last,
        today=today,
        wanted=query,
        reminders=await reminders.waiting(office, visitor.staff) if which is Wanted.DUE else [],
        may_edit=visitor.staff.may(*drafts.WRITE),
        notice=query.get("notice", ""),
        **_release(office),
    )


@pages.on("POST /lists/edit", *drafts.WRITE)
async def edit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Open a guide or an intent in this person's own draft, or a new one."""
    office, form = request.app[HOUSE].office(), await fields(request)
    guide, intent = GuideId(form.get("guide", "")), IntentId(form.get("intent", ""))
    if guide not in office.release.guides and intent not in office.release.intents:
        raise NotFound("there is no such guide or intent any more: see the lists")
    draft = await drafts.mine_or_new(office, visitor.staff)
    which = f"guides/{guide}" if guide else f"intents/{intent}"
    return see_other(f"/drafts/{draft.id}/{which}")


@pages.on("POST /lists/note", *reminders.READ)
async def take_note(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take note of a reminder: it is shown no more until the next one."""
    form = await fields(request)
    await reminders.take_note(request.app[HOUSE].office(), visitor.staff, form.get("id", ""))
    return see_other(f"/lists?what={Wanted.DUE}&notice=noted")


def _belongs(which: Wanted, one: GuideLine, query: Mapping[str, str], today: date) -> bool:
    if query.get("department") not in (None, "", one.department):
        return False
    if query.get("q", "").strip().lower() not in one.sought:
        return False
    match which:
        case Wanted.COMPLETENESS:
            return not one.complete
        case Wanted.READING:
            return bool(one.hints)
        case Wanted.DUE:
            return any(due.threshold(today) is not None for due in one.due)
        case Wanted.OWNERS:
            return True


def _sorted(which: Wanted, lines: list[GuideLine]) -> Sequence[GuideLine]:
    match which:
        case Wanted.COMPLETENESS:
            return sorted(lines, key=lambda one: -len(one.samples) - len(one.not_stated))
        case Wanted.READING:
            return sorted(lines, key=lambda one: -sum(map(len, one.hints.values())))
        case Wanted.DUE:
            return sorted(lines, key=lambda one: one.next_due.day)
        case Wanted.OWNERS:
            return sorted(lines, key=lambda one: (one.department, one.id))


def _sums(release: ReleaseId, lines: Iterable[GuideLine], today: date) -> Mapping[str, Sum]:
    """Sum up by department; once a release and day."""
    if (release, today) not in _SUMS:
        _SUMS.clear()
        _SUMS[release, today] = _summed(lines, today)
    return _SUMS[release, today]


def _summed(lines: Iterable[GuideLine], today: date) -> Mapping[str, Sum]:
    counts: dict[str, Counter[str]] = {}
    for one in lines:
        mine = counts.setdefault(one.department, Counter())
        mine["guides"] += 1
        mine["complete"] += one.complete
        mine["samples"] += len(one.samples)
        mine["not_stated"] += len(one.not_stated)
        mine["unread"] += len(one.unread)
        mine["adopted"] += one.adopted
        mine["hard"] += bool(one.hints)
        mine["due"] += any(due.threshold(today) is not None for due in one.due)
    return {name: Sum(**counted) for name, counted in sorted(counts.items())}


def _release(office: Office) -> Mapping[str, Any]:
    return {"sources": office.release.sources, "guides": office.release.guides}
