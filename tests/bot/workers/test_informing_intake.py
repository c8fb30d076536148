"""From what is relayed or signed to an informing: in approved words, at once, and once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing import inform_next
from bot.workers.informing_intake import take_up_next
from data.civic.ids import AreaCode, NoticeId
from data.civic.risks import RiskTag
from data.civic.sending.informing import Informing, InformingKind, InformingState
from data.civic.sending.rows import Rung
from data.civic.warning.decisions import EndNotice, IssueNotice, IssueOrder, LiftOrder, SetResponse
from data.civic.warning.drills import MARK
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Colour, SaidArea, WarningMessage
from data.civic.warning.notices import Notice
from data.civic.warning.orders import Tier
from data.civic.warning.responses import Level
from data.civic.warning.telling import ToInform, ToTell
from handlers.acts import call_duty, decide
from handlers.acts.open_event import open_event
from handlers.acts.relay import relay
from tests import builders, bulletins
from tests.bulletins import FEED, LINPU, PUYANG, START, arrival, at, cancel, update
from tests.headquarters import (
    NOTICE,
    START_IV,
    Headquarters,
    order,
    staffed_headquarters,
)
from tests.townsfolk import Remembering, all_ways, person, settled

PUYANG_VILLAGE = AreaCode("330109103201")


@pytest.fixture
async def hq(house: House) -> Headquarters:
    return await staffed_headquarters(house)


async def relayed(house: House, message: WarningMessage) -> None:
    await relay(house.office(), FEED, arrival(message))


async def begun(house: House) -> list[Informing]:
    """Take up what waits; give every informing, the oldest first."""
    await take_up_next(house.office())
    return sorted(await house.stores.informings.newest(50), key=lambda one: one.id)


async def test_a_relayed_warning_is_told_as_its_issuer_wrote_it(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    message = bulletins.message()
    await relayed(house, message)
    (one,) = await begun(house)
    assert (one.kind, one.by, one.urgent) == (InformingKind.SIGNAL, "system", True)
    assert one.target is not None
    assert one.target.areas == (LINPU, PUYANG)
    for said in (message.headline, message.description, message.sender, "2026年11月21日 08:00"):
        assert said in one.words.text
    assert one.words.fields["colour"] == "橙色"
    for text in (one.words.text, one.words.sms, one.words.door):
        assert "12345" in text
    assert "按一" in one.words.voice
    assert await house.stores.to_inform.waiting(5) == []


async def test_blue_and_yellow_wake_nobody(house: House, clock: SystemClock) -> None:
    at(clock, START)
    await relayed(house, bulletins.message(colour=Colour.YELLOW))
    (one,) = await begun(house)
    assert not one.urgent
    assert one.rules.quiet


async def test_taking_up_twice_tells_once(house: House, clock: SystemClock) -> None:
    at(clock, START)
    await relayed(house, bulletins.message())
    await begun(house)
    (news,) = await house.stores.to_inform.about(f"{FEED.id}/{bulletins.named(1)}", 5)
    await house.stores.to_inform.add(news)
    assert len(await begun(house)) == 1


async def test_a_warning_that_is_over_when_its_turn_comes_is_not_told(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await relayed(house, bulletins.message(hours=2))
    at(clock, START + timedelta(hours=3))
    assert await begun(house) == []
    assert await house.stores.to_inform.waiting(5) == []


async def test_an_upgrade_ends_what_was_told_before(house: House, clock: SystemClock) -> None:
    at(clock, START)
    await relayed(house, bulletins.message())
    await begun(house)
    at(clock, START + timedelta(minutes=10))
    await relayed(house, update(2, minute=5, colour=Colour.RED))
    first, second = await begun(house)
    assert (first.state, second.state) == (InformingState.CLOSED, InformingState.SENDING)


async def test_a_lift_follows_those_who_got_the_first_message(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await relayed(house, bulletins.message())
    await begun(house)
    at(clock, START + timedelta(minutes=10))
    await relayed(house, cancel(2, minute=5))
    first, lift = await begun(house)
    assert (lift.kind, lift.of) == (InformingKind.LIFT, first.id)
    assert first.state is InformingState.CLOSED
    assert "等返回通知" in lift.words.text


async def test_two_workers_that_take_up_the_same_lift_wake_nobody(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await relayed(house, bulletins.message())
    await begun(house)
    at(clock, START + timedelta(minutes=10))
    await relayed(house, cancel(2, minute=5))
    await asyncio.gather(*(take_up_next(house.office()) for _ in range(2)))
    _, lift = await begun(house)
    assert lift.kind is InformingKind.LIFT
    kinds = {one.kind for one in await house.stores.duty_calls.unseen(50)}
    assert DutyKind.MESSAGE_HELD not in kinds


async def test_a_partial_lift_leaves_the_warning_to_the_others(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await relayed(house, bulletins.message())
    await begun(house)
    at(clock, START + timedelta(minutes=10))
    where = (SaidArea(description="浦阳镇", codes=("330109",)),)
    await relayed(house, cancel(2, minute=5, where=where))
    first, lift = await begun(house)
    assert first.state is InformingState.SENDING
    assert lift.target is not None
    assert lift.target.areas == (PUYANG,)


async def test_a_signed_order_is_told_tier_by_tier(hq: Headquarters) -> None:
    soon = builders.now() + timedelta(hours=3)
    tiers = (
        Tier(areas=(LINPU,), tags=frozenset({RiskTag.SHIP}), deadline=soon),
        Tier(areas=(PUYANG,), deadline=soon + timedelta(hours=3)),
    )
    await hq.decided(IssueOrder(tiers=tiers), "请立即转移。")
    first, second = await begun(hq.house)
    assert (first.kind, first.urgent, first.by) == (InformingKind.ORDER, True, hq.li.id)
    assert first.target is not None
    assert first.target.tags == {RiskTag.SHIP}
    assert "船上人员" in first.words.sms
    assert "全体人员" in second.words.sms


async def test_a_response_is_started_raised_and_ended_in_words(hq: Headquarters) -> None:
    await hq.decided(START_IV)
    (response,) = await hq.house.stores.responses.of(hq.event.id, 5)
    (first,) = await begun(hq.house)
    assert "启动四级应急响应" in first.words.text
    await hq.decided(SetResponse(response=response.id, level=Level.II), "提升到二级。")
    raised = (await begun(hq.house))[-1]
    assert "提升为二级" in raised.words.text
    assert raised.urgent
    await hq.decided(SetResponse(response=response.id, level=None), "响应结束。")
    ended = (await begun(hq.house))[-1]
    assert (ended.kind, ended.of) == (InformingKind.LIFT, raised.id)


async def test_a_lifted_order_says_that_nobody_goes_back_yet(hq: Headquarters) -> None:
    made = await hq.decided(order(), "请立即转移。")
    await begun(hq.house)
    (standing,) = await hq.house.stores.orders.of(hq.event.id, 5)
    await hq.decided(LiftOrder(order=standing.id, areas=(LINPU,)), "转移令解除。")
    first, lift = await begun(hq.house)
    assert made.id == standing.decision
    assert (lift.kind, lift.of) == (InformingKind.LIFT, first.id)
    assert "现在还不能回去" in lift.words.sms


async def test_a_correction_goes_to_all_who_got_the_wrong_notice(hq: Headquarters) -> None:
    wrong = await hq.decided(NOTICE, "今天停课。")
    await begun(hq.house)
    right = IssueNotice(areas=(LINPU, PUYANG), title="照常上课", corrects=NoticeId(wrong.id))
    await hq.decided(right, "今天照常上课。")
    first, correction, rest = await begun(hq.house)
    assert (correction.kind, correction.of) == (InformingKind.CORRECTION, first.id)
    assert "更正" in correction.words.text
    assert rest.target is not None
    assert rest.target.areas == (LINPU, PUYANG)
    assert rest.beside == (correction.id,), "who gets the correction is not told this as well"
    assert "更正" not in rest.words.text
    await hq.decided(EndNotice(notice=NoticeId((await _last(hq)).id)), "通知结束。")
    ended = (await begun(hq.house))[-1]
    assert ended.kind is InformingKind.LIFT


async def _last(hq: Headquarters) -> Notice:
    found = await hq.house.stores.notices.of(hq.event.id, 5)
    return next(one for one in found if one.corrects)


async def test_every_text_of_a_drill_begins_with_the_mark(hq: Headquarters) -> None:
    drill = await open_event(hq.office, hq.li, name="防汛", areas=[bulletins.COUNTY], drill=True)
    await hq.decided(order(), "请立即转移。", event=drill)
    (one,) = await begun(hq.house)
    assert one.drill
    words = one.words
    for text in (words.text, words.sms, words.voice, words.loudspeaker, words.door):
        assert text.startswith(MARK)
        assert text.count(MARK) == 1
    assert words.fields["title"].startswith(MARK)


async def test_news_that_cannot_be_told_call_the_duty_officer_and_stop_nobody(
    hq: Headquarters,
) -> None:
    lost = ToInform(
        kind=ToTell.ORDER, subject="no-order", source="none", areas=(LINPU,), at=builders.now()
    )
    await hq.house.stores.to_inform.add(lost)
    await hq.decided(START_IV)
    assert len(await begun(hq.house)) == 1
    assert [one.id for one in await hq.house.stores.to_inform.waiting(5)] == [lost.id]
    calls = await call_duty.unseen(hq.office, hq.wang)
    assert any(one.subject == lost.id for one in calls)


async def test_the_first_message_leaves_within_two_seconds_of_the_second_signature(
    hq: Headquarters,
) -> None:
    await settled(hq.house.stores, *(person(handle) for handle in range(1, 51)))
    one = await hq.drafted(order(), "请立即转移。")
    await decide.approve(hq.office, hq.li, one.id, digest=one.digest)
    ways = all_ways()
    approved = builders.now()
    await take_up_next(hq.office)
    while not ways[Rung.SMS].given:
        assert await inform_next(hq.office, ways)
    assert builders.now() - approved < timedelta(seconds=2)
    assert isinstance(ways[Rung.SMS], Remembering)
    assert all("请在" not in given.text and "12345" in given.text for given in ways[Rung.SMS].given)


async def test_a_warning_without_a_headline_is_told_by_its_description(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    await relayed(house, replace(bulletins.message(description="风力十级。"), headline=""))
    (one,) = await begun(house)
    assert one.words.sms.startswith("风力十级。")
    assert one.words.text.count("风力十级") == 1
    assert one.words.fields["title"] == "风力十级。"


async def test_a_cancel_without_words_says_which_warning_it_lifts_and_whose(
    house: House, clock: SystemClock
) -> None:
    at(clock, START)
    first = bulletins.message()
    await relayed(house, first)
    await begun(house)
    at(clock, START + timedelta(minutes=10))
    bare = {"headline": "", "description": "", "sender": first.sender_code, "event_code": ""}
    await relayed(house, replace(cancel(2, minute=5), **bare))  # type: ignore[arg-type]
    _, lift = await begun(house)
    for text in (lift.words.text, lift.words.sms, lift.words.voice):
        assert first.headline in text.partition("解除")[2]
        assert first.sender in text
        assert first.sender_code not in text
