"""Take what a feed pushes: all of it, or the beginning of what is too large, and its proof.

The proof is over all of the body, so that also of one that is too large it is known whose it is;
in memory there is never more of it than is kept.
"""

import asyncio
import hmac
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.feeds.reading import read
from bot.feeds.tree import LARGEST
from data.civic.errors import BadInput, TooLarge
from data.civic.warning.arrivals import Arrival, Unread, arrived
from data.civic.warning.feeds import Feed
from data.civic.warning.verdicts import Reason

MOST_READ = 16 * 1024 * 1024
"""Bytes that are read for their proof; whoever sends more is not known."""
WITHIN_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as far as it is kept, and how long it was."""

    kept: bytes
    size: int

    @property
    def whole(self) -> bool:
        """Say whether nothing of it is cut off."""
        return self.size == len(self.kept)


async def take(request: web.Request, proof: hmac.HMAC) -> Body:
    """Read a push to its end, and give every byte of it to its proof.

    Raises:
        TooLarge: it has more than `MOST_READ` bytes, after unpacking.
        BadInput: it ended early, is too slow, or its encoding is broken.
    """
    kept, size = bytearray(), 0
    if (request.content_length or 0) > MOST_READ:
        raise _far_too_large()
    try:
        async with asyncio.timeout(WITHIN_S):
            async for chunk in request.content.iter_any():
                proof.update(chunk)
                size += len(chunk)
                kept += chunk[: LARGEST - len(kept)]
                if size > MOST_READ:
                    raise _far_too_large()
    except web.RequestPayloadError as error:
        raise BadInput("the body cannot be read: it is cut or wrongly packed") from error
    except TimeoutError as error:
        raise BadInput(f"the body did not come within {WITHIN_S} seconds") from error
    return Body(kept=bytes(kept), size=size)


def beginning_of(file: Path) -> Body:
    """Read a file as far as it is kept.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return Body(kept=opened.read(LARGEST), size=file.stat().st_size)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error


def arrival_of(body: Body, feed: Feed, at: datetime) -> Arrival:
    """Read a message, or say why it cannot be read; it is kept as far as it goes."""
    said = read(body.kept, feed.format) if body.whole else _too_large(body)
    return arrived(body.kept, said, feed=feed.id, received_at=at)


def _too_large(body: Body) -> Unread:
    what = f"{body.size} bytes: a message may have {LARGEST}; its beginning is kept"
    return Unread(reason=Reason.TOO_LARGE, detail=what)


def _far_too_large() -> TooLarge:
    return TooLarge(f"the body may have at most {LARGEST} bytes")
