"""The clock of a drill: it stands while work is done, and goes on when it is told to."""

from datetime import datetime, timedelta


class DrillClock:
    """Tells how late it is in the drill."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self._passed = 0

    def now(self) -> datetime:
        """Tell the moment, aware, in UTC."""
        return self.start + timedelta(seconds=self._passed)

    @property
    def passed(self) -> int:
        """Tell how many seconds have passed since the start."""
        return self._passed

    def go_to(self, seconds: int) -> None:
        """Go on to so many seconds after the start; it never goes back."""
        self._passed = max(self._passed, seconds)
