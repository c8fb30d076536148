"""Go on under another token after what the session opens has changed."""

from dataclasses import replace

from aiohttp import web

from bot.console.routes import Visitor
from bot.console.show import VISITOR
from bot.doors import HOUSE
from handlers.acts.sign_in import renewed


async def renew(request: web.Request, visitor: Visitor) -> str:
    """Renew the session of this request, end the others; give the token for the cookie."""
    token, session = await renewed(request.app[HOUSE].office(), visitor.session)
    request[VISITOR] = replace(visitor, session=session)
    return token
