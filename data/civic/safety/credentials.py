"""The life of a code: issued, in use, and over when it is lost, replaced, revoked or expired.

Here alone stands whose a handle is. Nothing of a screen's code is kept but that there is one: what
is shown is signed anew each time, for a minute.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from data.civic.calendar import BEIJING
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode, HouseholdId, PersonId
from data.civic.ports import Ids
from data.civic.safety.codes import LARGEST_HANDLE, Code, CodeKind, number_of
from data.civic.safety.identity import named
from data.civic.safety.rosters import Person

SCREEN_LASTS = timedelta(seconds=60)
"""How long what a screen shows counts; the page fetches another before."""
PRINTED_LASTS = timedelta(days=365)
"""Rosters are gone through before every season, and printed codes with them."""
LONGEST_REASON = 100


class CodeState(StrEnum):
    """Where a code is in its life."""

    ISSUED = "issued"
    IN_USE = "in_use"
    """It was scanned at least once."""
    LOST = "lost"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"

    @property
    def over(self) -> bool:
        """Say whether it no longer counts, for good."""
        return self not in (CodeState.ISSUED, CodeState.IN_USE)

    @property
    def voided(self) -> bool:
        """Say whether somebody ended it: it stands in the list of revoked codes."""
        return self in (CodeState.LOST, CodeState.REPLACED, CodeState.REVOKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose a code is: one person's, or one household's."""

    person: PersonId | None = None
    household: HouseholdId | None = None

    def __post_init__(self) -> None:
        if (self.person is None) == (self.household is None):
            raise BadInput("a code belongs to one person or to one household")

    def __str__(self) -> str:
        """Name the holder in the audit log."""
        return named(self.person) if self.person else f"household-{self.household:010x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One code that was issued."""

    id: str
    """The handle that stands in the code, 16 hex digits."""
    kind: CodeKind
    holder: Holder
    village: AreaCode
    key: int
    """Which key signs what is printed; a screen is signed by the key of the day."""
    state: CodeState = CodeState.ISSUED
    issued_at: datetime
    expires_at: datetime
    issued_by: str
    """The id of a member of staff, or `holder`."""
    used_at: datetime | None = None
    """When it was last scanned with a network, as far as is known."""
    over_at: datetime | None = None
    over_by: str = ""
    reason: str = ""
    version: int = 0

    @property
    def handle(self) -> int:
        """Tell the handle as it is packed."""
        return int(self.id, 16)

    @property
    def number(self) -> int:
        """Tell the ten digits by which it is known where no camera is."""
        return number_of(self.handle)

    def counts(self, at: datetime) -> bool:
        """Say whether it counts at a moment."""
        return not self.state.over and at < self.expires_at

    def state_at(self, at: datetime) -> CodeState:
        """Tell the state at a moment: expired is what nobody ended before its time was over."""
        return CodeState.EXPIRED if not self.state.over and at >= self.expires_at else self.state

    def code(self, *, at: datetime, key: int) -> Code:
        """Tell what is to be signed: of a screen at this moment by this key, else ever the same."""
        screen = self.kind is CodeKind.SCREEN
        issued = at.replace(microsecond=0) if screen else self.issued_at
        return Code(
            key=key if screen else self.key,
            handle=self.handle,
            kind=self.kind,
            issued=issued,
            expires=min(issued + SCREEN_LASTS, self.expires_at) if screen else self.expires_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """By whom, when and why a code is ended."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be issued."""

    kind: CodeKind
    holder: Holder
    key: int
    """Which key signs it."""
    by: str


def issue(ids: Ids, wanted: Wanted, *, of: Person, at: datetime) -> Credential:
    """Make a code for a person, or for the household of a person; handles are random."""
    issued = at.astimezone(UTC).replace(microsecond=0)
    return Credential(
        id=f"{int(ids.new(), 36) % LARGEST_HANDLE + 1:016x}",
        kind=wanted.kind,
        holder=wanted.holder,
        village=of.village,
        key=wanted.key,
        issued_at=issued,
        expires_at=min(issued + PRINTED_LASTS, _purged(of)),
        issued_by=wanted.by,
    )


def use(credential: Credential, at: datetime) -> Credential:
    """Note that it was scanned; an earlier moment than is known changes nothing.

    Raises:
        Conflict: it is over.
    """
    if not credential.counts(at):
        raise Conflict("this code no longer counts: nothing was noted")
    if credential.used_at is not None and at <= credential.used_at:
        return credential
    return _moved(credential, state=CodeState.IN_USE, used_at=at)


def lose(credential: Credential, ending: Ending) -> Credential:
    """Note that it is lost. Idempotent.

    Raises:
        Conflict: it was over already, for another reason.
    """
    return _ended(credential, CodeState.LOST, ending)


def revoke(credential: Credential, ending: Ending) -> Credential:
    """Withdraw it for a reason. Idempotent.

    Raises:
        Conflict: it was over already. BadInput: no reason, or a long one.
    """
    if not 0 < len(ending.reason) <= LONGEST_REASON:
        raise BadInput(f"say why it is withdrawn, in at most {LONGEST_REASON} characters")
    return _ended(credential, CodeState.REVOKED, ending)


def give_way(credential: Credential, ending: Ending) -> Credential:
    """Void it for another one of the same holder. Idempotent.

    Raises:
        Conflict: it was over already, for another reason.
    """
    return _ended(credential, CodeState.REPLACED, ending)


def expire(credential: Credential, at: datetime) -> Credential:
    """Note that its time is over. Idempotent.

    Raises:
        Conflict: its time is not over, or somebody ended it before.
    """
    if at < credential.expires_at:
        raise Conflict("its time is not over: revoke it, with a reason")
    return _ended(credential, CodeState.EXPIRED, Ending(by="time", at=credential.expires_at))


def _ended(credential: Credential, state: CodeState, ending: Ending) -> Credential:
    if credential.state is state:
        return credential
    if credential.state.over:
        raise Conflict(f"this code is {credential.state} since {credential.over_at:%Y-%m-%d %H:%M}")
    return _moved(
        credential, state=state, over_at=ending.at, over_by=ending.by, reason=ending.reason
    )


def _moved(credential: Credential, **changed: object) -> Credential:
    return replace(credential, version=credential.version + 1, **changed)  # type: ignore[arg-type]


def _purged(person: Person) -> datetime:
    """Tell when a person's entry is deleted: no code outlives it."""
    return datetime.combine(person.purge_on, time(), BEIJING).astimezone(UTC)
