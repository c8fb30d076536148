"""What the gateways of a drill are handed: it is counted, and the crowd or a record answers."""

import time

from bot.drill.clock import DrillClock
from bot.drill.counting import Arrivals
from bot.drill.crowd import SMS, Crowd
from bot.drill.happenings import DEAD, RECEIPT, Agenda, Happening
from data.civic.errors import PlatformRefused


class Handed:
    """Takes note of every text and call, and puts on the agenda what comes of it."""

    def __init__(
        self, clock: DrillClock, agenda: Agenda, *, crowd: Crowd | None, dead: frozenset[str]
    ) -> None:
        self._clock = clock
        self._agenda = agenda
        self._dead = dead
        self.crowd = crowd
        """None: a record is played, which holds all that comes of it."""
        self.arrivals = Arrivals()
        self.refused: list[Happening] = []
        self.first: dict[int, float] = {}
        """Informing → when its first text or call was handed over, by this machine's own clock."""

    def __call__(self, way: str, number: str, reference: str) -> None:
        """Take one thing.

        Raises:
            PlatformRefused: nobody has this number.
        """
        now = self._clock.passed
        if self.crowd.dead(number) if self.crowd else reference in self._dead:
            dead = Happening(at=now, kind=DEAD, told={"reference": reference})
            self.refused.append(dead)
            raise PlatformRefused("nobody has this number", code="bad_number")
        informing = self.arrivals.note(reference)
        self.first.setdefault(informing, time.monotonic())
        if self.crowd is None:
            return
        text = way == SMS
        came = self.crowd.text(number, reference) if text else self.crowd.call(reference)
        for one in came:
            told = {"way": way, "reference": reference, "told": one.told, "answer": one.answer}
            self._agenda.put(Happening(at=now + one.after, kind=RECEIPT, told=told))
