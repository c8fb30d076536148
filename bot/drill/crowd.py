"""What people do in a drill: who answers, who does not, and after how long. Chance by seed.

The same seed and the same person always come to the same; nobody's answer depends on another's.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

SMS, VOICE = "sms", "voice"
MINUTE = 60

DEAD = 0.01
"""Numbers that are nobody's any more."""
DELIVERED, REPLIES = 0.96, 0.30
PRESSES = 0.70
AT_HOME = 0.85
STAYS = 0.01
"""Who is told at the door and will not leave: informed, and to be visited again."""
CALLS: Sequence[tuple[float, str, str]] = (
    (0.62, "answered", "1"),
    (0.64, "answered", "2"),
    (0.71, "read", ""),
    (0.75, "hung_up", ""),
    (0.95, "no_answer", ""),
    (1.00, "line_busy", ""),
)
"""Below which share of chance a call ends how, and with which key.

Source: our own assumption, on the cautious side of the demo's telephones; the report says so.
"""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What comes back, and how many seconds later."""

    after: int
    told: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody in the drill."""

    seed: int

    def dead(self, number: str) -> bool:
        """Say whether a number is nobody's."""
        return self._chance("dead", number) < DEAD

    def text(self, number: str, reference: str) -> tuple[Reaction, ...]:
        """Tell what comes back of a text message."""
        after = 3 + int(40 * self._chance("carried", reference))
        if self._chance("delivered", reference) >= DELIVERED:
            return (Reaction(after, "failed"),)
        arrived = Reaction(after, "delivered")
        if self._chance("replies", number) >= REPLIES:
            return (arrived,)
        later = after + MINUTE + int(9 * MINUTE * self._chance("typing", reference))
        return (arrived, Reaction(later, "answered", "1"))

    def call(self, reference: str) -> tuple[Reaction, ...]:
        """Tell how a call ends: after the text is read out, or after it has rung in vain."""
        share = self._chance("call", reference)
        told, answer = next((told, key) for below, told, key in CALLS if share < below)
        rung = 30 if told in ("no_answer", "line_busy") else 20
        return (Reaction(rung + int(40 * self._chance("listens", reference)), told, answer),)

    def press(self, person: int, text: int) -> int | None:
        """Tell after how many seconds 收到 is pressed in the mini-program; None: it is not."""
        key = f"{person}/{text}"
        if self._chance("presses", key) >= PRESSES:
            return None
        return 20 + int(8 * MINUTE * self._chance("reads", key))

    def door(self, household: int, knock: int) -> tuple[int, bool]:
        """Tell how long a door takes with the way to it, and whether somebody is at home."""
        key = f"{household}/{knock}"
        takes = 2 * MINUTE + int(6 * MINUTE * self._chance("way", key))
        return takes, self._chance("home", key) < AT_HOME

    def stays(self, household: int) -> bool:
        """Say whether a household will not leave."""
        return self._chance("stays", str(household)) < STAYS

    def _chance(self, what: str, key: str) -> float:
        drawn = hashlib.blake2b(f"{self.seed}/{what}/{key}".encode(), digest_size=6).digest()
        return int.from_bytes(drawn) / 2**48
