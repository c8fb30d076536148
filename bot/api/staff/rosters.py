"""Rosters: try a file, or import it."""

import asyncio
import base64
import binascii

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.informing_wire import MistakeOut, RosterIn, RosterOut
from bot.workbooks.rosters import read_roster
from data.civic.errors import BadInput, Mistake, Mistakes
from data.content.roster_words import roster_words
from handlers.acts import rosters
from handlers.acts.rosters import IMPORT, Imported, Wish

LARGEST = 32 << 20
"""Bytes of a body: some ten thousand people; a county divides its roster by towns."""
TOLD = 1_000
"""Mistakes in one answer."""

routes = Routes(key=STAFF_TOKEN)


@routes.on("POST /staff/rosters", summary="Try or import a roster", body=RosterIn, answer=RosterOut)
async def import_roster(request: web.Request) -> web.Response:
    """Tell what a roster would change, or with `write` change it; with mistakes, nothing."""
    staff, office = await staff_of(request)
    staff.must(*IMPORT)
    whole = request.clone(client_max_size=LARGEST)
    sent, words = await read_json(whole, RosterIn), roster_words()
    wish = Wish(purpose=sent.purpose, dry_run=not sent.write, partial=sent.partial)
    try:
        roster = await asyncio.to_thread(read_roster, sent.name, _content(sent), words)
    except Mistakes as error:
        return answer(_out(None, error.mistakes))
    done = await rosters.import_roster(office, staff, roster.rows, wish, words=words)
    return answer(_out(done, done.mistakes))


def _out(done: Imported | None, mistakes: tuple[Mistake, ...]) -> RosterOut:
    """Write what came of a file; None: it cannot be read at all."""
    return RosterOut(
        added=done.added if done else 0,
        changed=done.changed if done else 0,
        same=done.same if done else 0,
        villages=len(done.villages) if done else 0,
        written=done is not None and done.written,
        mistakes=[MistakeOut(where=one.where, what=one.what) for one in mistakes[:TOLD]],
    )


def _content(sent: RosterIn) -> bytes:
    try:
        return base64.b64decode(sent.content, validate=True)
    except binascii.Error as error:
        raise BadInput("content: no base64") from error
