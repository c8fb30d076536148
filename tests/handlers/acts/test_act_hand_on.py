"""Handing a citizen on: nobody is lost, nobody is pushed away while a colleague is talking."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, Refused
from data.civic.people import Role, Staff
from data.civic.talk.conversations import Attention, ConversationKey
from handlers.acts import hand_on, serve_citizen
from handlers.acts.read_conversation import read
from tests.staffed import LINPU, hired, said


async def held(house: House) -> tuple[Staff, ConversationKey]:
    staff, who = await hired(house), await said(house, "护照怎么办", "转人工")
    await serve_citizen.claim(house.office(), staff, who.id)
    return staff, who


async def test_a_citizen_handed_on_waits_for_the_colleague_but_anybody_may_claim(
    house: House,
) -> None:
    staff, who = await held(house)
    meant, other = await hired(house, "li"), await hired(house, "han")
    office = house.office()
    free = await hand_on.hand_on(
        office, staff, who.id, to=meant.id, remark="要看现场，电话13812345678"
    )
    assert (free.attention, free.claimed_by, free.meant_for) == (
        Attention.WAITING,
        None,
        meant.id,
    )
    assert free.remark == "要看现场，电话138****5678"
    again = await serve_citizen.claim(office, other, who.id)
    assert (again.claimed_by, again.meant_for) == (other.id, "")


async def test_who_is_handed_on_keeps_the_place_in_the_line(
    house: House, clock: SystemClock
) -> None:
    staff, who = await held(house)
    clock.shift += timedelta(minutes=10)
    await said(house, "转人工", by=replace(who, user="later"))
    await hand_on.hand_on(house.office(), staff, who.id, to="", remark="")
    first, _ = await serve_citizen.waiting(house.office(), staff)
    assert first.key == who


async def test_departments_and_colleagues_are_those_who_serve_there(house: House) -> None:
    staff, who = await held(house)
    office = house.office()
    await hired(house, "editor1", Role.EDITOR)
    await hired(house, "town1", area=LINPU)
    li = await hired(house, "li")
    await house.stores.staff.save(replace(li, department="城管局", version=1))
    one = await serve_citizen.find(office, staff, who.id)
    known = await hand_on.receivers(office, staff, one)
    assert [who.login for who in known.colleagues] == ["li"]
    assert known.departments == ("城管局",)
    await hand_on.hand_on(office, staff, who.id, to="城管局", remark="")


@pytest.mark.parametrize(("to", "remark"), [("nobody", ""), ("", "长" * 201)])
async def test_nobody_and_too_many_words_are_refused(house: House, to: str, remark: str) -> None:
    staff, who = await held(house)
    with pytest.raises(BadInput):
        await hand_on.hand_on(house.office(), staff, who.id, to=to, remark=remark)


async def test_only_the_holder_hands_on(house: House) -> None:
    _, who = await held(house)
    with pytest.raises(Conflict):
        await hand_on.hand_on(house.office(), await hired(house, "li"), who.id, to="", remark="")


async def test_a_colleague_who_is_talking_keeps_the_citizen(
    house: House, clock: SystemClock
) -> None:
    staff, who = await held(house)
    other, office = await hired(house, "li"), house.office()
    with pytest.raises(Refused):
        await hand_on.take_over(office, other, who.id)
    clock.shift += timedelta(minutes=20)
    await serve_citizen.answer(office, staff, who.id, text="还在查", key="k1")
    clock.shift += timedelta(minutes=20)
    with pytest.raises(Refused):
        await hand_on.take_over(office, other, who.id)
    clock.shift += timedelta(minutes=11)
    taken = await hand_on.take_over(office, other, who.id)
    assert taken.claimed_by == other.id
    with pytest.raises(Conflict):
        await serve_citizen.answer(office, staff, who.id, text="查到了", key="k2")


async def test_duty_takes_over_at_once_and_so_does_anybody_from_one_who_left(
    house: House,
) -> None:
    staff, who = await held(house)
    duty, agent = await hired(house, "duty1", Role.DUTY), await hired(house, "li")
    office = house.office()
    await hand_on.take_over(office, duty, who.id)
    left = await house.stores.staff.by_login("duty1")
    assert left is not None
    await house.stores.staff.save(replace(left, active=False, version=left.version + 1))
    assert (await hand_on.take_over(office, agent, who.id)).claimed_by == agent.id
    assert staff.id != agent.id


async def test_the_words_to_the_colleague_end_with_the_conversation(house: House) -> None:
    staff, who = await held(house)
    await hand_on.hand_on(house.office(), staff, who.id, to="", remark="问清楚了")
    one = await house.stores.conversations.get(who)
    assert one.attention is Attention.WAITING
    await serve_citizen.claim(house.office(), staff, who.id)
    free = await serve_citizen.give_back(house.office(), staff, who.id)
    assert (free.attention, free.remark) == (Attention.ASSISTANT, "")


async def test_the_step_that_failed_is_the_last_before_a_human_was_wanted(house: House) -> None:
    staff, who = await held(house)
    await said(house, "在吗", by=who)
    stuck = (await read(house.office(), staff, who.id)).stuck
    assert stuck is not None
    assert stuck.text == "护照怎么办"


async def test_who_wants_a_human_at_once_was_stuck_nowhere(house: House) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    assert (await read(house.office(), staff, who.id)).stuck is None
