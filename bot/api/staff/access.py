"""Whose token a request carries, and in which office they act."""

from aiohttp import web

from bot.doors import HOUSE
from data.civic.errors import NotSignedIn
from data.civic.people import Staff
from handlers.acts.api_tokens import holder
from handlers.office import Office


async def staff_of(request: web.Request) -> tuple[Staff, Office]:
    """Find the member of staff for whom this program acts, and the office as it is now.

    Raises:
        NotSignedIn: no token, or one that opens nothing.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("send the token as Authorization: Bearer …")
    office = request.app[HOUSE].office()
    return await holder(office, token), office
