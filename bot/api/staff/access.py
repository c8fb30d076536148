"""Whose token a request carries."""

from aiohttp import web

from bot.doors import HOUSE
from data.civic.errors import NotSignedIn
from data.civic.people import Staff
from handlers.acts.api_tokens import holder


async def staff_of(request: web.Request) -> Staff:
    """Find the member of staff for whom this program acts.

    Raises:
        NotSignedIn: no token, or one that opens nothing.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("send the token as Authorization: Bearer …")
    return await holder(request.app[HOUSE].office(), token)
