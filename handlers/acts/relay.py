"""Relay a warning of its issuer: keep it raw, judge it, give it its place, say what is new.

What it says is never composed or edited here. Every step can be taken again: a process that dies
in the middle leaves an arrival without a judgement, which the watch takes up.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, SignalId
from data.civic.warning import arrivals
from data.civic.warning.arrivals import Arrival
from data.civic.warning.duty import DutyCall, DutyKind
from data.civic.warning.feeds import Feed
from data.civic.warning.judging import judge
from data.civic.warning.messages import MessageType, WarningMessage
from data.civic.warning.signals import Placed, Signal, begun_id, placed
from data.civic.warning.unsettled import NOT_FOR_HERE
from data.civic.warning.verdicts import Judgement, Reason, Verdict
from handlers.acts.call_duty import call_for_message
from handlers.acts.drawn_areas import drawn_areas
from handlers.acts.note import note
from handlers.acts.place_message import Part, begin, join_all, say_news
from handlers.office import Office

TRIES = 10
"""How often another process may be at the same message in the same moment."""
AT_ONCE = 100
_CALLS = {
    Verdict.REFUSED: DutyKind.MESSAGE_REFUSED,
    Verdict.CONFLICT: DutyKind.MESSAGE_REFUSED,
    Verdict.HELD: DutyKind.MESSAGE_HELD,
    Verdict.APPLIED: DutyKind.MESSAGE_HELD,
}
_WHY = {
    Reason.UNKNOWN_REFERENCE: "the message it refers to has not arrived",
    Reason.OTHER_SENDER: "it would change the warning of another issuer",
    Reason.OTHER_EVENT: "it would change a warning of another event",
}


async def relay(office: Office, feed: Feed, arrival: Arrival) -> Arrival:
    """Take in what a feed brought, and give it back with what became of it.

    Idempotent: the same body again is answered as the first time. One that was refused is judged
    anew, for a setting of ours may have changed; what staff have rejected stays so.

    Raises:
        Conflict: other processes were at the same message again and again.
    """
    kept = await office.stores.warnings.add(arrival)
    for _ in range(TRIES):
        if kept.final or kept.held:
            return kept
        try:
            return await _judged(office, feed, _as_it_came(kept, arrival))
        except Conflict:
            kept = await office.stores.warnings.get(arrival.id) or kept
    raise Conflict(f"{arrival.id} is being judged by many: send it again")


async def apply(
    office: Office,
    arrival: Arrival,
    areas: tuple[AreaCode, ...],
    *,
    alone: bool = False,
    detail: str = "",
) -> Arrival:
    """Give a message that is fit its place in a signal, and then those that waited for it.

    With `alone` an update begins a signal of its own: staff have decided so. `detail` says how
    its areas were found, where they were not named.
    """
    message = _message(arrival)
    step = placed(message, areas, office.clock.now())
    begins = alone or message.type is MessageType.ALERT
    part = await (begin if begins else join_all)(office, arrival.feed, step)
    if not part.signals:
        return await settle(office, arrival, _left(part.reason, areas))
    await say_news(office, part, message)
    judged = _applied(part, step, detail)
    settled = await settle(office, arrival, judged, signals=[one.id for one in part.signals])
    await _take_up(office, settled)
    return settled


async def settle(
    office: Office, arrival: Arrival, judgement: Judgement, *, signals: Sequence[SignalId] = ()
) -> Arrival:
    """Write down what became of a message, and call the duty officer where one must know.

    Raises:
        Conflict: somebody else has settled it meanwhile.
    """
    settled = arrivals.settle(arrival, judgement, office.clock.now(), signals=signals)
    if arrival.judgement == judgement:
        return arrival
    told = judgement.reason
    if told is not None and told not in (Reason.UNKNOWN_REFERENCE, Reason.BY_STAFF):
        await ask_staff(office, arrival, judgement)
    await office.stores.warnings.save(settled)
    actor = arrival.decided_by or f"feed {arrival.feed}"
    await note(office, actor, f"warning.{judgement.verdict}", arrival.id)
    return settled


async def ask_staff(office: Office, arrival: Arrival, judgement: Judgement) -> None:
    """Call the duty officer about a message that is held, refused or of no effect.

    One call is for all of a feed with the same reason, until somebody has seen it; of what is not
    for the people here there is one in an hour.
    """
    feed, now = await office.stores.feeds.get(arrival.feed), office.clock.now()
    kind, lasting = _CALLS[judgement.verdict], judgement.reason in NOT_FOR_HERE
    about = f"{kind}/{arrival.feed}/{judgement.reason}"
    call = DutyCall(
        kind=kind,
        subject=arrival.id,
        area=feed.feed.area if feed else office.release.places.county,
        detail=f"{judgement.reason}: {judgement.detail}",
        about=f"{about}/{now:%Y%m%d%H}" if lasting else about,
        lasting=lasting,
        opened_at=now,
    )
    await call_for_message(office, call)


async def _judged(office: Office, feed: Feed, arrival: Arrival) -> Arrival:
    if arrival.message is None:
        return await settle(office, arrival, _unread(arrival))
    places, now = office.release.places, office.clock.now()
    drawn = await drawn_areas(office, arrival.message, feed)
    judgement = await asyncio.to_thread(judge, arrival.message, feed, places, now, drawn=drawn)
    if judgement.verdict in (Verdict.REFUSED, Verdict.NOT_ACTUAL):
        return await settle(office, arrival, judgement)
    claimed = await office.stores.warnings.claim(arrival)
    if claimed is None:
        return await settle(office, arrival, await _second(office, arrival))
    if judgement.verdict is Verdict.HELD:
        return await settle(office, claimed, judgement)
    return await apply(office, claimed, judgement.areas, detail=judgement.detail)


def _as_it_came(kept: Arrival, arrival: Arrival) -> Arrival:
    return kept if kept.judgement is None else arrivals.come_again(kept, arrival)


def _unread(arrival: Arrival) -> Judgement:
    if arrival.unread and not arrival.unread.meant:
        what = f"status {arrival.unread.status}; it could not be read: {arrival.unread.detail}"
        return Judgement(verdict=Verdict.NOT_ACTUAL, detail=what)
    reason = arrival.unread.reason if arrival.unread else Reason.UNREADABLE
    detail = arrival.unread.detail if arrival.unread else ""
    return Judgement(verdict=Verdict.REFUSED, reason=reason, detail=detail)


async def _second(office: Office, arrival: Arrival) -> Judgement:
    """Judge a body whose identifier another one has: the same message, or a conflict."""
    first = await office.stores.warnings.holder(arrival.feed, arrival.identifier)
    if first is not None and first.message == arrival.message:
        return Judgement(verdict=Verdict.REPEATED)
    what = f"{arrival.identifier} stands with other content: ask its issuer which is right"
    return Judgement(verdict=Verdict.CONFLICT, reason=Reason.OTHER_CONTENT, detail=what)


def _left(reason: Reason | None, areas: tuple[AreaCode, ...]) -> Judgement:
    verdict = Verdict.REFUSED if reason is Reason.OTHER_SENDER else Verdict.HELD
    detail = _WHY[reason] if reason else ""
    return Judgement(verdict=verdict, reason=reason, detail=detail, areas=areas)


def _applied(part: Part, step: Placed, detail: str) -> Judgement:
    judged = Judgement(verdict=Verdict.APPLIED, areas=step.areas, detail=detail)
    if part.reason is not None:
        return replace(judged, reason=part.reason, detail=f"of several: {_WHY[part.reason]}")
    if step.message.type is MessageType.CANCEL or not (ended := _ended(part.signals, step)):
        return judged
    what = f"a cancel had ended the warning in {', '.join(ended)} before: it stays ended there"
    return replace(judged, reason=Reason.AFTER_CANCEL, detail=what)


def _ended(signals: Sequence[Signal], step: Placed) -> list[AreaCode]:
    """Tell where a message revives nothing, in none of the warnings that it changes."""
    at = step.since
    decided = [one for signal in signals for one in signal.decided_by(step.identifier, at)]
    ended = {one for signal in signals for one in signal.ended_before(step.identifier)}
    return sorted(one for one in ended if not any(within(one, area) for area in decided))


async def _take_up(office: Office, arrival: Arrival) -> None:
    """Look after what waited for a message, and after what came before another that it names."""
    warnings = office.stores.warnings
    for one in await warnings.waiting_for(arrival.feed, arrival.identifier, AT_ONCE):
        await apply(office, one, one.areas)
    for one in await warnings.referring(arrival.feed, arrival.identifier, AT_ONCE):
        await _join_late(office, one)
    if len(_message(arrival).references) > 1:  # one of them may have come in this moment
        await _join_late(office, arrival)


async def _join_late(office: Office, arrival: Arrival) -> None:
    """Give a message that was applied its part in a warning that came after it."""
    message = _message(arrival)
    if arrival.signal == begun_id(message, arrival.feed):  # staff let it begin one of its own
        return
    step = placed(message, arrival.areas, office.clock.now())
    part = await join_all(office, arrival.feed, step)
    joined = arrivals.join(arrival, [one.id for one in part.signals])
    if joined == arrival:
        return
    await say_news(office, part, message)
    await office.stores.warnings.save(joined)
    await _take_up(office, joined)


def _message(arrival: Arrival) -> WarningMessage:
    if arrival.message is None:
        raise Conflict(f"{arrival.id} cannot be read: nothing of it can be applied")
    return arrival.message
