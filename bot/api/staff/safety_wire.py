"""What goes over the wire of the staff API about who has left, marks, appeals and colours."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from bot.api.staff.informing_wire import GridName
from bot.api.wire import AreaText, Key, Wire
from bot.body_fields import Handle, PurposeText, Village
from data.civic.knowing.colour_rules import CodeColour
from data.civic.safety.appeals import LONGEST, Outcome
from data.civic.safety.colours import Reason
from data.civic.safety.marks import MarkKind
from data.civic.safety.whereabouts import By, Stage


class AreaQuery(Wire):
    """For which area; without it the own."""

    area: AreaText | None = None


class MovedOut(Wire):
    """One village in numbers; nobody is named."""

    village: str
    listed: int
    moved: int
    not_moved: int
    not_listed: int
    staying: int
    """Of other villages, with relatives here, who must leave as well and have not."""
    overdue: int
    stages: dict[str, int]


class MovedBoardOut(Wire):
    """In the order of the villages' codes: no ranking."""

    lines: list[MovedOut]


class GapsWanted(Wire):
    """Whose names are looked at, and why."""

    village: Village
    grid: GridName | None = None
    purpose: PurposeText


class GapOut(Wire):
    """One person, with the door and what is known."""

    person: int
    name: str
    phone: str | None
    address: str
    mobility: str
    stage: Stage
    by: By | None
    at: datetime | None
    stays: str | None
    """The village where the person is, where that is known."""
    deadline: datetime | None
    overdue: bool


class GapsOut(Wire):
    """The gaps of a village."""

    not_moved: list[GapOut]
    not_listed: list[GapOut]
    staying: list[GapOut]
    """Who lives elsewhere, is with relatives here, and must leave as well."""


class MoveIn(Wire):
    """Where somebody is; the same id again is the same step."""

    id: Key
    person: Handle
    stage: Stage
    at: AwareDatetime
    """When it was so, by the device's clock."""
    village: Village | None = None
    """Where, if it is a shelter or relatives."""
    helper: Annotated[str, StringConstraints(max_length=60)] = ""


class MovesIn(Wire):
    """What was seen, perhaps offline; sending it twice changes nothing."""

    moves: Annotated[list[MoveIn], Field(min_length=1, max_length=200)]
    purpose: PurposeText


class MoveOut(Wire):
    """How somebody stands now; `error` is empty where it was taken."""

    person: int
    stage: Stage | None
    error: str


class MovesOut(Wire):
    """In the order in which they were sent."""

    moves: list[MoveOut]


class ColourWanted(Wire):
    """Of whom, and why."""

    person: Handle
    purpose: PurposeText


class ColourOut(Wire):
    """A colour and why; `moved`: recorded as safe. It opens and closes no gate."""

    person: int
    colour: CodeColour
    moved: bool
    silent: bool
    unsettled: bool
    reason: Reason
    since: datetime | None
    deadline: datetime | None
    rules: str
    inputs: str


class MarkIn(Wire):
    """Who needs what help, and why; one person of the own grid."""

    person: Handle
    kind: MarkKind
    purpose: PurposeText


class MarkOut(Wire):
    """A mark that counts."""

    person: int
    kind: MarkKind
    at: datetime


class AppealOut(Wire):
    """An appeal that nobody has answered."""

    id: str
    person: int
    village: str
    colour: CodeColour
    reason: Reason
    words: str
    at: datetime


class AppealsOut(Wire):
    """Oldest first."""

    appeals: list[AppealOut]


class AppealAnswerIn(Wire):
    """What came of it; the citizen reads the words."""

    outcome: Outcome
    words: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class AppealAnswered(Wire):
    """It is answered."""

    id: str
    outcome: Outcome


class DayQuery(Wire):
    """Which day, in the time of here."""

    day: date


class ChangesOut(Wire):
    """What was changed by hand on a day, counted; the console shows the rest."""

    day: date
    marks: int
    lists: int
    appeals: int
    by_officer: dict[str, int]
    """The id of staff, and how many marks."""
