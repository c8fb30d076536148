"""Scans: what a desk or a door leaves behind when somebody comes or goes; never changed again."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput
from data.civic.ids import AreaCode, EventId, PersonId, ScanId, ShelterId, StaffId
from data.civic.safety.shelters import Places

LONGEST = 200
"""Characters that describe people without a code."""
MOST_STRANGERS = 500
MOST_PEOPLE = 50
"""People of one scan: more than live behind any door."""

Guest = str
"""Whose stays are told: `p-…` one person, `w-…` a party without codes."""
_VOID = "void-"


class Way(StrEnum):
    """What was scanned."""

    IN = "in"
    OUT = "out"
    KIN = "relatives"
    """At the door of relatives, far from any shelter."""


class OutTo(StrEnum):
    """Where somebody goes who leaves a shelter."""

    HOME = "home"
    RELATIVES = "relatives"
    HOSPITAL = "hospital"
    SHELTER = "shelter"
    """To another one."""


class Need(StrEnum):
    """What somebody needs in a shelter."""

    WHEELCHAIR = "wheelchair"
    BED = "bed"
    """Lies down, or must not lie on the floor."""
    MEDICINE = "medicine"
    HEARING = "hearing"
    SIGHT = "sight"
    INFANT = "infant"
    PREGNANT = "pregnant"
    LANGUAGE = "language"
    PET = "pet"


class Proof(StrEnum):
    """By what it is known who it was."""

    CODE = "code"
    """A signed code was read."""
    DIGITS = "digits"
    """The digits under it were typed, and the name compared."""
    NAME = "name"
    """Staff knew the person, or found them on the roster."""
    NONE = "none"
    """Nobody knows: without a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scan, of people of the roster or of a party that has no codes.

    Raises:
        BadInput: something is missing, or two things exclude each other; the message says which.
    """

    id: ScanId
    event: EventId
    way: Way
    shelter: ShelterId | None = None
    """None: at the door of relatives."""
    people: tuple[PersonId, ...] = ()
    """Of a household's code everybody who came."""
    strangers: int = 0
    """How many have no code."""
    party: ScanId | None = None
    """Of strangers who leave: the scan by which they came. Who comes is a party anew.

    Of who comes with a code that does not count: `void_party`, one however often it is scanned.
    """
    looks: str = field(default="", repr=False)
    """How strangers are known again; no name is needed."""
    needs: frozenset[Need] = field(default=frozenset(), repr=False)
    out_to: OutTo | None = None
    village: AreaCode | None = None
    """Of relatives."""
    at: datetime
    """When it was so, corrected for the device's clock."""
    sure: bool = True
    device: str
    counter: int
    """Counts on with every scan of the device: of two of one moment it tells the first."""
    waiting: int = 0
    """How many more the device still kept when it sent this one."""
    proof: Proof
    by: StaffId
    received_at: datetime

    def __post_init__(self) -> None:
        if (self.shelter is None) != (self.way is Way.KIN):
            raise BadInput("who comes or goes does so at a shelter; at relatives there is none")
        if bool(self.people) == bool(self.strangers):
            raise BadInput("a scan is of people with codes, or of so many without")
        self._fits()
        if self.way is Way.OUT and self.out_to is None:
            raise BadInput("say where they go: home, relatives, hospital or another shelter")
        if self.way is Way.KIN and (self.village is None or not self.people):
            raise BadInput("with relatives: say in which village, and scan the person's code")
        if self.strangers and self.way is Way.OUT and self.party is None:
            raise BadInput("say which party leaves: choose it from the list")
        anew = self.way is not Way.OUT and not (self.party or _VOID).startswith(_VOID)
        if anew or (self.party is not None and self.way is Way.KIN):
            raise BadInput("only who leaves is of a party: who comes in elsewhere is counted anew")

    def _fits(self) -> None:
        if not self.device or min(self.counter, self.waiting) < 0:
            raise BadInput("a scan names its device, and counts from 0")
        if self.strangers > MOST_STRANGERS or len(self.people) > MOST_PEOPLE or self.strangers < 0:
            raise BadInput(f"one scan is of {MOST_STRANGERS} people at most: divide them")
        if len(self.looks) > LONGEST:
            raise BadInput(f"describe them in at most {LONGEST} characters")

    @property
    def guests(self) -> tuple[Guest, ...]:
        """Name whose stays it touches."""
        if self.people:
            return tuple(guest_of(one) for one in self.people)
        return (party_of(self.party or self.id),)

    def takes(self, guest: Guest) -> Places:
        """Tell which places one of its guests takes; what is needed is needed by the first."""
        special = Places(
            beds=int(Need.BED in self.needs), wheelchairs=int(Need.WHEELCHAIR in self.needs)
        )
        heads = Places(self.strangers or 1)
        return heads + special if guest == self.guests[0] else heads


def guest_of(person: PersonId) -> Guest:
    """Name a person as a guest."""
    return f"p-{person:010x}"


def party_of(scan: ScanId) -> Guest:
    """Name a party that came by this scan."""
    return f"w-{scan}"


def void_party(person: PersonId) -> ScanId:
    """Name the party that comes with a code of this person that does not count any more."""
    return ScanId(f"{_VOID}{person:010x}")


def void_holder(guest: Guest) -> PersonId | None:
    """Tell whose code that does not count a party came with; None: without any."""
    void = guest.removeprefix("w-")
    return PersonId(int(void.removeprefix(_VOID), 16)) if void.startswith(_VOID) else None


def person_of(guest: Guest) -> PersonId | None:
    """Tell which person a guest is; None: a party without codes."""
    return PersonId(int(guest[2:], 16)) if guest.startswith("p-") else None
