"""The door for feeds: `POST /feeds/{feed}` a message, `…/heartbeat` a sign of life.

Both are signed; whoever is not proven leaves a line in the log and in the audit, and nothing else.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import orjson
import structlog
from aiohttp import web

from bot.channels.bodies import read_body
from bot.feed_account import FeedAccount
from bot.feeds.reading import read
from bot.feeds.signature import SIGNATURE, TIMESTAMP, Proof
from bot.feeds.tree import LARGEST
from data.civic.errors import BadInput, NotFound
from data.civic.warning.arrivals import Arrival, arrived
from data.civic.warning.verdicts import Verdict
from handlers.acts.note import note_look
from handlers.acts.relay import relay
from handlers.office import Office

_STATUS = {
    Verdict.HELD: HTTPStatus.ACCEPTED,
    Verdict.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Verdict.CONFLICT: HTTPStatus.CONFLICT,
}
"""What is applied, repeated or not actual is simply all right."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDoor:
    """Takes what the feeds push."""

    feeds: Sequence[FeedAccount]
    office: Callable[[], Office]
    window: timedelta

    def add(self, app: web.Application) -> None:
        """Put the door into an application."""
        app.router.add_post("/feeds/{feed}", self.message)
        app.router.add_post("/feeds/{feed}/heartbeat", self.heartbeat)

    async def message(self, request: web.Request) -> web.Response:
        """Take a message: keep it, judge it, and answer what became of it."""
        feed, body, heard_at = await self._proven(request)
        office = self.office()
        await office.stores.feeds.heard(feed.feed().id, heard_at)
        said = await asyncio.to_thread(read, body, feed.kind)
        found = arrived(body, said, feed=feed.feed().id, received_at=office.clock.now())
        return _answer(await relay(office, feed.feed(), found))

    async def heartbeat(self, request: web.Request) -> web.Response:
        """Note that a feed lives."""
        feed, _, heard_at = await self._proven(request)
        await self.office().stores.feeds.heard(feed.feed().id, heard_at)
        return web.json_response({"heard": heard_at.isoformat()})

    async def _proven(self, request: web.Request) -> tuple[FeedAccount, bytes, datetime]:
        """Read the body of a push, and insist on its proof.

        Raises:
            NotFound: there is no such feed.
            BadSignature, BadInput, TooLarge: it is not proven; that is noted.
        """
        feed = self._feed(request.match_info["feed"])
        try:
            body = await read_body(request, limit=LARGEST)
            proof = Proof(
                timestamp=request.headers.get(TIMESTAMP, ""),
                signature=request.headers.get(SIGNATURE, ""),
            )
            now, secret = self.office().clock.now(), feed.secret.get_secret_value()
            return feed, body, proof.check(secret, body, now=now, window=self.window)
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
    return web.Response(status=status, body=orjson.dumps(told), content_type="application/json")
