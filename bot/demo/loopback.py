"""The demo speaks to this machine alone, and listens on it alone."""

from contextlib import AsyncExitStack
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

from data.civic.errors import BadInput

HOST = "127.0.0.1"


def on_loopback(url: str) -> str:
    """Tell `url` without its last slash.

    Raises:
        BadInput: it is no plain http address on loopback.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or not _is_loopback(parts.hostname or ""):
        raise BadInput(f"{url!r} is not on loopback: the demo pushes to http://127.0.0.1:… alone")
    return url.rstrip("/")


async def listening(stack: AsyncExitStack, app: web.Application, *, port: int = 0) -> str:
    """Serve an application as long as the stack stands, 0 on a free port; tell where."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, HOST, port).start()
    _, bound = runner.addresses[0]
    return f"http://{HOST}:{bound}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
