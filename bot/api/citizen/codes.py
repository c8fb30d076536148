"""My safety code: as a picture, as digits to be read aloud, and in words; another every minute.

The colour stands beside the picture, never in it: it is told to the person alone.
"""

import base64
from collections.abc import Mapping
from datetime import datetime

from aiohttp import web

from bot.api.citizen.sessions import session_of
from bot.api.routes import Routes, answer
from bot.api.wire import Wire
from bot.doors import HOUSE
from bot.qr import png, svg
from data.civic.knowing.colour_rules import CodeColour
from data.civic.privacy import mask_name
from handlers import colour_words
from handlers.acts import my_colour
from handlers.acts.my_code import MyCode, my_codes
from handlers.acts.my_colour import CodeColouring
from handlers.code_words import no_code_words, shown_words
from handlers.office import Office

RENEW_S = 45
"""Seconds after which the page asks for another: before the minute is over."""

routes = Routes()


class CodeOut(Wire):
    """One code as it is shown now."""

    name: str
    """Masked: which of the family it is."""
    own: bool
    text: str
    """What the QR code holds; it begins with `SQ1:`."""
    digits: str
    svg: str
    png: str
    """The same picture in base64, for pages that take no SVG."""
    expires_at: datetime
    words: str
    plain: str
    speech: str
    colour: CodeColour | None = None
    """Of the own code alone; show it with `colour_words`, never by itself."""
    colour_words: str = ""
    moved: bool = False
    """Somebody has confirmed that the person left for safety."""
    why: str = ""
    """Why it has this colour, since when, and what to do."""


class CodesOut(Wire):
    """The codes of all for whom this conversation speaks; ask again after `renew_s`."""

    codes: list[CodeOut]
    renew_s: int
    words: str
    """What to do where there is no code; else empty."""


@routes.on("GET /code", summary="My safety code", answer=CodesOut)
async def mine(request: web.Request) -> web.Response:
    """Give the codes of who is registered in this conversation, the own first."""
    session, office = await session_of(request), request.app[HOUSE].office()
    found = await my_codes(office, session.key.id)
    none = "" if found else no_code_words(office.release).full
    coloured = {one.person.id: one for one in await my_colour.own(office, session.key.id)}
    codes = [_out(office, one, coloured.get(one.person.id)) for one in found]
    return answer(CodesOut(codes=codes, renew_s=RENEW_S, words=none))


def _out(office: Office, one: MyCode, coloured: CodeColouring | None) -> CodeOut:
    words = shown_words(office.release, one)
    told = CodeOut(
        name=mask_name(one.person.name),
        own=one.own,
        text=one.text,
        digits=one.digits,
        svg=svg(one.text),
        png=base64.b64encode(png(one.text)).decode(),
        expires_at=one.expires_at,
        words=words.full,
        plain=words.plain,
        speech=words.spoken,
    )
    return told.model_copy(update=_colour(office, coloured)) if one.own and coloured else told


def _colour(office: Office, one: CodeColouring) -> Mapping[str, object]:
    return {
        "colour": one.colouring.colour,
        "colour_words": colour_words.colour_in_words(office.release, one.colouring),
        "moved": one.colouring.moved,
        "why": "\n".join(part.full for part in colour_words.why(office.release, one)),
    }
