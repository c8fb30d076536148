"""Bulk: content of a draft as sheets, out and in; what a sheet would do is shown first."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.drafts import check_of, draft_named
from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.sent import SentFile, file_sent
from bot.console.show import page, see_other
from bot.doors import HOUSE
from bot.workbooks.bulk import BulkWords, as_csv, as_xlsx, lines_in
from data.civic.errors import BadInput, Conflict, Mistakes, NotFound, TooLarge
from data.civic.knowing.drafts import Draft, DraftState
from data.content.bulk.lines import Kind
from data.store.contents import PIECE, digest_of
from handlers.acts import bulk, drafts
from handlers.acts.bulk import BULK, Plan
from handlers.acts.drafts import READ
from handlers.office import Office

SHOWN = 200
"""Mistakes on the page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DIGEST = re.compile(r"[0-9a-f]{64}")

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A sheet that was read and tried."""

    kind: Kind
    file: SentFile
    whole: Plan
    good: Plan


@pages.on("GET /drafts/{draft}/bulk", *READ)
async def sheets(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Offer every sheet, and take one."""
    return await _page(request, visitor, await _draft(request, visitor))


@pages.on("GET /drafts/{draft}/bulk/{sheet}", *READ)
async def download(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give a sheet as .xlsx or .csv."""
    office, draft = request.app[HOUSE].office(), await _draft(request, visitor)
    named, _, sort = request.match_info["sheet"].rpartition(".")
    if named not in set(Kind) or sort not in ("xlsx", "csv"):
        raise NotFound("there is no such sheet: see the page of the draft")
    kind, words = Kind(named), BulkWords(words=office.release.words)
    rows = await bulk.sheet_of(office, visitor.staff, draft, kind)
    write = as_xlsx if sort == "xlsx" else as_csv
    content = await asyncio.to_thread(write, kind, rows, words)
    return web.Response(
        body=content,
        content_type=XLSX if sort == "xlsx" else "text/csv",
        headers={"Content-Disposition": f'attachment; filename="{kind}-{draft.id[:8]}.{sort}"'},
    )


@pages.on("POST /drafts/{draft}/bulk", *BULK)
async def check(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try a sheet and show what it would do; nothing is changed."""
    office, draft = request.app[HOUSE].office(), await _draft(request, visitor)
    form = await fields(request)
    try:
        file = await file_sent(request, "file")
        tried = await _tried(request, visitor, draft, form.get("kind", ""), file)
    except (BadInput, TooLarge) as error:
        return await _page(request, visitor, draft, problems=(str(error),))
    except Mistakes as error:
        return await _page(request, visitor, draft, problems=tuple(map(str, error.mistakes)))
    pieces = _pieces(file.content)
    await office.stores.drafts.keep(pieces)
    kept = ",".join(map(digest_of, pieces))
    return await _page(request, visitor, draft, tried=tried, kept=kept)


@pages.on("POST /drafts/{draft}/bulk/keep", *BULK)
async def keep(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Keep what was shown: all of it, or the good lines."""
    office, draft, form = request.app[HOUSE].office(), await _draft(request, visitor), None
    form = await fields(request)
    place = f"/drafts/{draft.id}/bulk"
    if form.get("content") != draft.content:
        return see_other(f"{place}?notice=changed")
    try:
        file = await _kept(office, form.get("kept", ""), form.get("name", ""))
        tried = await _tried(request, visitor, draft, form.get("kind", ""), file)
    except (BadInput, Mistakes):
        return see_other(f"{place}?notice=gone")
    made = tried.good if form.get("good") else tried.whole
    if made.mistakes and not form.get("good"):
        return see_other(f"{place}?notice=mistakes")
    try:
        await bulk.keep(office, visitor.staff, draft, tried.kind, made)
    except Conflict:
        return see_other(f"{place}?notice=changed")
    return see_other(f"{place}?notice=kept-{len(made.texts)}")


async def _tried(
    request: web.Request, visitor: Visitor, draft: Draft, named: str, file: SentFile
) -> Tried:
    office = request.app[HOUSE].office()
    if named not in set(Kind):
        raise BadInput("choose what the sheet holds")
    kind, words = Kind(named), BulkWords(words=office.release.words)
    lines, faults = await asyncio.to_thread(lines_in, kind, file.name, file.content, words)
    sheet = (kind, lines, faults)
    whole, good = await bulk.plan(office, visitor.staff, draft, sheet, check_of(request))
    return Tried(kind=kind, file=file, whole=whole, good=good)


async def _kept(office: Office, digests: str, name: str) -> SentFile:
    """Fetch a file that was sent a moment ago.

    Raises:
        BadInput: it is not there.
    """
    wanted = digests.split(",")
    if not all(_DIGEST.fullmatch(one) for one in wanted):
        raise BadInput("the file is not there any more: send it again")
    pieces = await office.stores.drafts.texts(wanted)
    if set(wanted) - set(pieces):
        raise BadInput("the file is not there any more: send it again")
    return SentFile(name=name[:120], content=b"".join(pieces[one] for one in wanted))


def _pieces(content: bytes) -> list[bytes]:
    return [content[at : at + PIECE] for at in range(0, len(content), PIECE)]


async def _draft(request: web.Request, visitor: Visitor) -> Draft:
    return await drafts.find(request.app[HOUSE].office(), visitor.staff, draft_named(request))


async def _page(
    request: web.Request,
    visitor: Visitor,
    draft: Draft,
    *,
    problems: Sequence[str] = (),
    tried: Tried | None = None,
    kept: str = "",
) -> web.Response:
    words = BulkWords(words=request.app[HOUSE].office().release.words)
    return page(
        request,
        "bulk.html",
        draft=draft,
        kinds=[(kind, words.kind(kind)) for kind in Kind],
        named={kind: words.kind(kind) for kind in Kind},
        writable=draft.state is DraftState.OPEN and visitor.staff.may(*BULK),
        problems=problems[:SHOWN],
        tried=tried,
        kept=kept,
        shown=SHOWN,
        notice=request.query.get("notice", ""),
        status=400 if problems else 200,
    )
