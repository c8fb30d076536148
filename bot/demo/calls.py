"""The ledger of calls: what the backend asked the platforms for, and how they answered."""

from collections import Counter, deque
from dataclasses import dataclass
from datetime import datetime

KEPT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to a platform; secrets and words are not kept."""

    at: datetime
    endpoint: str
    """The path at WeChat, the method at Alipay."""
    app_id: str
    code: str
    """The platform's code; `0` and `10000` are success, `499` a cut connection."""


class Calls:
    """Keeps the newest calls and counts all of them."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()

    def note(self, call: Call) -> None:
        """Keep one call."""
        self._calls.append(call)
        self._counts[call.endpoint] += 1

    def of(self, endpoint: str | None = None) -> tuple[Call, ...]:
        """List the newest calls, oldest first; of one endpoint if it is named."""
        return tuple(c for c in self._calls if endpoint is None or c.endpoint == endpoint)

    def counts(self) -> dict[str, int]:
        """Tell how often each endpoint was called since the last reset."""
        return dict(self._counts)

    def forget(self) -> None:
        """Start an empty ledger."""
        self._calls.clear()
        self._counts.clear()
