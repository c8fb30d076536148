"""Prove that a push comes from its feed, and now: HMAC-SHA256 over timestamp, dot and body."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data.civic.errors import BadInput, BadSignature

TIMESTAMP, SIGNATURE = "X-Feed-Timestamp", "X-Feed-Signature"
"""Headers: seconds since 1970, and 64 hex digits."""

_SECONDS = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a push gives to prove itself."""

    timestamp: str
    signature: str

    def begun(self, secret: str, *, now: datetime, window: timedelta) -> hmac.HMAC:
        """Insist on freshness before the body is read; give what the body is to be added to.

        The same push again within the window is taken again: it changes nothing.

        Raises:
            BadInput: the timestamp is none.
            BadSignature: it is too old or too far ahead.
        """
        if not _SECONDS.fullmatch(self.timestamp):
            raise BadInput(f"{TIMESTAMP} must be a number of seconds")
        if abs(now - self._signed_at) > window:
            raise BadSignature(f"{TIMESTAMP} is too far from our clock: send it anew")
        return _begun(secret, self.timestamp)

    def check(self, signing: hmac.HMAC, *, now: datetime) -> datetime:
        """Insist on the signature; tell when it was signed, never the future.

        Raises:
            BadSignature: it is another's.
        """
        right = signing.hexdigest()
        if not hmac.compare_digest(right.encode(), self.signature.lower().encode()):
            what = "the body as it is before any Content-Encoding"
            raise BadSignature(f"{SIGNATURE} is not that of this feed and {what}")
        return min(self._signed_at, now)

    @property
    def _signed_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.timestamp), UTC)


def _begun(secret: str, timestamp: str) -> hmac.HMAC:
    return hmac.new(secret.encode(), timestamp.encode() + b".", hashlib.sha256)
