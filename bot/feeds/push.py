"""The door for feeds: `POST /feeds/{feed}` a message, `…/heartbeat` a sign of life.

Both are signed; whoever is not proven leaves a line in the log and in the audit, and nothing else.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

import orjson
import structlog
from aiohttp import web
from aiohttp.hdrs import CONTENT_ENCODING

from bot.feed_account import FeedAccount
from bot.feeds.bodies import Body, arrival_of, take
from bot.feeds.signature import SIGNATURE, TIMESTAMP, Proof
from data.civic.errors import BadInput, NotFound
from data.civic.warning.arrivals import Arrival
from data.civic.warning.verdicts import Reason, Verdict
from handlers.acts.note import note_look
from handlers.acts.relay import relay
from handlers.office import Office

_STATUS = {
    Verdict.HELD: HTTPStatus.ACCEPTED,
    Verdict.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Verdict.CONFLICT: HTTPStatus.CONFLICT,
}
"""What is applied, repeated or not actual is simply all right."""
SMALL = 256 * 1024
MOST_LARGE = 8
"""So many large bodies are in memory at once; the next wait for their turn."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDoor:
    """Takes what the feeds push."""

    feeds: Sequence[FeedAccount]
    office: Callable[[], Office]
    window: timedelta
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_LARGE))

    def add(self, app: web.Application) -> None:
        """Put the door into an application."""
        app.router.add_post("/feeds/{feed}", self.message)
        app.router.add_post("/feeds/{feed}/heartbeat", self.heartbeat)

    async def message(self, request: web.Request) -> web.Response:
        """Take a message: keep it, judge it, and answer what became of it."""
        async with self._room(request):
            feed, body, heard_at = await self._proven(request)
            office, known = self.office(), feed.feed()
            await office.stores.feeds.heard(known.id, heard_at)
            found = await asyncio.to_thread(arrival_of, body, known, office.clock.now())
            return _answer(await relay(office, known, found))

    async def heartbeat(self, request: web.Request) -> web.Response:
        """Note that a feed lives."""
        async with self._room(request):
            feed, _, heard_at = await self._proven(request)
        await self.office().stores.feeds.heard(feed.feed().id, heard_at)
        return web.json_response({"heard": heard_at.isoformat()})

    def _room(self, request: web.Request) -> AbstractAsyncContextManager[None]:
        """Let only so many large bodies in at once; one that says it is small goes past them."""
        size = request.content_length
        packed = request.headers.get(CONTENT_ENCODING) is not None
        small = size is not None and size <= SMALL and not packed
        return nullcontext() if small else self.room

    async def _proven(self, request: web.Request) -> tuple[FeedAccount, Body, datetime]:
        """Read the body of a push, and insist on its proof.

        Raises:
            NotFound: there is no such feed.
            BadSignature, BadInput, TooLarge: it is not proven; that is noted.
        """
        feed, now = self._feed(request.match_info["feed"]), self.office().clock.now()
        proof = Proof(
            timestamp=request.headers.get(TIMESTAMP, ""),
            signature=request.headers.get(SIGNATURE, ""),
        )
        try:
            secret = feed.secret.get_secret_value()
            signing = proof.begun(secret, now=now, window=self.window)
            body = await take(request, signing)
            return feed, body, proof.check(signing, now=now)
        except BadInput as error:
            log.warning("push refused", feed=feed.name, why=type(error).__name__)
            await note_look(self.office(), f"feed {feed.name}", "warning.unproven", feed.name)
            raise

    def _feed(self, name: str) -> FeedAccount:
        for one in self.feeds:
            if one.name == name:
                return one
        raise NotFound("no such feed: see [[feed]] in the accounts file")


def _answer(arrival: Arrival) -> web.Response:
    judgement = arrival.judgement
    verdict = judgement.verdict if judgement else Verdict.HELD
    told = {
        "verdict": verdict,
        "reason": judgement.reason if judgement else None,
        "detail": judgement.detail if judgement else "",
        "identifier": arrival.identifier,
        "areas": list(arrival.areas),
    }
    status = _STATUS.get(verdict, HTTPStatus.OK)
    if judgement and judgement.reason is Reason.TOO_LARGE:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return web.Response(status=status, body=orjson.dumps(told), content_type="application/json")
