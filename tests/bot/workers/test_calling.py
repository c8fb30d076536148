"""The worker that calls people on duty: written down first, handed over once, never given up."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import ClientSession, web

from bot.channels.gateway import Gateway
from bot.channels.voice import Dialer
from bot.clock import SystemClock
from bot.house import House
from bot.workers.calling import Lines, call_next
from bot.workers.ways import duty_menu_of
from data.civic.errors import Conflict
from data.civic.ids import DutyCallId, IntentId, MessageId, TicketNumber
from data.civic.people import Role
from data.civic.sending.calls import CallRules
from data.civic.sending.receipts import GatewayReceipt, Told
from data.civic.sending.ringing import reference
from data.civic.talk.tickets import Ticket, TicketKind
from data.civic.warning.dials import Ring
from data.civic.warning.duty import DutyCall, DutyKind, SeenAs
from data.civic.warning.shifts import DutyHolder, Post
from handlers.acts.call_answer import next_dial
from handlers.acts.call_duty import call_duty, see_call
from handlers.acts.take_receipts import take
from tests import builders
from tests.bot.channels.gateway_side import GatewaySide, account
from tests.builders import Loaded
from tests.bulletins import LINPU
from tests.onduty import CHIEF, DEPUTY, OFFICER, holder, rostered
from tests.staffed import hired, in_danger

IN_THE_APP = holder(workapp="wang.fang")


async def called(house: House, *holders: DutyHolder, subject: str = "XS1") -> DutyCallId:
    await rostered(house.stores, *holders)
    kind = DutyKind.ORDER if "order" in subject else DutyKind.DANGER
    return (await call_duty(house.office(), kind, subject=subject, area=LINPU)).id


def danger_ticket(house: House) -> Ticket:
    """A case whose walker died before it could call anybody."""
    who = builders.citizen()
    return Ticket(
        number=TicketNumber("XS20261122000001"),
        message=MessageId(f"{who.id}/1"),
        conversation=who.id,
        kind=TicketKind.DANGER,
        intent=IntentId("need_help"),
        area=LINPU,
        text="水进来了",
        opened_at=house.clock.now(),
    )


async def work(house: House, lines: Lines) -> None:
    while await call_next(house.office(), lines):
        pass


async def standing(house: House, call: DutyCallId) -> DutyCall:
    found = await house.stores.duty_calls.get(call)
    assert found is not None
    return found


async def told(house: House, reference: str, what: Told, said: str = "") -> list[str]:
    receipt = GatewayReceipt(
        account="voice", reference=reference, told=what, answer=said, at=house.clock.now()
    )
    return await take(house.office(), [receipt], by=None)


async def test_the_officer_is_rung_and_gets_a_notice_and_no_words_of_the_citizen(
    house: House, lines: Lines, side: GatewaySide
) -> None:
    await rostered(house.stores, IN_THE_APP)
    number = await in_danger(house)
    await work(house, lines)
    sent = {path: told["items"][0] for path, told in side.asked}
    call, notice = sent["/voice/calls"], sent["/workapp/notices"]
    assert call["to"] == OFFICER.phone
    assert set(call["keys"]) == {"1", "2"}
    assert "险情求助" in call["text"]
    assert (notice["to"], number in notice["text"]) == ("wang.fang", True)
    assert notice["page"].startswith("/console/calls/")
    assert "我妈" not in str(side.asked)


async def test_while_nobody_answers_each_is_called_in_turn_and_nobody_twice_at_once(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock
) -> None:
    call = await called(house, OFFICER, DEPUTY, CHIEF)
    for _ in range(3):
        await work(house, lines)
        await work(house, lines)
        clock.shift += timedelta(minutes=5)
    assert [one["to"] for one in side.items] == [OFFICER.phone, DEPUTY.phone, CHIEF.phone]
    clock.shift += timedelta(minutes=1)
    await work(house, lines)
    found = await standing(house, call)
    assert [(one.called.post, one.turn) for one in found.dials] == [
        (Post.OFFICER, 1),
        (Post.DEPUTY, 1),
        (Post.CHIEF, 1),
        (Post.OFFICER, 2),
    ]


async def test_many_workers_ring_once(house: House, lines: Lines, side: GatewaySide) -> None:
    await called(house, OFFICER)
    await asyncio.gather(*(call_next(house.office(), lines) for _ in range(8)))
    await work(house, lines)
    assert len(side.items) == 1


async def test_a_worker_that_died_before_it_rang_is_healed_under_the_same_reference(
    house: House, lines: Lines, side: GatewaySide
) -> None:
    call = await called(house, OFFICER)
    assert await next_dial(house.office(), call, lines.rules)
    await work(house, lines)
    await work(house, lines)
    (dial,) = (await standing(house, call)).dials
    assert dial.handed_at
    assert [one["reference"] for one in side.items] == [reference(call, 1, notice=False)]


@pytest.mark.parametrize("how", ["busy", "silent"])
async def test_a_gateway_that_is_busy_or_silent_is_asked_again_under_the_same_reference(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock, how: str
) -> None:
    call = await called(house, OFFICER)
    side.answers = [{"code": "too_fast"} if how == "busy" else web.Response(status=502)]
    await call_next(house.office(), lines)
    assert (await standing(house, call)).dials[0].pending
    clock.shift += timedelta(seconds=70)
    await work(house, lines)
    (dial,) = (await standing(house, call)).dials
    assert dial.handed_at
    assert {one["reference"] for one in side.items} == {side.items[0]["reference"]}


async def test_a_number_that_nobody_has_brings_the_next_person_at_once(
    house: House, lines: Lines, side: GatewaySide
) -> None:
    call = await called(house, OFFICER, DEPUTY)
    side.codes = {reference(call, 1, notice=False): "bad_number"}
    await work(house, lines)
    found = await standing(house, call)
    assert [(one.called.post, one.ring) for one in found.dials] == [
        (Post.OFFICER, Ring.REFUSED),
        (Post.DEPUTY, None),
    ]


async def test_a_key_ends_the_calling_and_two_passes_it_on(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock
) -> None:
    call = await called(house, OFFICER, DEPUTY)
    await work(house, lines)
    assert await told(house, side.items[0]["reference"], Told.ANSWERED, "2") == []
    await work(house, lines)
    assert [one["to"] for one in side.items] == [OFFICER.phone, DEPUTY.phone]
    assert await told(house, side.items[1]["reference"], Told.ANSWERED, "1") == []
    clock.shift += timedelta(hours=1)
    await work(house, lines)
    assert len(side.items) == 2
    found = await standing(house, call)
    assert (found.seen_as, [one.ring for one in found.dials]) == (
        SeenAs.KEY,
        [Ring.PASSED, Ring.ANSWERED],
    )


async def test_who_is_called_to_an_order_reads_it_back(
    house: House, lines: Lines, side: GatewaySide
) -> None:
    call = await called(house, OFFICER, subject="order-1")
    await work(house, lines)
    (item,) = side.items
    assert item["read_back"] == "收到萧山区临浦镇转移令"
    assert item["read_back"] in item["text"]
    await told(house, item["reference"], Told.ANSWERED, "收到萧山区浦阳镇转移令")
    assert (await standing(house, call)).seen_at is None
    await told(house, item["reference"], Told.ANSWERED, "收到萧山区临浦镇转移令")
    assert (await standing(house, call)).seen_as is SeenAs.WORDS


async def test_who_sees_it_at_the_console_stops_the_telephone(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock
) -> None:
    call = await called(house, OFFICER, DEPUTY, subject="order-1")
    await work(house, lines)
    await see_call(house.office(), await hired(house, "duty", Role.DUTY), call)
    clock.shift += timedelta(hours=1)
    await work(house, lines)
    assert len(side.items) == 1


async def test_a_call_for_danger_ends_with_its_ticket_and_not_without(house: House) -> None:
    call = await called(house, OFFICER)
    duty = await hired(house, "duty", Role.DUTY)
    with pytest.raises(Conflict, match="open ticket XS1"):
        await see_call(house.office(), duty, call)
    assert (await standing(house, call)).seen_at is None


async def test_what_is_of_a_drill_says_so(house: House, lines: Lines, side: GatewaySide) -> None:
    await called(house, OFFICER, subject="drill-order-1")
    await work(house, lines)
    (item,) = side.items
    assert item["text"].startswith("【演练】")


async def test_nothing_of_a_drill_is_handed_to_a_gateway_in_earnest(
    house: House, session: ClientSession
) -> None:
    call = await called(house, OFFICER, subject="drill-order-1")
    real = account("https://voice.example.com")
    gateway = Gateway(real, session=session, clock=house.clock, dice=Loaded())
    dialer = Dialer(gateway=gateway, menu=duty_menu_of(house.office))
    await work(house, Lines(dialer=dialer, work_app=None, rules=CallRules()))
    (dial,) = (await standing(house, call)).dials
    assert (dial.ring, dial.handed_at) == (Ring.REFUSED, None)


async def test_with_nobody_on_duty_it_waits_and_calls_who_comes(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock
) -> None:
    await call_duty(house.office(), DutyKind.DANGER, subject="XS1", area=LINPU)
    await work(house, lines)
    assert side.items == []
    await rostered(house.stores, OFFICER)
    clock.shift += timedelta(minutes=1)
    await work(house, lines)
    assert len(side.items) == 1


async def test_a_danger_that_nobody_was_called_for_is_called_for(
    house: House, lines: Lines, side: GatewaySide
) -> None:
    await rostered(house.stores, OFFICER)
    await house.stores.tickets.open(danger_ticket(house))
    await work(house, lines)
    await work(house, lines)
    assert [one["to"] for one in side.items] == [OFFICER.phone]


async def test_a_receipt_of_no_call_is_named_as_unknown(house: House) -> None:
    unknown = ["call-" + "0" * 32 + "-1-v", "call-nonsense"]
    for one in unknown:
        assert await told(house, one, Told.ANSWERED, "1") == [one]
