"""The platforms' own clock: the one they are given, moved by as much as a test asks for."""

from datetime import datetime, timedelta

from data.civic.ports import Clock


class ShiftedClock:
    """Tells the time of a clock, moved by `shift`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.shift = timedelta()

    def now(self) -> datetime:
        """Tell the time of the platforms, aware, in UTC."""
        return self._clock.now() + self.shift

    def seconds(self) -> float:
        """Tell the same as seconds since 1970."""
        return self.now().timestamp()
