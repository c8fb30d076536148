"""Prove that a push comes from its feed, and now: HMAC-SHA256 over timestamp, dot and body."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data.civic.errors import BadInput, BadSignature

TIMESTAMP, SIGNATURE = "X-Feed-Timestamp", "X-Feed-Signature"
"""Headers: seconds since 1970, and 64 hex digits."""

_SECONDS = re.compile(r"[0-9]{1,12}")


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Sign a body: 64 hex digits."""
    said = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a push gives to prove itself."""

    timestamp: str
    signature: str

    def check(self, secret: str, body: bytes, *, now: datetime, window: timedelta) -> datetime:
        """Insist on the signature and on freshness; tell when it was signed, never the future.

        The same push again within the window is taken again: it changes nothing.

        Raises:
            BadInput: the timestamp is none.
            BadSignature: it is another's, too old or too far ahead.
        """
        if not _SECONDS.fullmatch(self.timestamp):
            raise BadInput(f"{TIMESTAMP} must be a number of seconds")
        right = sign(secret, self.timestamp, body)
        if not hmac.compare_digest(right.encode(), self.signature.lower().encode()):
            raise BadSignature(f"{SIGNATURE} is not that of this feed and body")
        signed = datetime.fromtimestamp(int(self.timestamp), UTC)
        if abs(now - signed) > window:
            raise BadSignature(f"{TIMESTAMP} is too far from our clock: send it anew")
        return min(signed, now)
