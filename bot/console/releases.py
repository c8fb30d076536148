"""Releases: the list, what changed between any two, going back to one, the freeze."""

from aiohttp import web

from bot.console.drafts import check_of, page_asked
from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, Mistakes
from data.civic.ids import ReleaseId, StaffId
from data.civic.people import Role
from data.store.releases import ReleaseLine
from handlers.acts import compare, freeze, return_release, returned
from handlers.acts.drafts import READ
from handlers.acts.read_conversation import names_of
from handlers.acts.return_release import RETURN
from handlers.acts.review_draft import LONGEST_REASON

SHOWN = 100

pages = Pages()


@pages.on("GET /releases", *READ)
async def listed(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List releases, the newest first, and mark the one that is served."""
    office = request.app[HOUSE].office()
    found = await return_release.listed(office, visitor.staff, SHOWN)
    still = await freeze.frozen(office)
    people = {by for one in found for by in _people(one)} | ({still.by} if still else set())
    return page(
        request,
        "releases/list.html",
        releases=found,
        current=await office.stores.releases.current(),
        full=len(found) == SHOWN,
        names=await names_of(office, people),
        frozen=still,
        served=office.release,
        returned=await returned.by_itself(office, visitor.staff),
        may_return=visitor.staff.may(*RETURN),
        may_freeze=visitor.staff.may(Role.CHIEF),
        longest_reason=LONGEST_REASON,
        notice=request.query.get("notice", ""),
    )


@pages.on("GET /releases/compare", *READ)
async def compared(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what changed between two releases."""
    office, wanted = request.app[HOUSE].office(), request.query
    before, after = (ReleaseId(wanted.get(key, "")) for key in ("before", "after"))
    found = await compare.of_releases(office, visitor.staff, before, after, page_asked(request))
    lines = [await office.stores.releases.line(one) for one in (before, after)]
    return page(
        request,
        "releases/compare.html",
        compared=found,
        before=before,
        after=after,
        lines=lines,
    )


@pages.on("POST /releases/{release}/return", *RETURN)
async def return_to(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Serve an older release again."""
    form, notice = await fields(request), "returned"
    try:
        async with once(request, visitor, form) as first:
            if first:
                await return_release.return_to(
                    request.app[HOUSE].office(),
                    visitor.staff,
                    ReleaseId(request.match_info["release"]),
                    seen=ReleaseId(form.get("current", "")),
                    reason=form.get("reason", ""),
                    check=check_of(request),
                )
    except BadInput:
        notice = "unfit"
    except Conflict:
        notice = "late"
    except Mistakes:
        notice = "mistakes"
    return see_other(f"/releases?notice={notice}")


@pages.on("POST /freeze", Role.CHIEF)
async def freeze_now(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let ordinary publishing stand still."""
    form, notice = await fields(request), "frozen"
    try:
        await freeze.freeze(request.app[HOUSE].office(), visitor.staff, form.get("reason", ""))
    except BadInput:
        notice = "unfit"
    return see_other(f"/releases?notice={notice}")


@pages.on("POST /thaw", Role.CHIEF)
async def thaw(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Let ordinary publishing go on."""
    await freeze.thaw(request.app[HOUSE].office(), visitor.staff)
    return see_other("/releases?notice=thawed")


def _people(line: ReleaseLine) -> set[StaffId]:
    return set(line.story.authors) if line.story else set()
