"""My data in the chat: what is kept and until when, who looked, and deletion on wish."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.safety.grounds import Basis
from data.civic.talk.tickets import TicketKind
from handlers.acts import find_person, my_records
from handlers.acts.find_person import Asked
from tests.handlers.talking import words
from tests.registered import (
    MOTHER_PHONE,
    of,
    on_the_roster,
    registers,
    stands_in,
)
from tests.staffed import LINPU, hired

PURPOSE = "核对转移名单"


@pytest.fixture
async def looked(house: House) -> None:
    """The mother stands on the roster, and a duty officer has looked at her."""
    await on_the_roster(house)
    wang = await hired(house, "wang", Role.DUTY, area=LINPU)
    await find_person.find(house.office(), wang, Asked(number=MOTHER_PHONE), purpose=PURPOSE)


async def test_what_is_kept_is_told_by_kind_basis_and_day_and_no_content(
    house: House, looked: None
) -> None:
    mother = of(house, "mother")
    await registers(mother)
    told = words(await mother.say("你们有我的什么信息"))
    for one in ("姓名", "电话", "村社", "防汛防台的法定职责", "删除", "绑定的对话", "本人同意"):
        assert one in told
    assert MOTHER_PHONE not in told
    assert "王桂花" not in told


async def test_who_looked_is_told_with_time_and_purpose(house: House, looked: None) -> None:
    mother = of(house, "mother")
    await registers(mother)
    told = words(await mother.say("谁看过我的信息"))
    assert PURPOSE in told
    assert "王*" in told
    assert "wang" not in told


async def test_a_proxy_who_was_agreed_to_sees_it_and_a_stranger_sees_nothing(
    house: House, looked: None
) -> None:
    mother, daughter, stranger = (of(house, one) for one in ("mother", "daughter", "stranger"))
    await stands_in(house, daughter, mother)
    assert PURPOSE in words(await daughter.say("谁看过我妈的信息"))
    told = words(await stranger.say("谁看过我的个人信息"))
    assert PURPOSE not in told
    assert await my_records.my_records(house.office(), stranger.by.id) == ()


async def test_a_child_is_told_of_only_to_the_guardian(house: House) -> None:
    await on_the_roster(house)
    mother, daughter = of(house, "mother"), of(house, "daughter")
    await stands_in(house, daughter, mother)
    (found,) = await house.stores.residents.some([PersonId(21)])
    born = house.clock.now().year - 6
    await house.stores.residents.save_all(
        [replace(found, born_year=born, version=found.version + 1)]
    )
    for one in (mother, daughter):
        assert await my_records.my_records(house.office(), one.by.id) == ()


async def test_deletion_takes_a_yes_and_asks_staff_for_the_rosters_part(
    house: House, looked: None
) -> None:
    mother = of(house, "mother")
    await registers(mother)
    asked = words(await mother.say("删除我的信息"))
    assert "确定" in asked
    assert "没有删" in words(await mother.say("先不删"))
    assert await house.stores.registrations.of_conversation(mother.by.id)
    await mother.say("删除我的信息")
    told = words(await mother.say("确定删除"))
    assert "要求已登记" in told
    assert await house.stores.registrations.of_conversation(mother.by.id) == []
    ticket = await house.stores.tickets.latest_of(mother.by.id)
    assert ticket is not None
    assert ticket.kind is TicketKind.CORRECTION
    assert await my_records.my_records(house.office(), mother.by.id) == ()


async def test_records_name_the_day_and_the_basis(house: House, looked: None) -> None:
    mother = of(house, "mother")
    await registers(mother)
    (mine,) = await my_records.my_records(house.office(), mother.by.id)
    assert mine.own
    assert {one.basis for one in mine.records} == {Basis.DUTY, Basis.CONSENT}
    assert all(one.until and one.notice for one in mine.records)
    (look,) = mine.looks
    assert (look.act, look.purpose) == ("person.read", PURPOSE)
    assert house.clock.now() - look.at < timedelta(minutes=5)
