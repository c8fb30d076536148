"""Registrations: which conversation speaks for whom of the roster, for oneself or as a proxy.

One's own registration stands at once: who registers has shown to be that person. A proxy is
asked for, and stands only when the person has agreed, whose word ends it at any time::

    ASKED ──agree──▶ STANDING ──end──▶ ENDED
      │ └──refuse──▶ REFUSED             │
      └──end──▶ ENDED        REFUSED, ENDED ──ask again──▶ ASKED
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.errors import Conflict
from data.civic.ids import ConversationId, PersonId
from data.civic.ports import Seal
from data.civic.safety.grounds import Basis

NOTICE = "registering-2026-1"
"""Which notice is shown before somebody registers: `register_notice` in the wording."""
ASKED_FOR = timedelta(days=7)
"""How long a proxy that is asked for waits for the person's word."""
ID_DIGITS = 24
"""Hex digits of an id: 96 bits, no two share them by chance."""


class Kind(StrEnum):
    """For whom the conversation speaks."""

    OWN = "own"
    PROXY = "proxy"
    """For somebody of the family who has agreed to it."""


class State(StrEnum):
    """Where it stands; only what is `STANDING` lets anybody answer."""

    ASKED = "asked"
    STANDING = "standing"
    REFUSED = "refused"
    ENDED = "ended"


class Relation(StrEnum):
    """What the person is to the proxy: how the proxy speaks of that person."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER = "other"


class How(StrEnum):
    """How somebody's agreement was given."""

    CHAT = "chat"
    """In the person's own conversation."""
    DOOR = "door"
    """Said to a member of staff, who has recorded it."""
    GUARDIAN = "guardian"
    """By the guardian of a child, to a member of staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Who agreed, how and when, and what had been told before."""

    how: How
    by: str = field(repr=False)
    """A staff id, or the keyed name of the conversation in which it was said."""
    at: datetime
    basis: Basis = Basis.CONSENT
    notice_version: str = NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One conversation and one person of the roster."""

    id: str
    """`registration_id`: names neither of the two, fit for the audit log and for addresses."""
    conversation: ConversationId = field(repr=False)
    person: PersonId
    kind: Kind
    state: State
    relation: Relation | None = None
    name: str = field(default="", repr=False)
    """How the proxy is called, as told by themselves; sealed at rest. Empty: one's own."""
    code: str = field(default="", repr=False)
    """What the person adds to the yes, so that it is this proxy who is meant."""
    asked_at: datetime
    agreement: Agreement | None = None
    muted: bool = False
    """Nothing is sent to this conversation, on its owner's wish; answers still count."""
    over_at: datetime | None = None
    """When it was refused or ended."""
    over_by: str = field(default="", repr=False)
    version: int = 0

    @property
    def stands(self) -> bool:
        """Say whether this conversation may answer for the person."""
        return self.state is State.STANDING

    def waits(self, now: datetime) -> bool:
        """Say whether the person is still asked."""
        return self.state is State.ASKED and now - self.asked_at < ASKED_FOR


def registration_id(seal: Seal, conversation: ConversationId, person: PersonId) -> str:
    """Name what ties a conversation to a person: the same two are always the same one."""
    return seal.keyed_hash("registration", f"{conversation}/{person}")[:ID_DIGITS]


def agree(one: Registration, agreement: Agreement) -> Registration:
    """Let a proxy stand; a second yes changes nothing.

    Raises:
        Conflict: it was refused, ended, or asked for too long ago.
    """
    if one.stands:
        return one
    if not one.waits(agreement.at):
        raise Conflict("this proxy does not wait for an agreement: it has to be asked for again")
    return replace(one, state=State.STANDING, agreement=agreement, code="", version=one.version + 1)


def refuse(one: Registration, by: str, at: datetime) -> Registration:
    """Note that the person does not want this proxy; one that stands already is ended.

    Idempotent.
    """
    return _over(one, State.REFUSED if one.state is State.ASKED else State.ENDED, by, at)


def end(one: Registration, by: str, at: datetime) -> Registration:
    """End a registration, by whichever of the two or by staff. Idempotent."""
    return _over(one, State.ENDED, by, at)


def ask_again(one: Registration, asked: Registration) -> Registration:
    """Take up anew what was refused or ended, or has waited in vain; what stands is left alone.

    Who still waits keeps the first code, so that a message that came twice asks once.
    """
    if one.stands or one.waits(asked.asked_at):
        return one
    return replace(asked, version=one.version + 1)


def mute(one: Registration, *, on: bool) -> Registration:
    """Send nothing to this conversation any more, or send again."""
    return one if one.muted is on else replace(one, muted=on, version=one.version + 1)


def _over(one: Registration, state: State, by: str, at: datetime) -> Registration:
    if one.state in (State.REFUSED, State.ENDED):
        return one
    return replace(one, state=state, code="", over_at=at, over_by=by, version=one.version + 1)
