"""Sign what goes to a gateway, and prove what comes from it: the same key for both ways.

HMAC-SHA256 over method, path, timestamp and body: what is signed for one door opens no other.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from data.civic.errors import BadInput, BadSignature

KEY, TIMESTAMP, SIGNATURE = "X-Gateway-Key", "X-Gateway-Timestamp", "X-Gateway-Signature"
"""Headers: who signs, seconds since 1970, and 64 hex digits."""

_SECONDS = re.compile(r"[0-9]{1,12}")


def sign(secret: str, path: str, timestamp: str, body: bytes) -> str:
    """Sign a POST: 64 hex digits."""
    said = f"POST\n{path}\n{timestamp}\n".encode() + body
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def signed_headers(key: str, secret: str, path: str, body: bytes, at: datetime) -> dict[str, str]:
    """Make the headers of a POST to a gateway."""
    timestamp = str(int(at.timestamp()))
    signature = sign(secret, path, timestamp, body)
    return {KEY: key, TIMESTAMP: timestamp, SIGNATURE: signature}


def prove(
    headers: Mapping[str, str],
    secret: str,
    path: str,
    body: bytes,
    *,
    now: datetime,
    window: timedelta,
) -> None:
    """Insist that a POST was signed with our key, and lately.

    The same one again within the window is taken again: it changes nothing.

    Raises:
        BadInput: the timestamp is none.
        BadSignature: it is another's, too old or too far ahead.
    """
    timestamp = headers.get(TIMESTAMP, "")
    if not _SECONDS.fullmatch(timestamp):
        raise BadInput(f"{TIMESTAMP} must be a number of seconds")
    right, given = sign(secret, path, timestamp, body), headers.get(SIGNATURE, "")
    if not hmac.compare_digest(right.encode(), given.lower().encode()):
        raise BadSignature(f"{SIGNATURE} is not that of this gateway and body")
    if abs(now.timestamp() - int(timestamp)) > window.total_seconds():
        raise BadSignature(f"{TIMESTAMP} is too far from our clock: send it anew")
