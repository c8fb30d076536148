"""What goes over the wire of the staff API about who is informed, doors, and rosters."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.api.wire import AreaText, Wire
from bot.body_fields import Handle, PurposeText, Village
from bot.doorlist import DoorOut
from data.civic.sending.informing import InformingKind, InformingState
from data.civic.sending.rows import Manner, Said

GridName = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class InformingOut(Wire):
    """An informing."""

    id: int
    kind: InformingKind
    state: InformingState
    drill: bool
    planned: int
    created_at: datetime
    of: int | None


class InformingsOut(Wire):
    """Newest first."""

    informings: list[InformingOut]


class CountsOut(Wire):
    """The people of one area or grid; nobody is named."""

    area: str
    grid: str | None
    people: int
    informed: int
    uninformed: int
    with_worker: int
    not_scanned: int | None
    """Reported as moved and scanned nowhere; null: told of no event, or counted by grid."""
    states: dict[str, int]


class BoardQuery(Wire):
    """How far counts are divided, and for which area; without it the own."""

    level: Annotated[str, StringConstraints(pattern=r"^(county|town|village|grid)$")] = "town"
    area: AreaText | None = None


class BoardOut(Wire):
    """Counts in the order of the areas' codes: no ranking."""

    informing: InformingOut
    at: datetime
    total: CountsOut
    lines: list[CountsOut]
    sent: dict[str, int]
    """How often each way was gone, everywhere; at the door: taken on by a worker."""
    refused: dict[str, int]
    """How often it was not taken; at the door: nobody answers for the grid."""


class NamesWanted(Wire):
    """Whose names are looked at, and why."""

    village: Village
    grid: GridName | None = None
    purpose: PurposeText


class NamesOut(Wire):
    """People who are not informed, door by door."""

    people: list[DoorOut]


class DoorsWanted(Wire):
    """Which grid's list is taken along, and why."""

    grid: GridName
    purpose: PurposeText


class ConfirmationIn(Wire):
    """What one person said at the door or on the telephone."""

    person: Handle
    said: Said = Said.RECEIVED
    manner: Manner = Manner.DOOR


class ConfirmationsIn(Wire):
    """Answers that were collected, perhaps offline; sending them twice changes nothing."""

    confirmations: Annotated[list[ConfirmationIn], Field(min_length=1, max_length=200)]
    purpose: PurposeText


class ConfirmationOut(Wire):
    """What became of one answer; `error` is empty where it was taken."""

    person: int
    first: bool
    visit_by: str
    error: str


class ConfirmationsOut(Wire):
    """In the order in which they were sent."""

    confirmations: list[ConfirmationOut]


class RosterIn(Wire):
    """A roster file; it is only tried, unless `write` is true."""

    name: Annotated[str, StringConstraints(pattern=r"^[^/\\]{1,100}\.(csv|xlsx)$")]
    content: Annotated[str, StringConstraints(min_length=4, pattern=r"^[A-Za-z0-9+/]+={0,2}$")]
    """The file in base64; large files belong to the console."""
    purpose: PurposeText
    write: bool = False
    partial: bool = False


class MistakeOut(Wire):
    """What is wrong in which cell."""

    where: str
    what: str


class RosterOut(Wire):
    """What an import came to, or would come to."""

    added: int
    changed: int
    same: int
    villages: int
    written: bool
    mistakes: list[MistakeOut]
    """The first 1,000."""
