"""The demo speaks to this machine alone."""

from ipaddress import ip_address
from urllib.parse import urlsplit

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


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
