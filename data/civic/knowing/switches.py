"""Switches: what the county turns on for a time; each remembers who turned it, when and why."""

from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import StaffId

FREEZE = "freeze"
"""Ordinary publishing stands still; the emergency lane and going back do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One switch as it was turned last."""

    name: str
    on: bool
    by: StaffId
    at: datetime
    reason: str
