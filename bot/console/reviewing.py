"""The steps of a draft: submit, sign, send back, withdraw, schedule, rebase, take an edit back."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time

from aiohttp import web

from bot.console.drafts import check_of, draft_named
from bot.console.forms import fields, once
from bot.console.routes import Pages, Visitor
from bot.console.show import see_other
from bot.doors import HOUSE
from data.civic.calendar import BEIJING, day_in
from data.civic.errors import BadInput, Conflict, Mistakes
from data.civic.ids import DraftId
from data.civic.knowing.drafts import Draft, Lane
from data.civic.people import Role, Staff
from data.content.keyed import Side
from data.content.merging import MergeConflict
from handlers.acts import drafts, review_draft
from handlers.acts.draft_checks import SIGN
from handlers.acts.drafts import WRITE
from handlers.acts.rebase_draft import rebase as rebase_draft
from handlers.acts.review_draft import TIME
from handlers.office import Office

PREFER = "prefer:"
"""How the name of a field begins that says whose text counts in a file."""

Form = Mapping[str, str]

pages = Pages()


@pages.on("POST /drafts/{draft}/submit", *WRITE)
async def submit(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Hand it in for the emergency lane; for the ordinary one look first at what it changes."""
    if (await fields(request)).get("lane") != Lane.EMERGENCY:
        return see_other(f"/drafts/{draft_named(request)}/impact")

    async def step(form: Form) -> Draft:
        return await review_draft.submit(
            *_who(request, visitor),
            seen=_version(form),
            lane=Lane.EMERGENCY,
            check=check_of(request),
        )

    return await _taken(request, visitor, step, "submitted")


@pages.on("POST /drafts/{draft}/sign", *SIGN)
async def sign(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Vouch for it."""

    async def step(form: Form) -> Draft:
        return await review_draft.sign(
            *_who(request, visitor), seen=_version(form), check=check_of(request)
        )

    return await _taken(request, visitor, step, "signed")


@pages.on("POST /drafts/{draft}/send-back", *SIGN)
async def send_back(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give it back to its authors with a reason."""

    async def step(form: Form) -> Draft:
        return await review_draft.send_back(
            *_who(request, visitor), seen=_version(form), reason=form.get("reason", "")
        )

    return await _taken(request, visitor, step, "sent-back")


@pages.on("POST /drafts/{draft}/withdraw", *WRITE)
async def withdraw(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Lay it aside."""

    async def step(form: Form) -> Draft:
        return await review_draft.withdraw(
            *_who(request, visitor), seen=_version(form), reason=form.get("reason", "")
        )

    return await _taken(request, visitor, step, "withdrawn")


@pages.on("POST /drafts/{draft}/schedule", *TIME)
async def schedule(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say when it is published: at a time of Beijing, or as soon as it is signed."""

    async def step(form: Form) -> Draft:
        return await review_draft.schedule(
            *_who(request, visitor), seen=_version(form), publish_at=_moment(form)
        )

    return await _taken(request, visitor, step, "scheduled")


@pages.on("POST /drafts/{draft}/reopen", *WRITE)
async def reopen(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Edit again what failed or was withdrawn."""

    async def step(form: Form) -> Draft:
        return await review_draft.reopen(*_who(request, visitor), seen=_version(form))

    return await _taken(request, visitor, step, "reopened")


@pages.on("POST /drafts/{draft}/again", Role.EDITOR, *SIGN)
async def again(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Try once more to publish what failed."""

    async def step(form: Form) -> Draft:
        return await review_draft.again(*_who(request, visitor), seen=_version(form))

    return await _taken(request, visitor, step, "again")


@pages.on("POST /drafts/{draft}/rebase", *WRITE)
async def rebase(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Put it on the current release; the form says whose text counts where both changed it."""

    async def step(form: Form) -> Draft:
        prefer = {
            name.removeprefix(PREFER): Side(side)
            for name, side in form.items()
            if name.startswith(PREFER) and side in tuple(Side)
        }
        return await rebase_draft(*_who(request, visitor), seen=_version(form), prefer=prefer)

    return await _taken(request, visitor, step, "rebased")


@pages.on("POST /drafts/{draft}/discard", *WRITE)
async def discard(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take one edit back."""

    async def step(form: Form) -> Draft:
        return await drafts.discard(
            *_who(request, visitor), form.get("file", ""), seen=form.get("seen", "")
        )

    return await _taken(request, visitor, step, "discarded")


async def _taken(
    request: web.Request, visitor: Visitor, step: Callable[[Form], Awaitable[Draft]], done: str
) -> web.Response:
    """Take a step once, and lead back to the draft with what became of it."""
    form, notice = await fields(request), done
    try:
        async with once(request, visitor, form) as first:
            if first:
                await step(form)
    except MergeConflict:
        notice = "clash"
    except Mistakes:
        notice = "mistakes"
    except Conflict:
        notice = "late"
    except BadInput:
        notice = f"unfit-{done}"
    return see_other(f"/drafts/{draft_named(request)}?notice={notice}")


def _who(request: web.Request, visitor: Visitor) -> tuple[Office, Staff, DraftId]:
    return request.app[HOUSE].office(), visitor.staff, draft_named(request)


def _version(form: Form) -> int:
    """Tell which version of the draft was shown; none of ours stands under -1."""
    shown = form.get("version", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else -1


def _moment(form: Form) -> datetime | None:
    """Read day and time of Beijing; None: as soon as it is signed.

    Raises:
        BadInput: they are no day and time.
    """
    if form.get("when") != "at":
        return None
    try:
        at = time.fromisoformat(form.get("time", ""))
        return datetime.combine(day_in(form.get("day", "")), at, tzinfo=BEIJING)
    except ValueError as error:
        raise BadInput("give day and time") from error
