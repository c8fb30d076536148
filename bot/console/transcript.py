"""The page of one conversation: what was said, where the assistant got stuck, the answer so far."""

from dataclasses import dataclass, field

from aiohttp import web

from bot.console.handles import conversation_of, handle_of, nickname
from bot.console.routes import Visitor
from bot.console.show import page, see_other
from bot.doors import HOUSE
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ConversationId
from data.civic.talk.conversations import Conversation
from handlers.acts import hand_on
from handlers.acts.quote_guide import Piece
from handlers.acts.read_conversation import read
from handlers.acts.serve_citizen import area_of
from handlers.acts.tell_citizen import LONGEST
from handlers.office import Office
from intents.search import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A citizen as lists and pages show one."""

    handle: str
    nickname: str
    area: AreaCode
    conversation: Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer that is being written, and the guide it is to quote."""

    text: str = field(default="", repr=False)
    words: str = ""
    hits: tuple[Hit, ...] = ()
    searched: bool = False
    guide: str = ""
    pieces: tuple[Piece, ...] = ()


def named(request: web.Request, office: Office) -> ConversationId:
    """Tell which conversation an address names."""
    return conversation_of(office, request.match_info["handle"])


def row_of(office: Office, one: Conversation) -> Row:
    """Make a citizen fit to be shown."""
    return Row(
        handle=handle_of(office, one.key.id),
        nickname=nickname(office, one.key.id),
        area=area_of(office, one),
        conversation=one,
    )


async def transcript_page(
    request: web.Request, visitor: Visitor, *, notice: str = "", draft: Draft | None = None
) -> web.StreamResponse:
    """Show a conversation; a citizen who is gone leads back to the list."""
    office, staff = request.app[HOUSE].office(), visitor.staff
    try:
        transcript = await read(office, staff, named(request, office))
    except Conflict:
        return _gone(request)
    one = transcript.conversation
    return page(
        request,
        "conversation.html",
        row=row_of(office, one),
        transcript=transcript,
        guides=office.release.guides,
        intents=office.release.intents,
        aspects={rule.aspect: rule.title for rule in office.release.rules.aspects},
        receivers=await hand_on.receivers(office, staff, one),
        free=await hand_on.may_take_over(office, staff, one),
        draft=draft or Draft(),
        longest=LONGEST,
        remark=hand_on.LONGEST,
        notice=notice,
    )


def back(request: web.Request, notice: str) -> web.Response:
    """Show the page again: from the top with what went wrong, or where the newest words stand."""
    query = f"?notice={notice}" if notice else "#reply"
    return see_other(f"/conversations/{request.match_info['handle']}{query}")


def _gone(request: web.Request) -> web.Response:
    """Lead back to the list, also a page that only asks for what is new."""
    response = see_other("/waiting")
    if "HX-Request" in request.headers:
        response = web.Response(status=204, headers={"HX-Redirect": response.headers["Location"]})
    return response
