"""What goes over the wire of who is entered for a person."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from bot.api.wire import Wire
from bot.body_fields import Handle, PurposeText
from data.civic.safety.registrations import How, Kind, Relation, State

RegistrationName = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]


class RegistrationsWanted(Wire):
    """Whose, and why."""

    person: Handle
    purpose: PurposeText


class RegistrationOut(Wire):
    """One conversation that speaks for the person, or asks to; it is not named."""

    id: str
    kind: Kind
    state: State
    relation: Relation | None
    name: str
    """How the proxy is called; empty for the person's own."""
    asked_at: datetime
    agreed_how: How | None
    agreed_at: datetime | None


class RegistrationsOut(Wire):
    """Who is entered, in the order of asking."""

    person: int
    child: bool
    """Only the guardian may agree."""
    registrations: list[RegistrationOut]


class WordIn(Wire):
    """What the person said before this member of staff; of a child, what its guardian said."""

    person: Handle
    registration: RegistrationName
    word: Literal["yes", "no", "end"]
    """`end`: a conversation that is not the person's own."""
    guardian: bool = False
    purpose: PurposeText
