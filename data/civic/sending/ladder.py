"""The ladder: by which way somebody is informed next, and when. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from data.civic.calendar import local
from data.civic.sending.rows import RowState, Rung, Standing

QUIET_FROM, QUIET_TO = 22, 6
"""Hours, Beijing time, between which blue and yellow wake nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRules:
    """The timers of one informing; they are kept with it, so that it ends as it began."""

    waits: Mapping[Rung, timedelta] = field(default_factory=dict)
    """How long an answer is waited for after a way; after one that is not named: not at all."""
    last: Rung = Rung.LOUDSPEAKER
    """The last way that is gone."""
    tries: int = 4
    """How often one way is tried while its platform is busy."""
    again_after: timedelta = timedelta(seconds=15)
    """How long after the first such failure; it doubles with each."""
    settles_after: timedelta = timedelta(minutes=2)
    """How long a receipt may still settle what is `unknown`."""
    asks_again: timedelta = timedelta(minutes=10)
    """How often somebody to knock is looked for where nobody was there."""
    quiet: bool = False
    """Nobody is written to between `QUIET_FROM` and `QUIET_TO`."""


URGENT = LadderRules(
    waits={
        Rung.SUBSCRIPTION: timedelta(minutes=3),
        Rung.CHAT: timedelta(minutes=3),
        Rung.SMS: timedelta(minutes=5),
        Rung.VOICE: timedelta(minutes=5),
        Rung.DOOR: timedelta(minutes=30),
    }
)
"""Orange, red, a transfer order: pursued down to the door, at any hour."""
CALM = LadderRules(
    waits={Rung.SUBSCRIPTION: timedelta(minutes=30), Rung.CHAT: timedelta(minutes=30)},
    last=Rung.SMS,
    quiet=True,
)
"""Blue and yellow: told, not pursued, and nobody is woken."""
SAME_WAYS = LadderRules()
"""A correction or lift: by every way that the first message went; none waits for another."""


def rules_for(*, urgent: bool, flash_flood: bool = False) -> LadderRules:
    """Choose the rules; a flash flood (山洪) wakes people whatever its colour."""
    return URGENT if urgent or flash_flood else CALM


@dataclass(frozen=True, slots=True)
class Send:
    """Send by this way now."""

    rung: Rung


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """Give the person to the worker of the grid, by name."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing before then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more happens by itself."""

    left: RowState
    """How the person is left."""


Step = Send | AtTheDoor | Wait | Done


def next_step(one: Standing, rules: LadderRules, at: datetime) -> Step:
    """Decide what happens next to one person.

    Whoever has confirmed is left in peace. A way that failed for good is followed by the next at
    once; a busy one is tried again; after one that went through, and after one of which nothing
    is known, the next waits for its timer. No way is gone again by which a message arrived.
    """
    if not one.state.uninformed:
        return Done(one.state)
    rung = _next_rung(one, rules)
    if rung is None:
        return Done(_left(one))
    due = _due(one, rules, rung, at)
    due = _after_the_night(due) if rules.quiet else due
    if due > at:
        return Wait(due)
    return AtTheDoor() if rung is Rung.DOOR else Send(rung)


def asleep(rules: LadderRules, at: datetime) -> bool:
    """Say whether nobody is written to at this hour."""
    return rules.quiet and _after_the_night(at) > at


def _next_rung(one: Standing, rules: LadderRules) -> Rung | None:
    if _tried_again(one, rules):
        return one.rung
    further = [way for way in one.ways if _ahead(way, one) and way <= rules.last]
    if further:
        return min(further)
    knocks = one.state is RowState.UNREACHABLE and Rung.DOOR in one.ways
    return Rung.DOOR if knocks and rules.last >= Rung.DOOR else None


def _ahead(rung: Rung, one: Standing) -> bool:
    gone = one.rung is not None and rung <= one.rung
    return not gone and rung not in one.reached


def _tried_again(one: Standing, rules: LadderRules) -> bool:
    return one.rung is not Rung.DOOR and 0 < one.tries < rules.tries


def _due(one: Standing, rules: LadderRules, rung: Rung, at: datetime) -> datetime:
    return at if one.at is None else max(one.at + _wait(one, rules, rung), at)


def _wait(one: Standing, rules: LadderRules, rung: Rung) -> timedelta:
    if one.state is RowState.UNREACHABLE and rung is Rung.DOOR:
        return rules.asks_again
    if _tried_again(one, rules):
        return rules.again_after * (1 << one.tries - 1)
    if one.state is RowState.UNKNOWN:
        return rules.settles_after
    if one.tries or one.rung is None:  # it was refused
        return timedelta()
    return rules.waits.get(one.rung, timedelta())


def _left(one: Standing) -> RowState:
    lost = one.state in (RowState.CREATED, RowState.FAILED)
    return RowState.UNREACHABLE if lost else one.state


def _after_the_night(moment: datetime) -> datetime:
    here = local(moment)
    if QUIET_TO <= here.hour < QUIET_FROM:
        return moment
    day = here.date() + timedelta(days=here.hour >= QUIET_FROM)
    return datetime.combine(day, time(QUIET_TO), here.tzinfo).astimezone(moment.tzinfo)
