"""Take a table that was sent: tried or written, and every way in which it is refused."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aiohttp import web

from bot.console.forms import Form, fields
from bot.console.sent import SentFile, file_sent
from data.civic.errors import BadInput, Conflict, Mistake, Mistakes, TooLarge


class Done(Protocol):
    """What an act tells of a table."""

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Tell what is wrong in its rows."""
        ...


D = TypeVar("D", bound=Done)
Import = Callable[[SentFile, Form], Awaitable[D]]
"""Read a table and try or write it, as the form around it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Generic[D]):
    """What came of a table that was sent."""

    notice: str = ""
    """unread, large, late or nofile: why there is no more to tell."""
    done: D | None = None
    mistakes: tuple[Mistake, ...] = ()
    purpose: str = ""
    """What was typed: it need not be typed again."""


async def taken(request: web.Request, deed: Import[D]) -> Taken[D]:
    """Take the table of the field `file`, and tell what came of it."""
    purpose = ""
    try:
        form = await fields(request)
        purpose = form.get("purpose", "")
        done = await deed(await file_sent(request, "file"), form)
    except TooLarge:
        return Taken(notice="large", purpose=purpose)
    except Mistakes as error:
        return Taken(notice="unread", mistakes=error.mistakes, purpose=purpose)
    except Conflict:
        return Taken(notice="late", purpose=purpose)
    except BadInput:
        return Taken(notice="nofile", purpose=purpose)
    return Taken(done=done, mistakes=done.mistakes, purpose=purpose)
