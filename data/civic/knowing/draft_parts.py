"""What people write onto a draft: edits of files, signatures, remarks."""

from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What somebody made of a file."""

    digest: str | None
    """SHA-256 of the new text; None: the file is removed."""
    base: str
    """SHA-256 of the file in the base release; empty: it is new."""
    by: StaffId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who vouches for which content of a draft."""

    by: StaffId
    name: str
    department: str
    """Empty: of the whole county."""
    content: str
    """The draft's `content` that was signed."""
    at: datetime
    commanding: bool = False
    """A chief or a duty officer: one of them must sign in the emergency lane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Why somebody sent a draft back or laid it aside, or what the system left to decide."""

    by: StaffId
    text: str
    at: datetime
