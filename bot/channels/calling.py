"""Call a platform over HTTP: with limits on time and size, without redirects and cookies."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import aiohttp

from data.civic.errors import PlatformUnavailable
from data.civic.ports import Dice
from data.civic.sending.retries import pause

T = TypeVar("T")

CONNECT_S = 2.0
TOTAL_S = 5.0
LARGEST_ANSWER = 1024 * 1024
NOT_TAKEN = frozenset({429, 503})
"""Answers of HTTP that mean: too much to do, and nothing was done."""


class NothingSent(PlatformUnavailable):
    """The platform has surely taken nothing: the same call may be made again."""


class Busy(NothingSent):
    """The platform was too busy: the same call may be made again soon."""


async def patiently(call: Callable[[], Awaitable[T]], dice: Dice) -> T:
    """Make a call again, a few times and after pauses, while the platform is too busy for it.

    Raises:
        Busy: it still is. And whatever else the call raises, at once.
    """
    tried = 0
    while True:
        try:
            return await call()
        except Busy:
            tried += 1
            wait = pause(tried, dice.uniform(0, 1))
            if wait is None:
                raise
        await asyncio.sleep(wait.total_seconds())


def open_session(*, total_s: float = TOTAL_S) -> aiohttp.ClientSession:
    """Open the session that all calls share; who opens it closes it."""
    timeout = aiohttp.ClientTimeout(total=total_s, connect=min(CONNECT_S, total_s))
    return aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())


async def call(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    *,
    params: dict[str, str],
    body: bytes | dict[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Send a request, a body of bytes as JSON and one of fields as form; read the whole answer.

    `more` are further headers.

    The address bears secrets: no error of the client is passed on, for they quote it.

    Raises:
        NothingSent: nobody was there to take it, or it was turned away.
        PlatformUnavailable: no answer in time, another status than 200, or too long an answer.
    """
    headers = dict(more or {})
    if isinstance(body, bytes):
        headers["Content-Type"] = "application/json"
    try:
        async with session.request(
            method, url, params=params, data=body, headers=headers, allow_redirects=False
        ) as response:
            if response.status in NOT_TAKEN:
                raise NothingSent(f"the platform has too much to do (HTTP {response.status})")
            if response.status != 200:
                raise PlatformUnavailable(f"the platform answered with HTTP {response.status}")
            return await _limited(response)
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        what = type(error).__name__
        raise NothingSent(f"the platform is not reached ({what})") from None
    except (aiohttp.ClientError, TimeoutError) as error:
        what = type(error).__name__
        raise PlatformUnavailable(f"the platform did not answer ({what})") from None


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    answer = bytearray()
    async for chunk in response.content.iter_any():
        answer += chunk
        if len(answer) > LARGEST_ANSWER:
            raise PlatformUnavailable("the platform's answer is too long")
    return bytes(answer)
