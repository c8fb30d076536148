"""What goes over the wire of relief: items, shelves, and what was handed out."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.api.wire import Wire
from bot.body_fields import Handle
from bot.scanwire import Short
from data.civic.safety.relief import LONGEST_NAME, MOST_LIMIT, MOST_PIECES, Booked, Per
from handlers.acts.relief_codes import LONGEST_GUEST

EventName = Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{1,40}$")]
ItemName = Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{1,40}/[0-9a-f]{12}$")]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
ReasonText = Annotated[str, StringConstraints(max_length=100)]
ScanKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class BooksQuery(Wire):
    """Whose books."""

    event: EventName


class ItemIn(Wire):
    """What is to be handed out, and how much each may have in how many days (0: the event)."""

    event: EventName
    name: ShortText
    unit: ShortText
    per: Per = Per.PERSON
    limit: Annotated[int, Field(ge=1, le=MOST_LIMIT)] = 1
    days: Annotated[int, Field(ge=0, le=366)] = 0


class ItemOut(Wire):
    """Something that is handed out."""

    item: str
    name: str
    unit: str
    per: Per
    limit: int
    days: int


class SupplyIn(Wire):
    """A booking of a shelf; the same id counts once."""

    id: ScanKey
    event: EventName
    shelter: Short
    item: ItemName
    kind: Booked
    quantity: Annotated[int, Field(ge=1, le=MOST_PIECES)]
    reason: ReasonText = ""


class IssueIn(Wire):
    """What is handed out, to whom: a code, a person of the own area, or a guest's number."""

    id: ScanKey
    event: EventName
    shelter: Short
    item: ItemName
    quantity: Annotated[int, Field(ge=1, le=MOST_LIMIT)] = 1
    code: Annotated[str, StringConstraints(max_length=200)] = ""
    person: Handle | None = None
    guest: Annotated[str, StringConstraints(max_length=LONGEST_GUEST)] = ""
    reason: ReasonText = ""
    """Why although it is not due; it stands in the closing report."""
    device: Annotated[str, StringConstraints(max_length=64)] = ""


class IssueOut(Wire):
    """What was handed out; to whom is not repeated."""

    id: str
    shelter: str
    item: str
    quantity: int
    at: datetime
    reason: str


class LineOut(Wire):
    """One item on the shelf of one shelter: brought in = issued + left + written off."""

    shelter: str
    item: str
    brought_in: int
    issued: int
    written_off: int
    left: int


class ExtraOut(Wire):
    """What was given although it was not due, and why."""

    shelter: str
    item: str
    quantity: int
    reason: str
    at: datetime


class ReliefBooksOut(Wire):
    """The books of an event."""

    event: str
    open: bool
    items: list[ItemOut]
    lines: list[LineOut]
    extra: list[ExtraOut]
