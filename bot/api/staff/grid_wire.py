"""What goes over the wire of the staff API about grids, their workers, and the calls of duty."""

from datetime import date, datetime
from typing import Annotated

from pydantic import StringConstraints

from bot.api.wire import Wire
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Status
from data.civic.warning.returns import ReturnState

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{1,39}$")]
Remark = Annotated[str, StringConstraints(max_length=200)]
AnyId = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class LeaveOut(Wire):
    """A leave, to the moment at which the work begins again."""

    begins: datetime
    ends: datetime


class WorkerOut(Wire):
    """Somebody who answers for grids."""

    id: str
    name: str
    phone: str
    area: str
    deputy: str | None
    leaves: list[LeaveOut]


class GridOut(Wire):
    """A grid, and who answers for it now."""

    id: str
    name: str
    village: str
    worker: str | None
    """The id of the worker of this moment; null: nobody answers."""
    deputy: str | None
    gap_since: datetime | None
    """From when on nobody answers; null: somebody always does."""
    next_level: list[str]
    """While there is a gap: the names of those who have to see to it."""


class GridsOut(Wire):
    """The grids and workers of the own area."""

    grids: list[GridOut]
    workers: list[WorkerOut]


class AssignIn(Wire):
    """Who answers for a grid from now on; null: nobody."""

    worker: Id | None


class DeputyIn(Wire):
    """Who stands in for a worker; null: nobody."""

    deputy: Id | None


class LeaveIn(Wire):
    """A leave of whole days, the first and the last."""

    first: date
    last: date


class ReturnOut(Wire):
    """How far the return to a village is."""

    id: str
    order: str
    village: str
    state: ReturnState
    checked_by: str | None
    checked_at: datetime | None
    remark: str


class ReturnsOut(Wire):
    """The villages to which nobody may go back yet."""

    returns: list[ReturnOut]


class CheckIn(Wire):
    """The houses and the area of a return were found safe."""

    id: AnyId
    remark: Remark = ""


class DutyCallOut(Wire):
    """What somebody on duty is called for."""

    id: str
    kind: DutyKind
    subject: str
    others: list[str]
    """Further messages of the same kind: the one call is for all of them."""
    area: str
    detail: str
    opened_at: datetime
    seen_at: datetime | None
    seen_by: str | None


class DutyCallsOut(Wire):
    """What nobody has seen yet, oldest first."""

    calls: list[DutyCallOut]


class TestOut(Wire):
    """A message that was no actual warning; no citizen was told of it."""

    feed: str
    identifier: str
    status: Status
    headline: str
    received_at: datetime


class TestsOut(Wire):
    """The newest first."""

    messages: list[TestOut]


class SeenIn(Wire):
    """Which call one has seen."""

    id: AnyId
