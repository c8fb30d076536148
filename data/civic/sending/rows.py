"""A row: one person and one warning, how far the informing has come with them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple, assert_never

from data.civic.ids import AreaCode, GridId, HouseholdId, PersonId

GIVEN_UP = 99
"""As `tries`: this way is not tried again."""


class Rung(IntEnum):
    """A way to inform somebody; the ladder is gone in this order."""

    SUBSCRIPTION = 1
    """A subscription message of the mini-program."""
    CHAT = 2
    """In the chat, while the platform's window is open."""
    SMS = 3
    VOICE = 4
    """An automatic call that wants a key pressed."""
    DOOR = 5
    """The grid worker knocks."""
    LOUDSPEAKER = 6
    """The village's loudspeaker: for all who are near, no proof for anybody."""


class RowState(IntEnum):
    """Where a person stands; who is below `CONFIRMED` has not been informed."""

    CREATED = 0
    SENT = 1
    """The platform has accepted a message."""
    DELIVERED = 2
    READ = 3
    UNKNOWN = 4
    """A send was in flight when its worker died, or was not answered: it may have arrived."""
    FAILED = 5
    """The last send was refused."""
    WITH_WORKER = 6
    """A grid worker has the person on the list of doors; the record of the sends names which."""
    UNREACHABLE = 7
    """No way has worked, and nobody is there to knock."""
    CONFIRMED = 8
    CANCELLED = 9
    """The informing was cancelled before anything was sent."""

    @property
    def uninformed(self) -> bool:
        """Say whether the person still has to be informed."""
        return self < RowState.CONFIRMED


class Said(StrEnum):
    """What was answered."""

    RECEIVED = "received"
    """收到."""
    SAFE = "safe"
    """我平安."""
    STAYS = "stays"
    """我不走: informed, and somebody must come."""
    HELP = "help"
    """Needs help: informed, and somebody must come."""

    @property
    def wants_visit(self) -> bool:
        """Say whether somebody must come although the person is informed."""
        return self in (Said.STAYS, Said.HELP)


class By(StrEnum):
    """Who answered, as seen from the person."""

    SELF = "self"
    HOUSEHOLD = "household"
    """Somebody else who lives there."""
    FAMILY = "family"
    STAFF = "staff"


class Manner(StrEnum):
    """How the answer came."""

    CHAT = "chat"
    PAGE = "page"
    SMS = "sms"
    VOICE = "voice"
    DOOR = "door"
    PHONE = "phone"
    """Staff telephoned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Who said that the warning has arrived, when and how."""

    by: By
    who: str = field(repr=False)
    """A staff or worker id, the handle of a person, or a keyed hash of a conversation."""
    said: Said = Said.RECEIVED
    manner: Manner
    at: datetime

    @property
    def for_the_household(self) -> "Confirmation":
        """Tell how the same answer counts for the others who live there."""
        return replace(self, by=By.HOUSEHOLD, said=Said.RECEIVED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it has come with somebody; many stand alike, and are carried on together."""

    ways: frozenset[Rung]
    """By which ways this person can be informed at all."""
    state: RowState = RowState.CREATED
    rung: Rung | None = None
    """The newest way that was gone."""
    attempts: int = 0
    """How often something was sent, by all ways together: the number of the newest attempt."""
    tries: int = 0
    """How often in a row the newest way has failed; `GIVEN_UP` when it is not tried again."""
    at: datetime | None = None
    """When the newest attempt was made."""
    reached: frozenset[Rung] = frozenset()
    """The ways by which a message has, or may have, arrived."""


class Member(NamedTuple):
    """Somebody of a slice: what it takes to send."""

    person: PersonId
    village: AreaCode
    grid: GridId


@dataclass(frozen=True, slots=True)
class Row:
    """One recipient, with the village, grid and household they are looked for in.

    These follow who moves, as long as the news are for where they live by now.
    """

    resident: PersonId
    village: AreaCode
    grid: GridId
    household: HouseholdId
    standing: Standing
    confirmation: Confirmation | None = None
    visit: Said | None = None
    """Why somebody must come, until somebody has."""

    @property
    def state(self) -> RowState:
        """Tell the state."""
        return self.standing.state

    @property
    def rung(self) -> Rung | None:
        """Tell the newest way that was gone."""
        return self.standing.rung

    @property
    def attempts(self) -> int:
        """Tell how often something was sent."""
        return self.standing.attempts

    @property
    def at(self) -> datetime | None:
        """Tell when the newest attempt was made."""
        return self.standing.at


class Ending(StrEnum):
    """What became of a send."""

    ACCEPTED = "accepted"
    """The platform has taken it; at the door: a worker, by name."""
    BUSY = "busy"
    """It was not taken and may be later: the platform is down, busy, or limits us."""
    REFUSED = "refused"
    """It will never be taken by this way."""
    UNKNOWN = "unknown"
    """No answer came: it may have arrived, and is not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One send, as it is kept for whoever asks later."""

    number: int
    rung: Rung
    at: datetime
    ending: Ending | None
    """None: in flight."""
    provider_id: str = ""
    error: str = ""


def state_after(rung: Rung, ending: Ending) -> RowState:
    """Tell the state after a send."""
    if rung is Rung.DOOR:
        return RowState.WITH_WORKER if ending is Ending.ACCEPTED else RowState.UNREACHABLE
    match ending:
        case Ending.ACCEPTED:
            return RowState.SENT
        case Ending.UNKNOWN:
            return RowState.UNKNOWN
        case Ending.BUSY | Ending.REFUSED:
            return RowState.FAILED
        case _:
            assert_never(ending)
