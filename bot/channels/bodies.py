"""Read a request's body, up to a limit."""

from aiohttp import web

from data.civic.errors import BadInput, TooLarge

PUSH_LIMIT = 64 * 1024
"""Bytes that a platform's push may have."""


async def read_body(request: web.Request, *, limit: int = PUSH_LIMIT) -> bytes:
    """Read the whole body, also one whose length was not told beforehand.

    Raises:
        TooLarge: it has more than `limit` bytes, after unpacking.
        BadInput: it ended early, or its encoding is broken.
    """
    if (request.content_length or 0) > limit:
        raise TooLarge(f"the body may have at most {limit} bytes")
    body = bytearray()
    try:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > limit:
                raise TooLarge(f"the body may have at most {limit} bytes")
    except web.RequestPayloadError as error:
        raise BadInput("the body cannot be read: it is cut or wrongly packed") from error
    return bytes(body)
