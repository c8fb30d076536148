"""Calls to people on duty: one ladder a citizen, seen with the ticket, called where a roster is."""

import pytest

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.people import Role
from data.civic.sending.ringing import handle_of
from data.civic.warning.duty import DutyKind, SeenAs
from data.civic.warning.messages import Colour
from handlers.acts import call_duty, decide, read_calls, see_ticket
from handlers.acts.call_answer import call_for_forgotten
from handlers.acts.open_event import open_event
from handlers.acts.relay import relay
from tests import builders, bulletins
from tests.bulletins import COUNTY, FEED, LINPU, PUYANG, VILLAGE
from tests.headquarters import START_IV, Headquarters, order, staffed_headquarters
from tests.onduty import OFFICER, holder, rostered
from tests.staffed import hired, in_danger, said


@pytest.fixture
async def hq(house: House) -> Headquarters:
    return await staffed_headquarters(house)


async def called(house: House) -> list[tuple[DutyKind, str]]:
    found = await house.stores.duty_calls.unseen(20)
    return sorted((one.kind, one.area) for one in found)


async def test_while_one_call_of_a_citizen_rings_no_second_one_does(house: House) -> None:
    who = builders.citizen()
    first = await in_danger(house, by=who)
    await said(house, "护照怎么办", by=who)
    second = await in_danger(house, by=who)
    assert first != second
    assert [one.subject for one in await house.stores.duty_calls.unseen(9)] == [first]
    duty = await hired(house, "duty", Role.DUTY)
    await see_ticket.see(house.office(), duty, first)
    await call_for_forgotten(house.office())
    assert [one.subject for one in await house.stores.duty_calls.unseen(9)] == [second]


async def test_who_opens_the_ticket_has_seen_the_call(house: House) -> None:
    number = await in_danger(house)
    agent = await hired(house, "agent", Role.AGENT)
    await see_ticket.see(house.office(), agent, number)
    (call,) = await house.stores.duty_calls.newest(5)
    assert (call.seen_by, call.seen_as) == (agent.id, SeenAs.CONSOLE)


async def test_a_call_by_hand_is_noted_and_ends_the_calling_when_it_is_taken(house: House) -> None:
    await rostered(house.stores, OFFICER)
    duty = await hired(house, "duty", Role.DUTY)
    call = await call_duty.call_duty(house.office(), DutyKind.HELP, subject="1", area=LINPU)
    handle = handle_of(call.id)
    for taken in (False, True):
        noted = await read_calls.note_dial(
            house.office(), duty, handle, phone=OFFICER.phone, taken=taken
        )
        assert (noted.seen_at is not None) == taken
    assert [one.by for one in noted.dials] == [duty.id, duty.id]
    with pytest.raises(Conflict):
        await read_calls.note_dial(house.office(), duty, handle, phone="110", taken=True)


async def test_a_result_needs_words_and_who_writes_it_has_seen_it(house: House) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    call = await call_duty.call_duty(house.office(), DutyKind.HELP, subject="1", area=LINPU)
    handle = handle_of(call.id)
    for words in ("  ", "长" * 501):
        with pytest.raises(BadInput):
            await read_calls.conclude(house.office(), duty, handle, words)
    done = await read_calls.conclude(house.office(), duty, handle, "已联系村里，人已接走。")
    assert (done.seen_by, done.result_by, done.result) == (
        duty.id,
        duty.id,
        "已联系村里，人已接走。",
    )
    found = await read_calls.listed(house.office(), duty)
    assert (found.waiting, [one.id for one in found.seen]) == ([], [call.id])


async def test_no_result_ends_a_call_for_danger_whose_ticket_nobody_has_opened(
    house: House,
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    call = await call_duty.call_duty(house.office(), DutyKind.DANGER, subject="XS1", area=LINPU)
    with pytest.raises(Conflict, match="open ticket XS1"):
        await read_calls.conclude(house.office(), duty, handle_of(call.id), "误报")
    (still,) = await call_duty.unseen(house.office(), duty)
    assert (still.seen_at, still.result) == (None, "")


async def test_another_areas_call_is_not_shown(house: House) -> None:
    call = await call_duty.call_duty(house.office(), DutyKind.HELP, subject="1", area=LINPU)
    other = await hired(house, "other", Role.DUTY, area=PUYANG)
    assert (await read_calls.listed(house.office(), other)).waiting == []
    with pytest.raises(Refused):
        await read_calls.find(house.office(), other, handle_of(call.id))
    with pytest.raises(NotFound):
        await read_calls.find(house.office(), other, "0" * 32)


async def test_what_is_decided_calls_every_place_that_has_a_roster(hq: Headquarters) -> None:
    await rostered(hq.house.stores, OFFICER)
    await rostered(hq.house.stores, holder(name="镇", phone="12345"), area=LINPU)
    await hq.decided(order(LINPU, PUYANG), "请立即转移。")
    await take_up_next(hq.office)
    assert await called(hq.house) == [(DutyKind.ORDER, COUNTY), (DutyKind.ORDER, LINPU)]
    await hq.decided(START_IV)
    await take_up_next(hq.office)
    await take_up_next(hq.office)
    kinds = [kind for kind, _ in await called(hq.house)]
    assert kinds.count(DutyKind.RESPONSE) == 2


async def test_a_village_with_its_own_roster_keeps_nobody_above_from_being_called(
    hq: Headquarters,
) -> None:
    await rostered(hq.house.stores, OFFICER)
    await rostered(hq.house.stores, holder(name="村", phone="12345"), area=VILLAGE)
    await hq.decided(order(LINPU), "请立即转移。")
    await take_up_next(hq.office)
    assert await called(hq.house) == [(DutyKind.ORDER, COUNTY), (DutyKind.ORDER, VILLAGE)]


async def test_without_a_roster_nobody_is_called_to_a_decision(hq: Headquarters) -> None:
    await hq.decided(START_IV)
    await take_up_next(hq.office)
    assert await called(hq.house) == []


async def test_a_drill_calls_as_a_drill(hq: Headquarters) -> None:
    await rostered(hq.house.stores, OFFICER)
    drill = await open_event(hq.office, hq.li, name="防汛", areas=[COUNTY], drill=True)
    one = await hq.drafted(START_IV, "演练启动。", event=drill)
    await decide.approve(hq.office, hq.li, one.id, digest=one.digest)
    await take_up_next(hq.office)
    (call,) = await hq.house.stores.duty_calls.unseen(9)
    assert call.drill


@pytest.mark.parametrize(
    ("colour", "kinds"),
    [
        pytest.param(Colour.RED, [DutyKind.SIGNAL], id="red"),
        pytest.param(Colour.YELLOW, [], id="yellow"),
    ],
)
async def test_orange_and_red_call_people_on_duty(
    house: House, colour: Colour, kinds: list[DutyKind]
) -> None:
    await rostered(house.stores, OFFICER)
    await house.stores.feeds.configure([FEED], builders.now())
    message = bulletins.message(colour=colour, start=builders.now())
    await relay(house.office(), FEED, bulletins.arrival(message))
    await take_up_next(house.office())
    assert [kind for kind, _ in await called(house)] == kinds
