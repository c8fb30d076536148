"""Rosters: who lives where, for whom nobody answers; a file is tried before it is written."""

import asyncio
import hashlib
from dataclasses import dataclass

from aiohttp import web

from bot.console.forms import fields
from bot.console.routes import Pages, Visitor
from bot.console.sent import SentFile, file_sent
from bot.console.show import page, see_other
from bot.console.warnings import row_mistakes
from bot.doors import HOUSE
from bot.workbooks.roster_template import template
from bot.workbooks.rosters import read_roster
from data.civic.errors import BadInput, Conflict, Mistake, Mistakes, TooLarge
from data.content.roster_words import roster_words
from handlers.acts import grids, rosters
from handlers.acts.grids import SEE
from handlers.acts.rosters import IMPORT, Imported, Wish

SHOWN = 200
"""Mistakes on the page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a file that was sent."""

    done: Imported | None = None
    """None: it could not be read."""
    notices: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    digest: str = ""
    purpose: str = ""


@pages.on("GET /rosters", *SEE)
async def overview(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Count people by village, and those whom nobody would reach."""
    return await _page(request, visitor, request.query.get("notice", ""))


@pages.on("GET /rosters/template.xlsx", *SEE)
async def empty_roster(_: web.Request, __: Visitor) -> web.StreamResponse:
    """Give an empty roster with its headings."""
    content = await asyncio.to_thread(lambda: template(roster_words()))
    return web.Response(
        body=content,
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="roster.xlsx"'},
    )


@pages.on("POST /rosters", *IMPORT)
async def send(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try a file; or write one that was tried: the same bytes, chosen again, for none is kept."""
    try:
        file = await file_sent(request, "file")
        form = await fields(request)
        partial, tried = "partial" in form, form.get("tried", "")
        if tried and tried != _digest(file):
            return await _page(request, visitor, "other")
        wish = Wish(purpose=form.get("purpose", ""), dry_run=not tried, partial=partial)
        done, notices = await _imported(request, visitor, file, wish)
    except TooLarge:
        return see_other("/rosters?notice=large")
    except Mistakes as error:
        return await _page(request, visitor, "unread", Tried(mistakes=error.mistakes))
    except Conflict:
        return see_other("/rosters?notice=late")
    except BadInput:
        return see_other("/rosters?notice=unfit")
    tried_now = Tried(
        done=done,
        notices=notices,
        mistakes=done.mistakes,
        digest=_digest(file),
        purpose=wish.purpose,
    )
    return await _page(request, visitor, "written" if done.written else "", tried_now)


async def _imported(
    request: web.Request, visitor: Visitor, file: SentFile, wish: Wish
) -> tuple[Imported, tuple[str, ...]]:
    words = roster_words()
    roster = await asyncio.to_thread(read_roster, file.name, file.content, words)
    office = request.app[HOUSE].office()
    done = await rosters.import_roster(office, visitor.staff, roster.rows, wish, words=words)
    return done, roster.notices


async def _page(
    request: web.Request, visitor: Visitor, notice: str, tried: Tried | None = None
) -> web.Response:
    office, staff, shown = request.app[HOUSE].office(), visitor.staff, tried or Tried()
    return page(
        request,
        "warnings/rosters.html",
        coverage=await grids.coverage(office, staff),
        may_import=staff.may(*IMPORT),
        notice=notice,
        done=shown.done,
        notices=row_mistakes.notices(shown.notices),
        mistakes=row_mistakes.told(shown.mistakes[:SHOWN]),
        more=len(shown.mistakes) - SHOWN,
        tried=shown.digest,
        purpose=shown.purpose,
    )


def _digest(file: SentFile) -> str:
    return hashlib.sha256(file.content).hexdigest()
