"""The real clock, ids and dice: the one place where time and chance are taken."""

import base64
import random
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

T = TypeVar("T")


class SystemClock:
    """The machine's clock, moved by `shift` where a test or a drill lives at another time."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self.shift = shift

    def now(self) -> datetime:
        """Tell the time, aware, in UTC."""
        return datetime.now(UTC) + self.shift


class StoppedClock:
    """A clock that stands: for asking what was true on a certain day."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Tell the moment at which it stands."""
        return self._moment


class SystemIds:
    """Ids and secrets from the machine's entropy."""

    def new(self) -> str:
        """Make an id of 26 characters of `0-9a-v`, 128 random bits."""
        return base64.b32hexencode(secrets.token_bytes(16)).decode().rstrip("=").lower()

    def token(self) -> str:
        """Make a secret token of 43 URL-safe characters, 256 random bits."""
        return secrets.token_urlsafe(32)

    def digits(self, count: int) -> str:
        """Make `count` random digits."""
        return "".join(secrets.choice("0123456789") for _ in range(count))


class SystemDice:
    """Chance, for waiting times and spreading; never for secrets."""

    def __init__(self) -> None:
        self._dice = random.Random()  # noqa: S311  (spreads load, keeps no secret)

    def uniform(self, low: float, high: float) -> float:
        """Throw a number between `low` and `high`."""
        return self._dice.uniform(low, high)

    def choice(self, options: Sequence[T]) -> T:
        """Pick one of `options`."""
        return self._dice.choice(options)
