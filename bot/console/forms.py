"""Read what a form sent, and count it once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web

from bot.console.routes import Visitor
from bot.console.sent import pairs
from bot.console.show import see_other
from bot.doors import HOUSE
from data.civic.errors import BadInput, BianminError, Conflict, NotFound
from data.civic.people import Staff
from handlers.office import Office

KEY_CHARS = 64
KEPT = timedelta(days=1)
"""So long a form that was sent is known by its key."""

Form = Mapping[str, str]
Deed = Callable[[Office, Staff, Form], Awaitable[object]]
"""What a form asks for."""
Again = Callable[[str, Form], Awaitable[web.Response]]
"""Show a form once more: why it was refused, and what was typed."""


async def fields(request: web.Request) -> Mapping[str, str]:
    """Read the fields of a form; of one that stands twice the last.

    Raises:
        BadInput: it is no form, not UTF-8, or has too many fields.
    """
    return dict(await pairs(request))


@asynccontextmanager
async def once(
    request: web.Request, visitor: Visitor, form: Mapping[str, str]
) -> AsyncIterator[bool]:
    """Tell whether a form with this key (`parts.key`) comes for the first time.

    A double click and the back button bring it again: lead to where the first one led.
    A form that was refused, or had a value that is none (`ValueError`), counts as not sent: it
    may be corrected and sent again.
    """
    counters = request.app[HOUSE].office().stores.counters
    key = f"form/{visitor.staff.id}/{form.get('key', '')[:KEY_CHARS]}"
    first = not form.get("key") or await counters.hit(key, window=KEPT) == 1
    try:
        yield first
    except (BianminError, ValueError):
        if first and form.get("key"):
            await counters.take_back(key, window=KEPT)
        raise


async def done_once(
    request: web.Request,
    visitor: Visitor,
    deed: Deed,
    *,
    back: str,
    done: str = "done",
    again: Again | None = None,
) -> web.Response:
    """Do what a form asks for, once, and lead back to a page that says how it went.

    A form that was refused is shown `again` with what was typed, where the page can do that.
    """
    form, office, notice = await fields(request), request.app[HOUSE].office(), done
    try:
        async with once(request, visitor, form) as first:
            if first:
                await deed(office, visitor.staff, form)
    except (BadInput, ValueError):
        notice = "unfit"
    except NotFound:
        notice = "unknown"
    except Conflict:
        notice = "conflict"
    if again is not None and notice != done:
        return await again(notice, form)
    return see_other(f"{back}?notice={notice}")
