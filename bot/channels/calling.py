"""Call a platform over HTTP: with limits on time and size, without redirects and cookies."""

import aiohttp

from data.civic.errors import PlatformUnavailable

CONNECT_S = 2.0
TOTAL_S = 5.0
LARGEST_ANSWER = 1024 * 1024


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
) -> bytes:
    """Send a request, a body of bytes as JSON and one of fields as form; read the whole answer.

    The address bears secrets: no error of the client is passed on, for they quote it.

    Raises:
        PlatformUnavailable: no answer in time, another status than 200, or too long an answer.
    """
    headers = {"Content-Type": "application/json"} if isinstance(body, bytes) else None
    try:
        async with session.request(
            method, url, params=params, data=body, headers=headers, allow_redirects=False
        ) as response:
            if response.status != 200:
                raise PlatformUnavailable(f"the platform answered with HTTP {response.status}")
            return await _limited(response)
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
