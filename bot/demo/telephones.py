"""Telephones of the demo: who answers, who does not, and what each has shown and rung with.

A telephone is named by its number; a colleague's work app by what the app calls the person.
"""

import hashlib
from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.demo.clock import ShiftedClock

KEPT = 200
"""Lines of one telephone."""


class Habit(StrEnum):
    """What somebody does when the telephone rings or a text comes."""

    ANSWERS = "answers"
    """Takes the call and presses 1, or reads back what is asked for."""
    NEEDS_HELP = "needs_help"
    """Takes the call and presses 2."""
    LISTENS = "listens"
    """Takes the call, hears it to the end and presses nothing."""
    HANGS_UP = "hangs_up"
    NO_ANSWER = "no_answer"
    LINE_BUSY = "line_busy"
    RINGS = "rings"
    """Rings until somebody presses a key by the control API."""
    DEAD = "dead"
    """Nobody has this number."""


BY_CHANCE: tuple[tuple[float, Habit], ...] = (
    (0.66, Habit.ANSWERS),
    (0.68, Habit.NEEDS_HELP),
    (0.75, Habit.LISTENS),
    (0.79, Habit.HANGS_UP),
    (0.95, Habit.NO_ANSWER),
    (0.99, Habit.LINE_BUSY),
    (1.00, Habit.DEAD),
)
"""Below which share of chance people have which habit, where nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One thing that came to a telephone, as its owner sees it."""

    number: int
    """Its place on this telephone."""
    at: str
    kind: str
    """`sms`, `call` or `notice`."""
    reference: str
    text: str
    menu: str = ""
    told: str = ""
    """What the gateway has told of it."""
    answer: str = ""


@dataclass(slots=True, kw_only=True)
class Telephone:
    """One telephone."""

    habit: Habit
    reply: str = ""
    """What is sent back to every text message; empty: nothing."""
    words: str = ""
    """What is said when words are to be read back; empty: exactly those."""
    rings: deque[Ring] = field(default_factory=lambda: deque(maxlen=KEPT))
    rung: int = 0


class Telephones:
    """All telephones, each known from the first time it rings."""

    def __init__(self, seed: str, clock: ShiftedClock) -> None:
        self._seed = seed
        self._clock = clock
        self._known: dict[str, Telephone] = {}
        self._all: Habit | None = None

    def at(self, number: str) -> Telephone:
        """Find a telephone; its habit follows from the seed and the number alone."""
        if number not in self._known:
            self._known[number] = Telephone(habit=self._all or self._by_chance(number))
        return self._known[number]

    def all_do(self, habit: Habit | None) -> None:
        """Give everybody one habit, or their own again."""
        self._all = habit
        for number, one in self._known.items():
            one.habit = habit or self._by_chance(number)

    def ring(self, number: str, *, kind: str, reference: str, text: str, menu: str = "") -> Ring:
        """Show something on a telephone."""
        one = self.at(number)
        one.rung += 1
        at = self._clock.now().isoformat()
        ring = Ring(number=one.rung, at=at, kind=kind, reference=reference, text=text, menu=menu)
        one.rings.append(ring)
        return ring

    def told(self, number: str, reference: str, told: str, answer: str = "") -> None:
        """Note beside what came what the gateway has told of it."""
        rings = self.at(number).rings
        for place, one in enumerate(rings):
            if one.reference == reference:
                rings[place] = replace(one, told=told, answer=answer or one.answer)

    def ringing(self, number: str) -> Ring | None:
        """Find the newest call that still rings."""
        rings = reversed(self.at(number).rings)
        return next((one for one in rings if one.kind == "call" and not one.told), None)

    def forget(self) -> None:
        """Forget everybody."""
        self._known.clear()
        self._all = None

    def _by_chance(self, number: str) -> Habit:
        drawn = hashlib.sha256(f"{self._seed}/{number}".encode()).digest()
        share = int.from_bytes(drawn[:6]) / 2**48
        return next(habit for below, habit in BY_CHANCE if share < below)
