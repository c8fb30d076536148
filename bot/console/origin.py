"""From where a request comes: from our own pages or another site's, over TLS or in the clear."""

import hmac
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

from bot.console.sent import pairs_of_staff
from bot.doors import HOUSE
from data.civic.errors import Refused

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD, HEADER = "csrf", "X-CSRF-Token"


def must_be_ours(request: web.Request) -> None:
    """Insist that a changing request comes from a page of ours, as far as the browser says.

    Raises:
        Refused: the browser says that another site sent it.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or site not in ("same-origin", "none"):
        raise Refused("another site sent this: open the console itself and try again")


async def must_carry(request: web.Request, token: str) -> None:
    """Insist that a changing request carries its session's token, in a field or a header.

    Raises:
        Refused: it does not.
        BadInput: the form cannot be read.
    """
    if request.method in SAFE:
        return
    given = request.headers.get(HEADER) or dict(await pairs_of_staff(request)).get(FIELD, "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        raise Refused("the form is not of this session: reload the page and try again")


def is_encrypted(request: web.Request) -> bool:
    """Say whether the browser came over TLS, to us or to the proxy before us.

    Raises:
        Refused: in production it did not, and is not on this machine.
    """
    told = request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower()
    if request.secure or told == "https":
        return True
    if request.app[HOUSE].settings.production and not _on_this_machine(request):
        raise Refused("open the console by https; the proxy must send X-Forwarded-Proto")
    return False


def _on_this_machine(request: web.Request) -> bool:
    name = urlsplit(f"//{request.host}").hostname or ""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
