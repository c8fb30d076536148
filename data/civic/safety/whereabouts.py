"""Where somebody is in an event, from listed to returned: a fold of steps in any order.

A step is never taken back: a later one stands over it, by the time at which it was so, however
late it arrives. Only a scan, staff or named family can say that somebody has left; what one says
of oneself is written, and moves nobody out of red.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput
from data.civic.ids import AreaCode, EventId, OrderId, PersonId, StepId


class Stage(StrEnum):
    """How far somebody is, in the order of a transfer."""

    LISTED = "listed"
    """On the roster; nothing else is known."""
    NOTIFIED = "notified"
    AGREED = "agreed"
    REFUSED = "refused"
    """Will not leave: a visit, a leader, a signed record."""
    UNREACHABLE = "unreachable"
    """To be found at the door, within the deadline."""
    MOVING = "moving"
    """On the way, or gone from where one was recorded."""
    SHELTER = "shelter"
    RELATIVES = "relatives"
    HOSPITAL = "hospital"
    RETURN_RELEASED = "return_released"
    RETURNED = "returned"


class By(StrEnum):
    """Who says so."""

    SCAN = "scan"
    """A device of staff has read the person's code."""
    STAFF = "staff"
    FAMILY = "family"
    """Somebody of the family, by name."""
    SELF = "self"
    RULE = "rule"
    """An order, a return, an informing: nobody's word."""


MOVED = frozenset({Stage.SHELTER, Stage.RELATIVES, Stage.HOSPITAL})
"""Out of danger, as far as anybody has seen."""
WATCHED = MOVED - {Stage.RELATIVES}
"""Where others see to it that somebody is safe."""
PLACED = MOVED | {Stage.MOVING, Stage.RETURNED}
"""What says where somebody is; the rest, how far one has got with them."""

_EVERY = frozenset(Stage)
_OVER = frozenset({Stage.RETURN_RELEASED, Stage.RETURNED})
_AT_HOME = _EVERY - MOVED - _OVER - {Stage.MOVING}
_UNTOLD = frozenset({Stage.LISTED, Stage.UNREACHABLE})
_NOT_YET = _AT_HOME | {Stage.MOVING}
_SEEN = frozenset({By.SCAN, By.STAFF})
_NAMED = _SEEN | {By.FAMILY}
_TOLD = frozenset({By.STAFF, By.FAMILY, By.SELF})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One row of the table: to where, from where, and on whose word."""

    to: Stage
    before: frozenset[Stage]
    by: frozenset[By]
    free: bool = False
    """Only while no order holds the person, nor a return that is not released."""


MOVES = (
    Move(to=Stage.LISTED, before=_AT_HOME | _OVER, by=frozenset({By.RULE})),
    Move(to=Stage.NOTIFIED, before=_UNTOLD, by=_TOLD | {By.RULE}),
    Move(to=Stage.AGREED, before=_AT_HOME, by=_TOLD),
    Move(to=Stage.REFUSED, before=_NOT_YET, by=_TOLD),
    Move(to=Stage.UNREACHABLE, before=_NOT_YET, by=frozenset({By.STAFF, By.RULE})),
    Move(to=Stage.MOVING, before=_NOT_YET | _OVER, by=_NAMED | {By.SELF}),
    Move(to=Stage.MOVING, before=MOVED, by=_SEEN),
    Move(to=Stage.MOVING, before=frozenset({Stage.RELATIVES}), by=frozenset({By.FAMILY, By.SELF})),
    Move(to=Stage.SHELTER, before=_EVERY, by=_SEEN),
    Move(to=Stage.RELATIVES, before=_EVERY, by=_NAMED),
    Move(to=Stage.HOSPITAL, before=_EVERY, by=_NAMED),
    Move(to=Stage.RETURN_RELEASED, before=_EVERY, by=frozenset({By.RULE})),
    Move(to=Stage.RETURNED, before=_EVERY - _AT_HOME, by=_NAMED, free=True),
)
"""Every move there is; what is not here has no effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was recorded of somebody in an event.

    Raises:
        BadInput: this cannot be said on this word, or what belongs to it is missing.
    """

    id: StepId
    """A scan's own id, so that the same scan sent twice is one step."""
    event: EventId
    person: PersonId
    home: AreaCode
    """The village in whose numbers the person counts."""
    stage: Stage
    by: By
    at: datetime
    """When it was so, corrected for the device's clock; never when it arrived."""
    who: str = field(default="", repr=False)
    """The id of staff, or the name of the family member."""
    device: str = ""
    village: AreaCode | None = None
    """Where: of a shelter, or of relatives; no nearer place is kept."""
    shelter: str = ""
    helper: str = field(default="", repr=False)
    """Who brings the person."""
    order: OrderId | None = None
    """The order by which somebody is listed, or after which the return is released."""

    def __post_init__(self) -> None:
        if not any(one.to is self.stage and self.by in one.by for one in MOVES):
            raise BadInput(f"{self.stage} cannot be said by {self.by}: see the table of moves")
        if self.stage is Stage.RELATIVES and self.village is None:
            raise BadInput("with relatives: say in which village")
        if self.by in (By.STAFF, By.FAMILY) and not self.who.strip():
            raise BadInput(f"{self.by} says so by name: say who")
        if self.by is By.SCAN and not self.device:
            raise BadInput("a scan says on which device it was made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where somebody is, as far as anybody knows; without a step: listed, and nothing else."""

    stage: Stage = Stage.LISTED
    held_by: frozenset[OrderId] = frozenset()
    """Orders that cover the person, or were lifted without the return being released."""
    last: Step | None = None
    """The step by which it is so."""
    near: AreaCode | None = None
    """Where somebody was seen with relatives, who has left by no more than their own word."""

    @property
    def moved(self) -> bool:
        """Say whether somebody has seen the person out of danger."""
        return self.stage in MOVED

    @property
    def village(self) -> AreaCode | None:
        """Tell in which village the person stays, or was seen last, where that is known."""
        return self.last.village if self.last and self.moved else self.near

    @property
    def with_relatives(self) -> AreaCode | None:
        """Tell in which village the person is with relatives, or was when last seen by others."""
        return self.village if self.stage is Stage.RELATIVES else self.near


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What the steps of one person amount to, and which of them had no effect."""

    standing: Standing
    without_effect: tuple[StepId, ...] = ()
    conflicts: frozenset[StepId] = frozenset()
    """Ids under which two different things were recorded."""


def by_person(steps: Iterable[Step]) -> defaultdict[PersonId, list[Step]]:
    """Part the steps of many people; who has none has an empty list."""
    found: defaultdict[PersonId, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.person].append(step)
    return found


def fold(steps: Iterable[Step]) -> Folded:
    """Put the steps of one person in one event together, in whatever order they came."""
    ones, conflicts = _each_once(steps)
    standing, idle = Standing(), list[StepId]()
    for one in sorted(ones, key=_order):
        after = taken(standing, one)
        if after is standing:
            idle.append(one.id)
        standing = after
    return Folded(standing=standing, without_effect=tuple(idle), conflicts=conflicts)


def taken(standing: Standing, step: Step) -> Standing:
    """Take a step; one that the table does not know changes nothing."""
    if _leaves_elsewhere(standing, step):
        return standing
    held = _held(standing, step)
    if step.stage is Stage.RETURN_RELEASED and held:  # another order still holds the person
        return replace(standing, held_by=held)
    if allowed(replace(standing, held_by=held), step):
        near = _near(standing, step)
        return Standing(stage=step.stage, held_by=held, last=step, near=near)
    return standing if held == standing.held_by else replace(standing, held_by=held)


def allowed(standing: Standing, step: Step) -> bool:
    """Say whether the table knows this move."""
    return any(
        one.to is step.stage
        and standing.stage in one.before
        and step.by in one.by
        and not (one.free and standing.held_by)
        for one in MOVES
    )


def _held(standing: Standing, step: Step) -> frozenset[OrderId]:
    if step.order is None:
        return standing.held_by
    if step.stage is Stage.LISTED:
        return standing.held_by | {step.order}
    return standing.held_by - {step.order}


def _leaves_elsewhere(standing: Standing, step: Step) -> bool:
    """Say whether a shelter signs somebody out who was seen in another place since."""
    if not step.shelter or step.stage is Stage.SHELTER or not standing.moved:
        return False
    there = standing.last.shelter if standing.last else ""
    return there != step.shelter and bool(there or standing.stage is not Stage.SHELTER)


def _near(standing: Standing, step: Step) -> AreaCode | None:
    """Keep where somebody was with relatives, until somebody sees them leave or arrive."""
    left = step.stage is Stage.MOVING and step.by in _SEEN
    if left or step.stage in MOVED | _OVER:
        return None
    return standing.with_relatives


def _each_once(steps: Iterable[Step]) -> tuple[list[Step], frozenset[StepId]]:
    """Keep one step an id; of two that differ always the same one, whichever came first."""
    ones: dict[StepId, Step] = {}
    conflicts = set()
    for one in steps:
        other = ones.setdefault(one.id, one)
        if other != one:
            conflicts.add(one.id)
            ones[one.id] = min(other, one, key=_whole)
    return list(ones.values()), frozenset(conflicts)


def _order(step: Step) -> tuple[datetime, int, str]:
    return step.at, _PLACE[step.stage], step.id


def _whole(step: Step) -> tuple[datetime, str, str, str, str, str]:
    rest = (step.by, step.who, step.device, step.village, step.shelter, step.helper, step.order)
    return step.at, step.stage, step.event, str(step.person), step.home, "/".join(map(str, rest))


_PLACE = {stage: place for place, stage in enumerate(Stage)}
"""Of two steps of one moment the one that comes first in a transfer is taken first."""
