"""My data in the chat: what is kept and until when, who looked, and deletion on wish."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemIds
from bot.house import House
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Role
from data.civic.safety.grounds import Basis
from data.civic.talk.messages import Turn
from data.civic.talk.tickets import TicketKind
from handlers.acts import find_person, my_records
from handlers.acts.find_person import Asked
from handlers.acts.open_ticket import open_ticket
from handlers.desks import my_data
from tests import builders
from tests.handlers.talking import Talk, words
from tests.registered import (
    MOTHER_PHONE,
    known,
    of,
    on_the_roster,
    registers,
    stands_in,
)
from tests.rosters import id_number
from tests.staffed import LINPU, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE

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


async def test_who_corrects_the_roster_is_asked_what_is_wrong_with_a_telephone(
    house: House, looked: None
) -> None:
    mother = of(house, "mother")
    await registers(mother)
    await mother.say("我的地址要更新")
    told = words(await mother.say("更正名册"))
    assert "名册上哪里不对" in told
    assert "着急请拨打12345" in told
    await mother.say("搬到女儿家了")
    ticket = await house.stores.tickets.latest_of(mother.by.id)
    assert ticket is not None
    assert f"王*花({village(house)})" in ticket.text
    assert "搬到女儿家了" in ticket.text


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
    assert (ticket.kind, ticket.area) == (TicketKind.CORRECTION, VILLAGE)
    assert f"王*花({village(house)})" in ticket.text
    assert await my_records.my_records(house.office(), mother.by.id) == ()


async def test_who_shares_a_telephone_is_named_in_the_demand_too(
    house: House, looked: None
) -> None:
    mother, father = of(house, "mother"), known(23, "李大山", id_number(23), MOTHER_PHONE)
    await on_the_roster(house, replace(father, village=NEXT_VILLAGE))
    await registers(mother)
    await registers(mother, "李大山", id_number(23))
    await mother.say("删除我的信息", "确定删除")
    ticket = await house.stores.tickets.latest_of(mother.by.id)
    assert ticket is not None
    for one in ("王*花", "李*山", village(house), village(house, NEXT_VILLAGE)):
        assert one in ticket.text


async def test_a_demand_that_could_not_be_kept_deletes_nothing(house: House, looked: None) -> None:
    mother, office = of(house, "mother"), house.office()
    await registers(mother)
    turn = await demanding(house, mother)
    taken = replace(office, ids=SameDigits())
    await open_ticket(
        replace(turn, message=builders.message(key="other")),
        taken,
        kind=TicketKind.COMPLAINT,
        intent=my_data.MY_DATA,
        text="路灯坏了",
    )
    with pytest.raises(Conflict):
        await my_data.tell_what_is_tied(turn, taken)
    assert await house.stores.registrations.of_conversation(mother.by.id)


async def test_a_demand_that_is_walked_again_names_the_same_ticket(
    house: House, looked: None
) -> None:
    mother, office = of(house, "mother"), house.office()
    await registers(mother)
    turn = await demanding(house, mother)
    first = words(await my_data.tell_what_is_tied(turn, office))
    ticket = await house.stores.tickets.latest_of(mother.by.id)
    assert ticket is not None
    assert ticket.number in first
    assert words(await my_data.tell_what_is_tied(turn, office)) == first


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


class SameDigits(SystemIds):
    """Ids of a day on which every number that is tried is taken."""

    def digits(self, count: int) -> str:
        return "7" * count


async def demanding(house: House, talk: Talk) -> Turn:
    """Give the turn in which somebody confirms the deletion, to be walked by hand."""
    office = house.office()
    return Turn(
        message=builders.message("确定删除", by=talk.by),
        conversation=await talk.standing(),
        understanding=office.ear.understand("确定删除"),
        release=office.release,
        answers={my_data.ERASE: my_data.YES},
    )


def village(house: House, code: AreaCode = VILLAGE) -> str:
    return house.office().release.places.name(code)
