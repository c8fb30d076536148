"""Seeing and closing tickets: who may, what the citizen is told, and only once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import TicketNumber
from data.civic.labels import Channel
from data.civic.people import Role
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.tickets import TicketState
from handlers.acts import see_ticket
from tests import builders
from tests.staffed import LINPU, hired, in_danger, said

WHO = builders.citizen()


async def _told(house: House, who: ConversationKey = WHO) -> list[str]:
    lines = await house.stores.messages.history(who.id, before=None, limit=20)
    return [line.text for line in lines if line.staff]


async def test_the_first_look_at_danger_tells_the_time_of_here(
    house: House, clock: SystemClock
) -> None:
    staff, number = await hired(house, "wang", Role.DUTY), await in_danger(house)
    now = clock.now()
    clock.shift += datetime.combine(now.date(), datetime.min.time(), UTC) - now
    clock.shift += datetime(2026, 1, 1, 19, 12, 30) - datetime(2026, 1, 1)  # noqa: DTZ001
    await see_ticket.see(house.office(), staff, number)
    (told,) = await _told(house)
    assert told.startswith(f"值班员 03:12 已看到您的消息（编号{number}）")


async def test_a_second_look_tells_nothing_more(house: House) -> None:
    first, number = await hired(house, "wang", Role.DUTY), await in_danger(house)
    second = await hired(house, "li", Role.DUTY)
    await see_ticket.see(house.office(), first, number)
    again = await see_ticket.see(house.office(), second, number)
    assert again.seen_by == first.id
    assert len(await _told(house)) == 1


async def test_two_who_look_at_once_are_one_look(house: House) -> None:
    one, number = await hired(house, "wang", Role.DUTY), await in_danger(house)
    two = await hired(house, "li", Role.AGENT)
    office = house.office()
    seen = await asyncio.gather(
        see_ticket.see(office, one, number), see_ticket.see(office, two, number)
    )
    assert seen[0].seen_by == seen[1].seen_by
    assert len(await _told(house)) == 1


async def test_a_service_account_is_told_by_a_push(house: House) -> None:
    staff = await hired(house, "wang", Role.DUTY)
    who = builders.citizen(channel=Channel.WECHAT)
    number = await in_danger(house, who)
    await see_ticket.see(house.office(), staff, number)
    deliveries = await house.stores.outbox.of(who.id, 5)
    assert [one.text for one in deliveries] == await _told(house, who)


async def test_a_complaint_that_is_seen_tells_nothing_yet(house: House) -> None:
    staff = await hired(house)
    await said(house, "我要投诉：楼上半夜装修太吵了，希望有人管一管")
    ticket = await house.stores.tickets.latest_of(WHO.id)
    assert ticket is not None
    seen = await see_ticket.see(house.office(), staff, ticket.number)
    assert seen.state is TicketState.SEEN
    assert await _told(house) == []


async def test_a_ticket_is_closed_once_and_told_once(house: House) -> None:
    staff, number = await hired(house), await in_danger(house)
    office = house.office()
    await see_ticket.see(office, staff, number)
    for _ in range(2):
        closed = await see_ticket.close(office, staff, number, "已救出，人平安")
    assert (closed.state, closed.result) == (TicketState.CLOSED, "已救出，人平安")
    assert len([one for one in await _told(house) if "已救出，人平安" in one]) == 1
    with pytest.raises(Conflict):
        await see_ticket.close(office, staff, number, "另一个结果")


async def test_what_nobody_has_seen_is_not_closed(house: House) -> None:
    staff, number = await hired(house), await in_danger(house)
    with pytest.raises(Conflict):
        await see_ticket.close(house.office(), staff, number, "好")


async def test_a_ticket_is_not_closed_without_words(house: House) -> None:
    staff, number = await hired(house), await in_danger(house)
    await see_ticket.see(house.office(), staff, number)
    with pytest.raises(BadInput):
        await see_ticket.close(house.office(), staff, number, "  ")


async def test_roles_and_areas_hold(house: House) -> None:
    number, office = await in_danger(house), house.office()
    editor, duty = await hired(house, "ed", Role.EDITOR), await hired(house, "du", Role.DUTY)
    linpu = await hired(house, "lin", Role.AGENT, Role.DUTY, area=LINPU)
    for staff in (editor, linpu, replace(duty, active=False)):
        with pytest.raises(Refused):
            await see_ticket.see(office, staff, number)
        with pytest.raises(Refused):
            await see_ticket.close(office, staff, number, "好")
    assert await see_ticket.unfinished(office, linpu) == []
    await see_ticket.see(office, duty, number)
    with pytest.raises(Refused):
        await see_ticket.close(office, duty, number, "好")


async def test_an_unknown_number_is_not_found(house: House) -> None:
    staff = await hired(house)
    with pytest.raises(NotFound):
        await see_ticket.see(house.office(), staff, TicketNumber("XS20260101000000"))


async def test_deeds_are_noted(house: House) -> None:
    staff, number = await hired(house), await in_danger(house)
    await see_ticket.see(house.office(), staff, number)
    await see_ticket.find(house.office(), staff, number)
    await see_ticket.close(house.office(), staff, number, "人平安")
    entries = await house.stores.audit.of_subject(number, 10)
    assert [one.deed.act for one in reversed(entries)] == [
        "ticket.see",
        "ticket.read",
        "ticket.close",
    ]
    assert "平安" not in repr(entries)
