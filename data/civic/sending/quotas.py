"""How many customer-service messages a platform still lets us send to one citizen."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.sending.refusals import WhyNot


class Opening(StrEnum):
    """What a citizen did that lets us write."""

    MESSAGE = "message"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How many messages an opening gives, and for how long."""

    count: int
    lasts: timedelta


WECHAT_SERVICE = {
    Opening.MESSAGE: Allowance(count=5, lasts=timedelta(hours=48)),
    Opening.ENTERED: Allowance(count=3, lasts=timedelta(minutes=1)),
}
"""Source: WeChat, customer-service messages of a service account, read 2026-11-21."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What is left of the newest opening; openings replace, they do not add up."""

    left: int
    until: datetime

    def open(self, now: datetime) -> bool:
        """Say whether a message may be sent now."""
        return self.left > 0 and now < self.until


def opened(allowance: Allowance, at: datetime) -> Window:
    """Start the window of an opening that happened `at`."""
    return Window(left=allowance.count, until=at + allowance.lasts)


def spent(window: Window) -> Window:
    """Take one message from the window."""
    return replace(window, left=max(0, window.left - 1))


def why_not(window: Window | None, now: datetime) -> WhyNot | None:
    """Tell why nothing may be sent in the chat; None: a message may be sent."""
    if window is None:
        return WhyNot.NEVER_WROTE
    if now >= window.until:
        return WhyNot.WINDOW_CLOSED
    return WhyNot.WINDOW_SPENT if window.left <= 0 else None
