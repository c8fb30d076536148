"""Call-answer (叫应): who on duty is called next, and when; decided here and done elsewhere.

The officer is called first, after five minutes without an answer the deputy, then the next level;
when everybody was called in vain, it begins again, until somebody has seen it.

Source: the rules of 叫应 of Changzhi (an answer within 5 minutes) and Shangzhou (2025-07-21: calls,
answers and what came of them on record); the order of the calls is our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.civic.warning.dials import Dial
from data.civic.warning.duty import DutyCall
from data.civic.warning.shifts import DutyHolder


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRules:
    """How patient the calling is."""

    patience: timedelta = timedelta(minutes=5)
    """So long one person has to answer; then the next is called."""
    dials: int = 2
    """How often one person is rung within that time."""
    again_after: timedelta = timedelta(seconds=90)
    """Between two calls to the same person."""
    rest: timedelta = timedelta(minutes=1)
    """After everybody was called in vain, before it begins again."""
    quick: int = 6
    """After so many turns the rests become long."""
    slow_rest: timedelta = timedelta(minutes=30)

    def rest_after(self, turn: int) -> timedelta:
        """Tell how long to rest after a turn, the first being 1."""
        return self.rest if turn < self.quick else self.slow_rest


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNow:
    """Call this person now."""

    holder: DutyHolder
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nobody is to be called before this moment."""

    until: datetime


def next_call(
    call: DutyCall, holders: Sequence[DutyHolder], rules: CallRules, at: datetime
) -> CallNow | Wait | None:
    """Tell what comes next; None: somebody has seen it, nothing does.

    `holders` are those on duty now, in the order of calling (`shifts.on_duty`). Attempts that
    staff made by hand change nothing: the house goes on until somebody has seen it.
    """
    if call.seen_at is not None:
        return None
    if not holders:
        return Wait(until=at + rules.rest)
    made = [one for one in call.dials if one.by is None]
    if not made:
        return CallNow(holder=holders[0], turn=1)
    mine = _latest_of_one(made)
    over = _over_at(mine, holders, rules)
    if at < over:
        return _same_person(mine, rules, at, over)
    return _next_person(made, holders, rules, at, over)


def in_turn(call: DutyCall, holders: Sequence[DutyHolder], to: CallNow) -> list[CallNow]:
    """List whom to call: who is meant, then, should that line be busy, who is left of the turn."""
    called = {one.called.key for one in call.dials if one.by is None and one.turn == to.turn}
    left = [one for one in holders if one.key not in {*called, to.holder.key}]
    return [to, *(CallNow(holder=one, turn=to.turn) for one in left)]


def _latest_of_one(made: Sequence[Dial]) -> list[Dial]:
    """List the attempts, oldest first, of the person who was called last, in the last turn."""
    last = made[-1]
    return [one for one in made if (one.called.key, one.turn) == (last.called.key, last.turn)]


def _over_at(mine: Sequence[Dial], holders: Sequence[DutyHolder], rules: CallRules) -> datetime:
    """Tell when this person's time is over."""
    last = mine[-1]
    if last.called.key not in {one.key for one in holders}:
        return last.at
    if last.ring is not None and last.ring.moves_on:
        return last.told_at or last.at
    return mine[0].at + rules.patience


def _same_person(
    mine: Sequence[Dial], rules: CallRules, at: datetime, over: datetime
) -> CallNow | Wait:
    last = mine[-1]
    again = last.at + rules.again_after
    if last.ring is None or len(mine) >= rules.dials or again >= over:
        return Wait(until=over)
    return CallNow(holder=last.called, turn=last.turn) if at >= again else Wait(until=again)


def _next_person(
    made: Sequence[Dial],
    holders: Sequence[DutyHolder],
    rules: CallRules,
    at: datetime,
    over: datetime,
) -> CallNow | Wait:
    turn = made[-1].turn
    called = {one.called.key for one in made if one.turn == turn}
    left = [one for one in holders if one.key not in called]
    if left:
        return CallNow(holder=left[0], turn=turn)
    resume = over + rules.rest_after(turn)
    return CallNow(holder=holders[0], turn=turn + 1) if at >= resume else Wait(until=resume)
