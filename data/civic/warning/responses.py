"""The response level of the headquarters, IV to I: started, raised, lowered and ended."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, DecisionId, EventId, ResponseId
from data.civic.warning import drills


class Level(StrEnum):
    """The response level; IV is the lowest."""

    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741  (its name in every plan)

    @property
    def rank(self) -> int:
        """Tell how high it is: 1 for IV to 4 for I."""
        return list(Level).index(self) + 1


class Change(StrEnum):
    """What a decision does to a response."""

    STARTED = "started"
    RAISED = "raised"
    LOWERED = "lowered"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseStep:
    """One change, decided by two people."""

    decision: DecisionId
    change: Change
    level: Level | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The response in some areas. A signal that is lifted never changes it."""

    id: ResponseId
    event: EventId
    areas: tuple[AreaCode, ...]
    steps: tuple[ResponseStep, ...]
    version: int = 0

    def __post_init__(self) -> None:
        """Insist on the event's kind, and on the mark."""
        drills.together(self.event, self.id)
        drills.check(self.id, *(one.text for one in self.steps))

    @property
    def level(self) -> Level | None:
        """Tell the level now; None: it has ended."""
        return self.steps[-1].level

    def covers(self, area: AreaCode) -> bool:
        """Say whether it is for an area, or for a part of it."""
        return any(within(area, one) or within(one, area) for one in self.areas)


def change_to(level: Level | None, *, before: Level | None) -> Change:
    """Tell what it is to go to another level.

    Raises:
        Conflict: it is the same level.
    """
    if level is before:
        raise Conflict(f"the response is {before or 'not started'} already")
    if before is None:
        return Change.STARTED
    if level is None:
        return Change.ENDED
    return Change.RAISED if level.rank > before.rank else Change.LOWERED


def start(
    id_: ResponseId, event: EventId, areas: tuple[AreaCode, ...], step: ResponseStep
) -> Response:
    """Start a response.

    Raises:
        Conflict: the step starts nothing.
    """
    if step.change is not Change.STARTED:
        raise Conflict(f"a response begins by being started, not {step.change}")
    return Response(id=id_, event=event, areas=areas, steps=(step,))


def move(response: Response, step: ResponseStep) -> Response:
    """Raise, lower or end it. Idempotent by the decision.

    Raises:
        Conflict: it has ended, or the step does not follow from where it stands.
    """
    if any(one.decision == step.decision for one in response.steps):
        return response
    if response.level is None:
        raise Conflict("the response has ended: start another")
    if change_to(step.level, before=response.level) is not step.change:
        raise Conflict(f"the response is at {response.level} now: decide anew")
    return replace(response, steps=(*response.steps, step), version=response.version + 1)
