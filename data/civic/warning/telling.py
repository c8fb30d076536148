"""What people are to be told: written by the acts, taken up by the informing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.civic.ids import AreaCode
from data.civic.warning import drills


class ToTell(StrEnum):
    """What sort of news it is."""

    SIGNAL = "signal"
    RESPONSE = "response"
    ORDER = "order"
    RETURN = "return"
    NOTICE = "notice"
    CORRECTION = "correction"
    """A notice that stands in the place of another: for all who got that."""
    LIFT = "lift"
    """Something has ended by its issuer's word: for all who got it. No word that one may return."""
    EXPIRY = "expiry"
    """A warning has ended by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToInform:
    """One piece of news for the people of some areas; made once, however often it is written."""

    kind: ToTell
    subject: str
    """The signal, response, order, return or notice, by its id."""
    source: str
    """What says it: the identifier of a message of the signal, or a decision's id."""
    areas: tuple[AreaCode, ...]
    at: datetime
    planned_at: datetime | None = None
    """When the informing took it up."""

    @property
    def id(self) -> str:
        """Name it by what it says: the same news is the same record."""
        return f"{self.kind}/{self.subject}/{self.source}"

    @property
    def drill(self) -> bool:
        """Say whether it is for the people of a drill alone."""
        return drills.is_drill(self.subject)
