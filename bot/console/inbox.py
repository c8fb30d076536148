"""The inbox: questions that were not answered well, in groups, the worst first."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import web

from bot.console.routes import PREFIX, Pages, Visitor
from bot.console.show import page
from bot.doors import HOUSE
from data.civic.ids import AreaCode, GroupId
from data.civic.talk.groups import GroupState, QuestionGroup, Wanted
from data.civic.talk.unanswered import Why
from handlers.acts import read_inbox, teach
from handlers.acts.read_inbox import READ, Opened
from handlers.acts.teach import TEACH, Unfit, as_example
from handlers.office import Office

FILTERS = ("state", "why", "place", "month", "q")
LONGEST = 50
SHOWN_INTENTS = 5
"""How many guesses of the ear are offered."""

pages = Pages()


@pages.on("GET /inbox", *READ)
async def inbox(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List groups by state, reason, place, month and words if asked for."""
    office, query = request.app[HOUSE].office(), request.query
    number = _number(query.get("page", "")) or 1
    found = await read_inbox.inbox(office, visitor.staff, _wanted(query), page=number)
    given = {key: query[key] for key in FILTERS if query.get(key)}
    return page(
        request,
        "inbox.html",
        rows=found.rows,
        more=found.more,
        number=number,
        last=number >= read_inbox.PAGES,
        address=urlencode(given),
        filtered=bool(given),
        wanted=query,
        intents=office.release.intents,
        reasons=tuple(Why),
        states=tuple(GroupState),
        towns=office.release.places.towns(),
        may_teach=visitor.staff.may(*TEACH),
        notice=query.get("notice", ""),
    )


@pages.on("GET /inbox/{group}", *READ)
async def group(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show a group with its questions, and what may be made of it."""
    return await shown(request, visitor)


@pages.on("GET /unanswered", *READ)
async def unanswered(request: web.Request, _: Visitor) -> web.StreamResponse:
    """Lead to the inbox, where these questions are now."""
    kept = {key: request.query[key] for key in ("why", "q") if request.query.get(key)}
    place = f"{PREFIX}/inbox{'?' if kept else ''}{urlencode(kept)}"
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": place})


async def shown(
    request: web.Request,
    visitor: Visitor,
    *,
    typed: Mapping[str, str] | None = None,
    unfit: Unfit | None = None,
    several: tuple[str, ...] = (),
    meanwhile: QuestionGroup | None = None,
) -> web.Response:
    """Show a group; with what was typed and what is wrong with it, if it was refused.

    `meanwhile` is what a colleague has decided on since it was shown.
    """
    office, id_ = request.app[HOUSE].office(), group_in(request)
    seen = office.clock.now()  # before it is read: nothing can be decided unseen
    before = moment_in(request.query.get("before", ""))
    found = await read_inbox.opened(office, visitor.staff, id_, before=before)
    texts, refused = _texts(found), unfit or several or meanwhile
    return page(
        request,
        "group.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        seen=stamp(seen),
        decider=await read_inbox.decider(office, found.group),
        meanwhile=meanwhile,
        theirs=await read_inbox.decider(office, meanwhile),
        opened=found,
        group=found.group,
        draft=await read_inbox.draft_of(office, visitor.staff, found.group),
        examples=(typed or {}).get("examples", _examples(texts)),
        also=(typed or {}).get("also", "").split(),
        typed=typed or {},
        wrong=unfit.wrong if unfit else (),
        several=several,
        suggested=read_inbox.suggested(office, texts, SHOWN_INTENTS),
        older=stamp(found.questions[-1].at) if found.more else None,
        intents=office.release.intents,
        may_teach=visitor.staff.may(*TEACH),
        notice=request.query.get("notice", ""),
    )


def _texts(found: Opened) -> list[str]:
    """List what was asked, each once: the samples first."""
    asked = (*(one.text for one in found.samples), *(one.text for one in found.questions))
    return list(dict.fromkeys(asked))


def _examples(texts: list[str]) -> str:
    """Write what would be taught if nobody changed it, one a line."""
    fit = dict.fromkeys(filter(None, map(as_example, texts)))
    return "\n".join(list(fit)[: teach.NEEDED])


def group_in(request: web.Request) -> GroupId:
    """Read which group the address names."""
    return GroupId(request.match_info["group"])


def intents_called(office: Office, words: str) -> tuple[str, ...]:
    """Find the intents that a title or a part of it names; one, if it is the title itself."""
    said = words.strip()
    if not said:
        return ()
    intents = office.release.intents
    exact = tuple(one.id for one in intents.values() if said in (one.title, one.id))
    return exact or tuple(one.id for one in intents.values() if said in one.title)


def _wanted(query: Mapping[str, str]) -> Wanted:
    """Read the filters; what cannot be read is not asked for."""
    state, why, place = (query.get(key, "") for key in ("state", "why", "place"))
    month = _number(query.get("month", ""))
    return Wanted(
        state=GroupState(state) if state in set(GroupState) else GroupState.OPEN,
        why=Why(why) if why in set(Why) else None,
        place=AreaCode(place) if place.isascii() and place.isdigit() else None,
        month=month if 1 <= month <= 12 else None,
        words=query.get("q", "")[:LONGEST],
    )


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def stamp(moment: datetime) -> int:
    """Write a moment for an address or a field: milliseconds."""
    return round(moment.timestamp() * 1000)


def moment_in(said: str) -> datetime | None:
    """Read what `stamp` wrote; None: it is nothing of ours."""
    if not (said.isascii() and said.isdigit() and len(said) < 15):
        return None
    return datetime.fromtimestamp(int(said) / 1000, tz=UTC)
