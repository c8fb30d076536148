"""Drafts: the list, a new one, and what one changes, what is wrong in it, who must sign it."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.forms import fields, once
from bot.console.mistakes import Told, told
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.current import sampled
from bot.doors import HOUSE
from data.civic.audit import Entry
from data.civic.errors import BadInput, Conflict
from data.civic.ids import DraftId, StaffId
from data.civic.knowing.drafts import LIVE, Draft, DraftState
from data.civic.knowing.risks import Missing, Risk, needed
from data.civic.knowing.switches import Switch
from data.civic.people import Staff
from handlers.acts import compare, draft_checks, drafts
from handlers.acts.draft_checks import Check, Checked, Hindrance
from handlers.acts.draft_conflicts import Behind, Beside, behind, beside
from handlers.acts.drafts import LONGEST_TITLE, READ, WRITE
from handlers.acts.freeze import frozen
from handlers.acts.read_conversation import names_of
from handlers.acts.review_draft import LONGEST_REASON, TIME
from handlers.office import Office

SHOWN = 200
HISTORY = 50

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a draft stands: what the page says beside its changes."""

    draft: Draft
    mistakes: tuple[Told, ...]
    risk: Risk | None
    needed: int
    missing: Missing | None
    hindrance: Hindrance | None
    """Why this visitor may not sign."""
    completes: bool
    """With this visitor's signature enough have signed."""
    candidates: tuple[Staff, ...]
    """Who may."""
    behind: Behind | None
    beside: tuple[Beside, ...]
    frozen: Switch | None
    history: tuple[Entry, ...]
    """Newest first."""


@pages.on("GET /drafts", *READ)
async def listed(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List drafts, those that are still to be published unless another state is asked for."""
    return await _list_page(request, visitor, request.query.get("notice", ""))


@pages.on("POST /drafts", *WRITE)
async def begin(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Open a new draft, and show it."""
    office, form = request.app[HOUSE].office(), await fields(request)
    try:
        async with once(request, visitor, form) as first:
            if not first:
                return see_other("/drafts")
            made = await drafts.open_draft(office, visitor.staff, form.get("title", ""))
    except BadInput:
        return see_other("/drafts?notice=unfit")
    return see_other(f"/drafts/{made.id}")


@pages.on("GET /drafts/{draft}", *READ)
async def overview(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what a draft changes in words, what is wrong, and the next step."""
    office = request.app[HOUSE].office()
    draft = await drafts.find(office, visitor.staff, draft_named(request))
    standing = await _standing(office, visitor.staff, draft, check_of(request))
    compared = await compare.of_draft(office, draft, page_asked(request))
    return page(
        request,
        "drafts/draft.html",
        draft=draft,
        standing=standing,
        compared=compared,
        left=await compare.of_upgrade(office, draft) if draft.state in LIVE else (),
        titles={one.path: one.title for one in compared.differences},
        names=await names_of(office, _people(standing)),
        may_write=visitor.staff.may(*WRITE),
        may_judge=visitor.staff.may(*draft_checks.signing_roles(draft.lane)),
        may_time=visitor.staff.may(*TIME),
        longest_title=LONGEST_TITLE,
        longest_reason=LONGEST_REASON,
        notice=request.query.get("notice", ""),
    )


@pages.on("POST /drafts/{draft}/title", *WRITE)
async def rename(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say what a draft is about."""
    office, form, draft = request.app[HOUSE].office(), await fields(request), draft_named(request)
    notice = "named"
    try:
        await drafts.rename(office, visitor.staff, draft, form.get("title", ""))
    except BadInput:
        notice = "unfit"
    except Conflict:
        notice = "late"
    return see_other(f"/drafts/{draft}?notice={notice}")


def draft_named(request: web.Request) -> DraftId:
    """Tell which draft the address names."""
    return DraftId(request.match_info["draft"])


def page_asked(request: web.Request) -> int:
    """Tell which page of a list the address asks for; anything odd is the first."""
    asked = request.query.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def check_of(request: web.Request) -> Check:
    """Say by what a release is refused: what goes unanswered, and in production samples."""
    house = request.app[HOUSE]
    if not house.settings.production:
        return house.directory.check
    return lambda release: (*house.directory.check(release), *sampled(release))


async def _list_page(request: web.Request, visitor: Visitor, notice: str) -> web.Response:
    office, wanted = request.app[HOUSE].office(), request.query
    state = wanted.get("state", "")
    known = state in tuple(DraftState)
    states = (DraftState(state),) if known else LIVE
    found = await drafts.listed(office, visitor.staff, SHOWN, states)
    still = await frozen(office)
    people = {by for one in found for by in one.authors} | ({still.by} if still else set())
    return page(
        request,
        "drafts/list.html",
        drafts=found,
        names=await names_of(office, people),
        states=tuple(DraftState),
        wanted=wanted,
        full=len(found) == SHOWN,
        frozen=still,
        may_write=visitor.staff.may(*WRITE),
        longest_title=LONGEST_TITLE,
        notice=notice,
    )


async def _standing(office: Office, staff: Staff, draft: Draft, check: Check) -> Standing:
    known = Checked()
    if draft.edits:
        known = await draft_checks.checked(office, draft, check)
    risk = known.risk
    live = draft.state in LIVE
    return Standing(
        draft=draft,
        mistakes=tuple(told(one) for one in known.mistakes),
        risk=risk,
        needed=needed(risk, draft.lane) if risk else 0,
        missing=draft_checks.still_missing(draft, risk),
        hindrance=draft_checks.hindrance(staff, draft, risk),
        completes=draft_checks.would_complete(staff, draft, risk),
        candidates=tuple(await draft_checks.candidates(office, draft, risk) if live else ()),
        behind=await behind(office, draft) if live else None,
        beside=tuple(await beside(office, draft) if live else ()),
        frozen=await frozen(office),
        history=tuple(await office.stores.audit.of_subject(draft.id, HISTORY)),
    )


def _people(standing: Standing) -> set[StaffId]:
    """Name everybody whom the page names."""
    draft = standing.draft
    found = {*draft.authors, *(one.by for one in draft.remarks)}
    found |= {StaffId(one.deed.actor) for one in standing.history}
    for one in standing.beside:
        found |= one.draft.authors
    if standing.frozen:
        found.add(standing.frozen.by)
    return found
