"""A local notice: what the county itself tells its people, signed by two."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, DecisionId, EventId, NoticeId
from data.civic.warning import drills


class NoticeState(StrEnum):
    """Where a notice stands."""

    ISSUED = "issued"
    CORRECTED = "corrected"
    """Another notice stands in its place."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice that was issued."""

    id: NoticeId
    event: EventId
    decision: DecisionId
    areas: tuple[AreaCode, ...]
    title: str
    text: str
    issued_at: datetime
    expires_at: datetime | None = None
    corrects: NoticeId | None = None
    """The notice whose readers must be told that it was wrong."""
    state: NoticeState = NoticeState.ISSUED
    ended_by: DecisionId | None = None
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on the event's kind, and on the mark."""
        drills.together(self.event, self.id)
        drills.check(self.id, self.title, self.text)

    def in_force(self, area: AreaCode, at: datetime) -> bool:
        """Say whether it is to be read in an area, or in a part of it."""
        stands = self.state is NoticeState.ISSUED and (not self.expires_at or at < self.expires_at)
        return stands and any(within(area, one) or within(one, area) for one in self.areas)


def end(notice: Notice, decision: DecisionId, *, state: NoticeState) -> Notice:
    """End it, or put another in its place. Idempotent by the decision.

    Raises:
        Conflict: it does not stand any more.
    """
    if notice.ended_by == decision:
        return notice
    if notice.state is not NoticeState.ISSUED:
        raise Conflict(f"the notice {notice.id} is {notice.state} already")
    return replace(notice, state=state, ended_by=decision, version=notice.version + 1)
