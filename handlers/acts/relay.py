"""Relay a warning of its issuer: keep it raw, judge it, give it its place, say what is new.

What it says is never composed or edited here. Every step can be taken again: a process that dies
in the middle leaves an arrival without a judgement, which the watch takes up.
"""

import asyncio

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, SignalId
from data.civic.warning import arrivals
from data.civic.warning.arrivals import Arrival
from data.civic.warning.duty import DutyKind
from data.civic.warning.feeds import Feed
from data.civic.warning.judging import judge
from data.civic.warning.messages import MessageType, WarningMessage
from data.civic.warning.signals import NEVER, Placed, Signal, begun_by
from data.civic.warning.telling import ToInform, ToTell
from data.civic.warning.verdicts import Judgement, Reason, Verdict
from handlers.acts.call_duty import call_duty
from handlers.acts.drawn_areas import drawn_areas
from handlers.acts.note import note
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


async def relay(office: Office, feed: Feed, arrival: Arrival) -> Arrival:
    """Take in what a feed brought, and give it back with what became of it.

    Idempotent: the same body again is answered as the first time.

    Raises:
        Conflict: other processes were at the same message again and again.
    """
    kept = await office.stores.warnings.add(arrival)
    for _ in range(TRIES):
        if kept.judgement is not None:
            return kept
        try:
            return await _judged(office, feed, kept)
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
    placed = Placed(message=message, areas=areas)
    if alone or message.type is MessageType.ALERT:
        signal = await office.stores.signals.add(begun_by(placed, arrival.feed))
    else:
        found = await _referred(office, arrival)
        refused = _refusal(message, found)
        if found is None or refused is not None:
            return await settle(office, arrival, _left(refused, areas))
        signal = await office.stores.signals.change(found.id, lambda one: one.joined_by(placed))
    await _tell(office, signal, message)
    judged = _applied(signal, placed, detail)
    settled = await settle(office, arrival, judged, signal=signal.id)
    await _take_up(office, settled)
    return settled


async def settle(
    office: Office, arrival: Arrival, judgement: Judgement, *, signal: SignalId | None = None
) -> Arrival:
    """Write down what became of a message, and call the duty officer where one must know.

    Raises:
        Conflict: somebody else has settled it meanwhile.
    """
    told = judgement.reason
    if told is not None and told not in (Reason.UNKNOWN_REFERENCE, Reason.BY_STAFF):
        await ask_staff(office, arrival, judgement)
    settled = arrivals.settle(arrival, judgement, office.clock.now(), signal=signal)
    if arrival.judgement == judgement:
        return arrival
    await office.stores.warnings.save(settled)
    actor = arrival.decided_by or f"feed {arrival.feed}"
    await note(office, actor, f"warning.{judgement.verdict}", arrival.id)
    return settled


async def ask_staff(office: Office, arrival: Arrival, judgement: Judgement) -> None:
    """Call the duty officer about a message that is held, refused or of no effect."""
    feed = await office.stores.feeds.get(arrival.feed)
    await call_duty(
        office,
        _CALLS[judgement.verdict],
        subject=arrival.id,
        area=feed.feed.area if feed else office.release.places.county,
        detail=f"{judgement.reason}: {judgement.detail}",
    )


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


def _unread(arrival: Arrival) -> Judgement:
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


async def _referred(office: Office, arrival: Arrival) -> Signal | None:
    references = _message(arrival).references
    found = await office.stores.warnings.applied(arrival.feed, references) if references else []
    signals = {one.signal for one in found if one.signal}
    return await office.stores.signals.get(min(signals)) if signals else None


def _refusal(message: WarningMessage, signal: Signal | None) -> Reason | None:
    return Reason.UNKNOWN_REFERENCE if signal is None else signal.refuses(message)


def _left(reason: Reason | None, areas: tuple[AreaCode, ...]) -> Judgement:
    verdict = Verdict.REFUSED if reason is Reason.OTHER_SENDER else Verdict.HELD
    what = {
        Reason.UNKNOWN_REFERENCE: "the message it refers to has not arrived",
        Reason.OTHER_SENDER: "it would change the warning of another issuer",
        Reason.OTHER_EVENT: "it would change a warning of another event",
    }
    return Judgement(
        verdict=verdict, reason=reason, detail=what[reason] if reason else "", areas=areas
    )


def _applied(signal: Signal, placed: Placed, detail: str) -> Judgement:
    ended = signal.ended_before(placed.identifier)
    if not ended or placed.message.type is MessageType.CANCEL:
        return Judgement(verdict=Verdict.APPLIED, areas=placed.areas, detail=detail)
    what = f"a cancel had ended the warning in {', '.join(ended)} before: it stays ended there"
    return Judgement(
        verdict=Verdict.APPLIED, reason=Reason.AFTER_CANCEL, detail=what, areas=placed.areas
    )


async def _tell(office: Office, signal: Signal, message: WarningMessage) -> None:
    """Say what a message has changed: nothing where a later one already decides."""
    now = office.clock.now()
    areas = signal.decided_by(message.identifier, now)
    lifts = message.type is MessageType.CANCEL
    if lifts:  # one that comes late is no news where another has lifted it
        came = message.identifier
        areas = tuple(one for one in areas if not signal.lifted_in(one, now, but=came))
    if not areas or (not lifts and (message.expires or NEVER) <= now):
        return
    kind = ToTell.LIFT if lifts else ToTell.SIGNAL
    news = ToInform(kind=kind, subject=signal.id, source=message.identifier, areas=areas, at=now)
    await office.stores.to_inform.add(news)


async def _take_up(office: Office, arrival: Arrival) -> None:
    waiting = await office.stores.warnings.waiting_for(arrival.feed, arrival.identifier, AT_ONCE)
    for one in waiting:
        await apply(office, one, one.areas)


def _message(arrival: Arrival) -> WarningMessage:
    if arrival.message is None:
        raise Conflict(f"{arrival.id} cannot be read: nothing of it can be applied")
    return arrival.message
