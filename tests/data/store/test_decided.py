"""Arrivals, signals, and what the county decides: kept at the version that was read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import DecisionId, EventId, NoticeId, OrderId
from data.civic.warning import decisions, duty, events, notices, responses, returns
from data.civic.warning.arrivals import ask, settle
from data.civic.warning.duty import DutyCall, DutyKind
from data.civic.warning.events import Event
from data.civic.warning.notices import Notice, NoticeState
from data.civic.warning.responses import Change, Level
from data.civic.warning.returns import HouseCheck, Released
from data.civic.warning.signals import begun_by
from data.civic.warning.verdicts import Judgement, Reason, Verdict
from data.store.stores import Stores
from tests.bulletins import COUNTY, FEED, LINPU, START, VILLAGE, arrival, cancel, message, placed
from tests.data.civic.warning.test_decided import EVENT, LI, WANG, decision, lifted, order, started
from tests.data.civic.warning.test_decided import step as response_step

APPLIED = Judgement(verdict=Verdict.APPLIED)
WAITS = Judgement(verdict=Verdict.HELD, reason=Reason.UNKNOWN_REFERENCE)
CHECK = HouseCheck(by=WANG, at=START)


async def test_an_identifier_belongs_to_one_body(stores: Stores) -> None:
    first, second = arrival(message()), arrival(message(), copy=1)
    for one in (first, first, second):
        await stores.warnings.add(one)
    claimed = await stores.warnings.claim(first)
    assert claimed
    assert await stores.warnings.claim(claimed) == claimed
    assert await stores.warnings.claim(second) is None
    assert await stores.warnings.holder(FEED.id, first.identifier) == claimed
    assert await stores.warnings.get(second.id) == second


async def test_arrivals_are_found_by_what_became_of_them(stores: Stores) -> None:
    early, late = arrival(message()), arrival(cancel(2, minute=5))
    for one in (early, late):
        await stores.warnings.add(one)
    assert await stores.warnings.unjudged(START + timedelta(minutes=1), 9) == [early]
    applied, waits = settle(early, APPLIED, START), settle(late, WAITS, START)
    for one in (applied, waits):
        await stores.warnings.save(one)
    assert await stores.warnings.unjudged(START + timedelta(days=1), 9) == []
    assert await stores.warnings.waiting(9) == [waits]
    assert await stores.warnings.waiting_for(FEED.id, early.identifier, 9) == [waits]
    assert await stores.warnings.applied(FEED.id, [early.identifier, "x"]) == [applied]
    assert await stores.warnings.with_verdict(Verdict.HELD, 9) == [waits]
    asked = await stores.warnings.change(late.id, ask)
    assert await stores.warnings.of(FEED.id, 9) == [asked, applied]
    with pytest.raises(Conflict):
        await stores.warnings.save(waits)


async def test_a_list_leaves_the_bodies_out_and_a_change_of_what_is_listed_keeps_them(
    stores: Stores,
) -> None:
    came = await stores.warnings.add(arrival(message()))
    (listed,) = await stores.warnings.unjudged(START + timedelta(minutes=1), 9)
    assert (listed.raw, len(came.raw) > 0) == (b"", True)
    await stores.warnings.save(settle(listed, WAITS, START))
    kept = await stores.warnings.get(came.id)
    assert kept
    assert (kept.raw, kept.judgement) == (came.raw, WAITS)
    assert [one.raw for one in await stores.warnings.of(FEED.id, 9)] == [came.raw]


async def test_signals_are_found_while_they_last_and_when_they_end(stores: Stores) -> None:
    signal = await stores.signals.add(begun_by(placed(message(hours=1)), FEED.id))
    assert await stores.signals.add(signal) == signal
    end = START + timedelta(hours=1)
    assert await stores.signals.lasting(START, drill=False, limit=9) == [signal]
    assert await stores.signals.lasting(START, drill=True, limit=9) == []
    assert await stores.signals.lasting(end, drill=False, limit=9) == []
    assert await stores.signals.ending(START, 9) == []
    assert await stores.signals.ending(end, 9) == [signal]
    noted = await stores.signals.change(signal.id, lambda one: one.ends_noted(end))
    assert await stores.signals.ending(end, 9) == []
    lifted_ = noted.joined_by(placed(cancel(2, minute=5)))
    await stores.signals.save(lifted_)
    assert await stores.signals.get(signal.id) == lifted_
    assert await stores.signals.newest(9) == [lifted_]


async def test_events_are_alive_until_they_are_closed(stores: Stores) -> None:
    one = Event(id=EVENT, name="台风", areas=(COUNTY,), opened_by=LI, opened_at=START)
    drill = replace(one, id=EventId("drill-e"), name="【演练】台风")
    for event in (one, drill):
        await stores.events.add(event)
    assert await stores.events.alive(drill=True, limit=9) == [drill]
    held = events.hold(one, "orders", OrderId("o1"))
    await stores.events.save(held)
    closed = await stores.events.change(
        EVENT, lambda event: events.close(event, LI, START, unfinished=())
    )
    assert await stores.events.get(EVENT) == closed
    assert await stores.events.alive(drill=False, limit=9) == []
    assert len(await stores.events.newest(9)) == 2


async def test_decisions_are_alive_until_they_are_signed_and_due_until_carried_out(
    stores: Stores,
) -> None:
    one = await stores.decisions.add(decision())
    assert await stores.decisions.alive(drill=False, limit=9) == [one]
    assert await stores.decisions.due(9) == []
    signed = decisions.approve(one, LI, START, digest=one.digest)
    await stores.decisions.save(signed)
    assert await stores.decisions.alive(drill=False, limit=9) == []
    assert await stores.decisions.due(9) == [signed]
    done = await stores.decisions.change(one.id, lambda d: decisions.carried_out(d, START))
    assert await stores.decisions.due(9) == []
    assert await stores.decisions.get(one.id) == done
    assert await stores.decisions.of(EVENT, 9) == [done]


async def test_responses_are_alive_until_they_end(stores: Stores) -> None:
    one = await stores.responses.add(started())
    raised = responses.move(one, response_step(Change.RAISED, Level.II, 2))
    await stores.responses.save(raised)
    assert await stores.responses.alive(drill=False, limit=9) == [raised]
    ended = response_step(Change.ENDED, None, 3)
    await stores.responses.change(one.id, lambda r: responses.move(r, ended))
    assert await stores.responses.alive(drill=False, limit=9) == []
    assert await stores.responses.of(EVENT, 9) == [await stores.responses.get(one.id)]


async def test_orders_are_alive_until_they_are_lifted_everywhere(stores: Stores) -> None:
    one = await stores.orders.add(order())
    half = lifted(one, LINPU)
    await stores.orders.save(half)
    assert await stores.orders.alive(drill=False, limit=9) == [half]
    await stores.orders.change(one.id, lambda o: lifted(o, COUNTY, by="d9"))
    assert await stores.orders.alive(drill=False, limit=9) == []
    assert await stores.orders.of(EVENT, 9) == [await stores.orders.get(one.id)]


async def test_returns_are_alive_until_they_are_released(stores: Stores) -> None:
    one = await stores.returns.add(returns.begin(EVENT, OrderId("o1"), VILLAGE, START))
    await stores.returns.save(returns.check_houses(one, CHECK))
    assert len(await stores.returns.alive(drill=False, limit=9)) == 1
    words = Released(decision=DecisionId("d"), text="可以返回。", at=START)
    back = await stores.returns.change(one.id, lambda r: returns.release(r, words))
    assert await stores.returns.alive(drill=False, limit=9) == []
    assert await stores.returns.after(OrderId("o1"), 9) == [back]
    assert await stores.returns.of(EVENT, 9) == [await stores.returns.get(one.id)]


async def test_notices_are_alive_until_they_end(stores: Stores) -> None:
    one = Notice(
        id=NoticeId("n1"),
        event=EVENT,
        decision=DecisionId("d1"),
        areas=(LINPU,),
        title="停课",
        text="明天停课。",
        issued_at=START,
    )
    await stores.notices.add(one)
    assert await stores.notices.alive(drill=False, limit=9) == [one]
    ended = notices.end(one, DecisionId("d2"), state=NoticeState.ENDED)
    await stores.notices.save(ended)
    assert await stores.notices.change(one.id, lambda n: n) == ended
    assert await stores.notices.alive(drill=False, limit=9) == []
    assert await stores.notices.of(EVENT, 9) == [await stores.notices.get(one.id)]


async def test_what_was_changed_meanwhile_is_not_overwritten(stores: Stores) -> None:
    call = DutyCall(kind=DutyKind.HELP, subject="1", area=LINPU, opened_at=START)
    await stores.duty_calls.add(call)
    seen = duty.see(call, WANG, START)
    await stores.duty_calls.save(seen)
    with pytest.raises(Conflict, match="read it again"):
        await stores.duty_calls.save(duty.see(call, LI, START))
    assert await stores.duty_calls.get(call.id) == seen
    with pytest.raises(NotFound):
        await stores.duty_calls.change("none", lambda one: one)
