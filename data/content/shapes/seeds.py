"""The shapes of `seeds/*.toml`: samples, each labelled as one, and nobody's."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from data.civic.ids import IntentId, TicketNumber
from data.civic.knowing.cases import CaseState
from data.civic.people import Role
from data.civic.risks import RiskTag
from data.civic.talk.tickets import TicketKind
from data.content.shapes.guides import Code
from data.content.shapes.shape import Name, Shape, Text

Labelled = Annotated[str, StringConstraints(pattern="样例")]
"""What a reader must not take for real says so itself."""
Login = Annotated[str, StringConstraints(pattern=r"^sample-[a-z]+[0-9]?$")]
Village = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]
Hotline = Literal["12345"]
"""The only telephone a sample may have."""


class CaseSeed(Shape):
    """One application; its days are counted from the day it is loaded."""

    number: Text
    title: Text
    state: CaseState
    department: Text
    phone: Text
    days_ago: Annotated[int, Field(ge=0)]
    due_in_days: Annotated[int, Field(ge=0)] | None = None
    note: str = ""
    last_four: Annotated[tuple[Text, ...], Field(min_length=1, repr=False)]
    """Its second factors, in the open."""


class StaffSeed(Shape):
    """One member of staff; the password is made where it is loaded."""

    login: Login
    name: Labelled
    role: Role
    area: Code
    department: str = ""
    """Empty: of every department."""


class ClerkSeed(Shape):
    """The member of staff who holds every role; the password is made where it is loaded."""

    login: Literal["clerk"]
    name: Labelled


class TicketSeed(Shape):
    """One matter for staff: seen after half of its hours, closed after three quarters."""

    number: Annotated[TicketNumber, StringConstraints(pattern=r"^XS0{8}\d{6}$")]
    """Of no day: no citizen is ever given it."""
    kind: TicketKind
    intent: IntentId
    area: Code
    text: Labelled
    hours_ago: Annotated[int, Field(gt=0)]
    seen_by: Login | None = None
    result: Labelled | None = None

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.kind is TicketKind.DANGER:
            raise ValueError("no sample is a danger: staff must be able to trust the red box")
        if self.result and not self.seen_by:
            raise ValueError("what has a result was seen by somebody: give seen_by")
        return self


class HouseholdSeed(Shape):
    """One household at risk; no telephone: somebody must go to the door."""

    name: Labelled
    village: Village
    people: Annotated[int, Field(gt=0)]
    phone: Hotline | None = None
    risks: Annotated[tuple[RiskTag, ...], Field(min_length=1)]
    """Why it is on the roster."""
    worker: Name


class WorkerSeed(Shape):
    """One grid worker, the grid that is answered for, and who stands in on leave."""

    id: Name
    name: Labelled
    village: Village
    grid: Labelled
    phone: Hotline
    deputy: Name
    login: Login | Literal[""] = ""
    """The account of staff, for who has one."""


class ShelterSeed(Shape):
    """One shelter of a county, a town or a village."""

    id: Name
    name: Labelled
    level: Literal["county", "town", "village"]
    area: Code
    """Where it stands."""
    capacity: Annotated[int, Field(gt=0)]
    inspected_until: date
    """After it the shelter may not be used."""
    status: Literal["open", "standby"]
    phone: Hotline


class StockSeed(Shape):
    """What one shelter has of one thing."""

    shelter: Name
    item: Text
    unit: Text
    quantity: Annotated[int, Field(ge=0)]
