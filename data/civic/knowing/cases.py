"""The status of an application, shown only to who knows its number and a second factor."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from data.civic.ids import CaseNumber


class CaseState(StrEnum):
    """Where an application stands."""

    WAITING = "waiting"
    """待受理"""
    ACCEPTED = "accepted"
    """已受理"""
    SUPPLEMENT = "supplement"
    """待补正: the clock stands still."""
    IN_PROGRESS = "in_progress"
    """办理中"""
    GRANTED = "granted"
    """办结, 准予"""
    DENIED = "denied"
    """办结, 不予"""
    WITHDRAWN = "withdrawn"
    """退件"""
    TO_COLLECT = "to_collect"
    """待领取"""
    POSTED = "posted"
    """已寄送"""


def case_number(typed: str) -> CaseNumber:
    """Write a number as it is kept: in capitals, without gaps and hyphens, as the ear hears it."""
    return CaseNumber(re.sub(r"[ \-]", "", typed).upper())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One application. The factors are keyed hashes of the last four of phone and ID number."""

    number: CaseNumber
    title: str
    state: CaseState
    department: str
    phone: str
    """The telephone of the department, never the citizen's."""
    changed_at: datetime
    due_on: date | None = None
    note: str = ""
    factors: frozenset[str] = field(repr=False)
