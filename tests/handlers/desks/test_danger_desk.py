"""What is said after a cry for help belongs to its case, until another service is asked for."""

import pytest

from data.civic.labels import Outcome
from data.civic.people import Role
from data.civic.talk.messages import MessageKind
from data.civic.talk.tickets import Ticket, TicketKind
from handlers.acts import see_ticket
from tests.handlers.talking import Talk, words
from tests.staffed import hired

CRY = "水进屋了我妈还在里面"


async def case(talk: Talk) -> Ticket:
    (ticket,) = await talk.house.stores.tickets.unfinished(9)
    assert ticket.kind is TicketKind.DANGER
    return ticket


@pytest.mark.parametrize("cry", [CRY, "走不动来接我"])
@pytest.mark.parametrize(
    "said",
    [
        "苎萝村3组",
        "临浦镇苎萝村3组12号王桂花家",
        "我在二楼",
        "119打不通",
        "没人来",
        "打了没人接",
        "水还在涨",
        "我妈八十岁",
    ],
)
async def test_what_is_said_next_is_added(talk: Talk, cry: str, said: str) -> None:
    answer = words(await talk.say(cry, said))
    ticket = await case(talk)
    assert ticket.text == f"{cry}\n{said}"
    assert f"已补充到求助登记{ticket.number}" in answer
    assert "119" in answer


async def test_a_place_and_a_picture_are_added(talk: Talk) -> None:
    await talk.say(CRY)
    placed = await talk.say("120.25,30.05 临浦镇", kind=MessageKind.PLACE)
    shown = await talk.say("media-1", kind=MessageKind.PICTURE)
    assert all("已补充" in words(one) for one in (placed, shown))
    ticket = await case(talk)
    assert "120.25000,30.05000 临浦镇" in ticket.text
    assert "media-1" in ticket.text


async def test_the_place_makes_the_area_of_the_case_nearer(talk: Talk) -> None:
    await talk.say(CRY, "苎萝村3组")
    assert (await case(talk)).area == "330109105201"


async def test_a_telephone_is_masked_and_it_is_said_to_tell_it_on_the_telephone(
    talk: Talk,
) -> None:
    answer = words(await talk.say(CRY, "我电话13800138000"))
    assert "13800138000" not in (await case(talk)).text + answer
    assert "只留头尾" in answer
    assert "119" in answer


async def test_the_same_words_stand_once(talk: Talk) -> None:
    await talk.say(CRY, "没人来", "没人来")
    assert (await case(talk)).text == f"{CRY}\n没人来"


@pytest.mark.parametrize("said", ["护照怎么办", "身份证怎么办", "安置点在哪", "可以回家了吗"])
async def test_another_service_ends_it(talk: Talk, said: str) -> None:
    assert "已补充" not in words(await talk.say(CRY, said))
    assert (await case(talk)).text == CRY


async def test_thanks_end_it_not(talk: Talk) -> None:
    assert "已补充" not in words(await talk.say(CRY, "谢谢"))
    assert "已补充" in words(await talk.say("苎萝村3组"))


async def test_a_human_may_be_wanted(talk: Talk) -> None:
    assert (await talk.say(CRY, "转人工")).outcome is Outcome.HANDED_OVER


async def test_after_two_hours_it_is_over(talk: Talk) -> None:
    await talk.say(CRY)
    clock = talk.house.clock
    clock.shift = clock.shift.__class__(hours=2, seconds=1)  # type: ignore[attr-defined]
    assert "已补充" not in words(await talk.say("苎萝村3组"))


async def test_what_comes_after_the_case_is_closed_is_a_case_of_its_own(talk: Talk) -> None:
    await talk.say(CRY)
    first = await case(talk)
    clerk = await hired(talk.house, "wang", Role.AGENT)
    await see_ticket.see(talk.house.office(), clerk, first.number)
    await see_ticket.close(talk.house.office(), clerk, first.number, "人已经接出来了")
    assert "119" in words(await talk.say("苎萝村3组"))
    second = await case(talk)
    assert (second.number != first.number, second.text) == (True, "苎萝村3组")
