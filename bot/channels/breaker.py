"""The breaker: an interface of a platform that has enough, or is down, is left alone for a while.

Each interface by itself: a spent quota of mass messages never stops the replies of the chat.
"""

from datetime import datetime

from bot.channels.calling import NothingSent
from data.civic.ports import Clock
from data.civic.sending.retries import FAULT_REST, FAULTS_OPEN, Reaction


class Resting(NothingSent):
    """The interface is left alone for now."""


class QuotaSpent(NothingSent):
    """The platform takes no more calls of this sort for now, nor has it taken this one."""

    def __init__(self, message: str, *, what: Reaction) -> None:
        super().__init__(message)
        self.what = what


class Breaker:
    """Knows for each interface until when it is left alone. One for each account and process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._faults: dict[str, int] = {}

    def must_be_closed(self, api: str) -> None:
        """Insist that an interface may be called.

        Raises:
            Resting: it is left alone until a moment that the error names.
        """
        if (until := self._until.get(api)) and self._clock.now() < until:
            raise Resting(f"{api} is left alone until {until:%F %T} UTC")

    def rest(self, api: str, until: datetime) -> None:
        """Leave an interface alone."""
        self._until[api] = until

    def answered(self, api: str) -> None:
        """Note that an interface has answered, be it with a refusal."""
        self._faults.pop(api, None)

    def silent(self, api: str) -> None:
        """Note that an interface has not answered; so often in a row, and it is left alone.

        After that a single call more without an answer is enough.
        """
        self._faults[api] = self._faults.get(api, 0) + 1
        if self._faults[api] >= FAULTS_OPEN:
            self.rest(api, self._clock.now() + FAULT_REST)
