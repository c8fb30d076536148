"""A message of a warning as its issuer sent it, whatever format it came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.civic.shapes import Circle, Point


class Colour(StrEnum):
    """How severe a warning is; white is Guangdong's lowest typhoon signal."""

    WHITE = "white"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def rank(self) -> int:
        """Tell how severe it is: 0 for white to 4 for red."""
        return list(Colour).index(self)


def worst(colours: Iterable[Colour | None]) -> Colour | None:
    """Tell the most severe of colours; None if there is none."""
    return max((one for one in colours if one), key=lambda one: one.rank, default=None)


class Status(StrEnum):
    """Whether a message is meant; only an actual one ever reaches a citizen."""

    ACTUAL = "actual"
    TEST = "test"
    EXERCISE = "exercise"
    DRAFT = "draft"
    SYSTEM = "system"
    """CAP alone: between machines."""


class MessageType(StrEnum):
    """What a message does."""

    ALERT = "alert"
    """Begins a warning."""
    UPDATE = "update"
    """Changes the colour of its own areas, and of no others."""
    CANCEL = "cancel"
    """Ends the warning in its areas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidArea:
    """One block of where a message says that it is for, in the issuer's own terms."""

    description: str
    """Names of divisions, as written: 临浦镇、浦阳镇."""
    codes: tuple[str, ...] = ()
    """Division codes, without the zeros that fill them up."""
    rings: tuple[tuple[Point, ...], ...] = ()
    """Polygons, not yet checked."""
    lines: tuple[tuple[Point, ...], ...] = ()
    """Open lines, which the national format allows: drawn, they decide nothing."""
    circles: tuple[Circle, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Codes of lists that are not known here: what the list is called, and the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a message; its content stays in the raw message."""

    description: str
    uri: str
    sha1: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningMessage:
    """One message; two are the same when all of this is the same."""

    identifier: str
    sender: str
    """The issuer's name: 萧山区气象台."""
    sender_code: str
    sent: datetime
    status: Status
    type: MessageType
    references: tuple[str, ...] = ()
    """Identifiers of messages before it: in the national format the first one alone."""
    public: bool = True
    event_code: str
    event: str = ""
    """The word for the event in the headline: 台风; empty where the headline is another's."""
    colour: Colour | None
    """None where a cancel does not say it."""
    effective: datetime
    expires: datetime | None = None
    """None: the issuer names no end; it holds until it is changed or lifted."""
    signer: str = ""
    headline: str
    description: str
    instruction: str = ""
    note: str = ""
    where: tuple[SaidArea, ...]
    attachments: tuple[Attachment, ...] = ()
