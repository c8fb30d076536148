"""What a draft would change, before it is handed in: whose answers become others."""

from http import HTTPStatus
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.console.drafts import check_of
from bot.console.foresight import foresight_of
from bot.console.forms import fields
from bot.console.mistakes import told
from bot.console.routes import Pages, Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, Conflict, Mistakes, TrainingFailed
from data.civic.ids import DraftId
from data.civic.knowing.drafts import Draft, DraftState
from handlers.acts import drafts, submit_foreseen
from handlers.acts.drafts import READ, WRITE
from handlers.acts.foresee import Change, Foreseen, Origin, Turned
from handlers.acts.read_draft import drafted_of
from handlers.acts.submit_foreseen import Look, NotLooked

SHOWN = 200
"""Changes of one sort on the page; the CSV file has all."""

REFUSED = frozenset({"look", "changed", "nothing"})
"""Notices of what was not done."""

pages = Pages()


@pages.on("GET /drafts/{draft}/impact", *READ)
async def impact(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show what would change, or how far it is found out, or what is wrong in the draft."""
    return await _shown(request, visitor, request.query.get("notice", ""))


@pages.on("GET /drafts/{draft}/impact.csv", *READ)
async def export(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give all changes as CSV; no cell is a formula."""
    foresight, office = foresight_of(request)
    draft = await _draft(request, visitor)
    try:
        foreseen = await foresight.of(office, draft) if draft.edits else None
    except (Mistakes, TrainingFailed):
        foreseen = None
    if foreseen is None:  # the page says why
        return see_other(f"/drafts/{draft.id}/impact")
    given = {
        "changes": foreseen.changes,
        "before": office.release.intents,
        "after": (await drafted_of(office, draft)).intents,
    }
    text = aiohttp_jinja2.render_string("impact.csv", request, given)
    named = f'attachment; filename="impact-{draft.id[:8]}.csv"'
    return web.Response(
        body=text.encode(),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": named},
    )


@pages.on("POST /drafts/{draft}/impact/submit", *WRITE)
async def submit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Hand the draft in, as it was shown."""
    form = await fields(request)
    foresight, office = foresight_of(request)
    draft = await _draft(request, visitor)
    seen = form.get("version", "")
    try:
        foreseen = await foresight.of(office, draft) if draft.edits else None
        if foreseen is None or not (seen.isascii() and seen.isdigit()):
            return see_other(f"/drafts/{draft.id}/impact")
        look = Look(version=int(seen), foreseen=foreseen, ticked=bool(form.get("looked")))
        await submit_foreseen.submit(office, visitor.staff, draft.id, look, check=check_of(request))
    except (Mistakes, TrainingFailed):  # the page says what is wrong
        return see_other(f"/drafts/{draft.id}/impact")
    except NotLooked:
        return await _shown(request, visitor, "look")
    except Conflict:
        return await _shown(request, visitor, "changed")
    except BadInput:
        return await _shown(request, visitor, "nothing")
    return see_other(f"/drafts/{draft.id}?notice=submitted")


async def _shown(request: web.Request, visitor: Visitor, notice: str) -> web.Response:
    foresight, office = foresight_of(request)
    draft = await _draft(request, visitor)
    given: dict[str, Any] = {"draft": draft, "notice": notice}
    given["writable"] = _writable(visitor, draft)
    if not draft.edits:
        return page(request, "impact.html", **given, state="empty")
    try:
        foreseen = await foresight.of(office, draft)
    except Mistakes as error:
        mistakes = [told(one) for one in error.mistakes]
        return page(request, "impact.html", **given, state="wrong", mistakes=mistakes)
    except TrainingFailed as error:
        return page(request, "impact.html", **given, state="failed", why=error.why)
    if foreseen is None:
        share = foresight.progress(office, draft).share
        return page(request, "impact.html", **given, state="coming", share=share)
    says = await drafted_of(office, draft)
    return page(
        request,
        "impact.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if notice in REFUSED else HTTPStatus.OK,
        **given,
        **_changes(request.query.get("origin", ""), request.query.get("q", ""), foreseen),
        state="seen",
        moved=draft.base != office.release.id,
        before=office.release.intents,
        after=says.intents,
        wanted=request.query,
        origins=tuple(Origin),
    )


def _changes(origin: str, words: str, foreseen: Foreseen) -> dict[str, Any]:
    """Sort the changes that are asked for by what becomes of the answers."""

    def asked_for(changes: tuple[Change, ...]) -> list[Change]:
        return [
            one
            for one in changes
            if origin in ("", one.asked.origin) and words.strip() in one.asked.text
        ]

    sorts = {turned.value: foreseen.turned(turned) for turned in Turned}
    kept = {name: asked_for(changes) for name, changes in sorts.items()}
    kept["meant"] = asked_for(foreseen.meant)
    return {
        "foreseen": foreseen,
        "counts": {name: len(changes) for name, changes in sorts.items()},
        "kept": {name: changes[:SHOWN] for name, changes in kept.items()},
        "cut": {name: max(0, len(changes) - SHOWN) for name, changes in kept.items()},
    }


async def _draft(request: web.Request, visitor: Visitor) -> Draft:
    office = request.app[HOUSE].office()
    return await drafts.find(office, visitor.staff, DraftId(request.match_info["draft"]))


def _writable(visitor: Visitor, draft: Draft) -> bool:
    return draft.state is DraftState.OPEN and visitor.staff.may(*WRITE)
