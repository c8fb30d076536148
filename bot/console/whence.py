"""From which address and browser somebody comes, as far as it can be believed."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address, ip_network

from aiohttp import web

from bot.doors import HOUSE
from bot.settings import Network
from handlers.acts.sign_in import Seat

BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("QIHU", "360"),
    ("360SE", "360"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""What stands in a User-Agent → the browser's name; the first that is found counts."""
SYSTEMS = (
    ("Windows", "Windows"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
ONE_HOME = 64
"""Bits of an IPv6 address that name one subscriber: the rest is changed at will."""


def seat_of(request: web.Request) -> Seat:
    """Tell where somebody sits, for the list of own sessions."""
    agent = request.headers.get("User-Agent", "")
    named = [_first(BROWSERS, agent), _first(SYSTEMS, agent)]
    return Seat(browser=" · ".join(one for one in named if one), address=address_of(request))


def address_of(request: web.Request) -> str:
    """Tell the client's address: the peer's, or what proxies that we trust have told."""
    trusted = request.app[HOUSE].settings.trusted_proxies
    told = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    return client(request.remote or "", [one.strip() for one in told], trusted)


def client(peer: str, told: Sequence[str], trusted: Sequence[Network]) -> str:
    """Walk from the peer back through what was `told`, as long as a trusted proxy told it."""
    address = peer
    for before in reversed(told):
        if not before or not _among(address, trusted):
            break
        address = before
    return address


def counted_as(address: str) -> str:
    """Tell as whom to count an address: IPv6 by the network of one subscriber."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network(f"{parsed}/{ONE_HOME}", strict=False))
    return str(parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else parsed)


def _among(address: str, networks: Sequence[Network]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in one for one in networks)


def _first(names: Sequence[tuple[str, str]], agent: str) -> str:
    return next((name for mark, name in names if mark in agent), "")
