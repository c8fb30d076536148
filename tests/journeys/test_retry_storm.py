"""Journey 5: every push comes three times, to two houses; the answer is given once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.civic.labels import Outcome
from data.civic.sending.deliveries import DeliveryState
from data.civic.talk.messages import Reply, Turn
from data.civic.talk.tickets import TicketKind
from handlers.desk import Desk
from handlers.desks.fixed import answer_fixed
from handlers.office import Office
from tests.conftest import Build
from tests.journeys.county import County, opened
from tests.waiting import until

COMPLAINT = "我要投诉，楼下工地半夜十二点还在打桩，吵得孩子睡不着"


@pytest.fixture
def may_go() -> asyncio.Event:
    """What the slow desk waits for."""
    return asyncio.Event()


@pytest.fixture
def slow(may_go: asyncio.Event) -> Desk:
    """A desk that takes its time when somebody says thanks."""
    desk = Desk("slow")

    @desk.on("thanks")
    async def thank(turn: Turn, office: Office) -> Reply:
        await may_go.wait()
        return await answer_fixed(turn, office)

    return desk


@pytest.fixture
async def two_houses(build: Build, slow: Desk, platforms_home: Path) -> AsyncIterator[County]:
    """Two houses on one database behind a balancer, each with a slow desk."""
    houses = [build(extra_desks=(slow,)) for _ in range(2)]
    async with opened(*houses, home=platforms_home) as one:
        yield one


async def test_one_push_in_three_copies_has_one_effect_and_one_answer(two_houses: County) -> None:
    phone = await two_houses.wechat()
    exchange = await phone.say(COMPLAINT, copies=3)
    assert [one["status"] for one in exchange["attempts"]] == [200, 200, 200]
    assert all(one["milliseconds"] < 5000 for one in exchange["attempts"])
    (ticket,) = await two_houses.house.stores.tickets.unfinished(10)
    assert ticket.kind is TicketKind.COMPLAINT
    assert ticket.number in exchange["shown"]["text"]
    assert await phone.settled(phone.key.id) == []
    (line,) = await two_houses.house.stores.messages.history(phone.key.id, before=None, limit=10)
    assert line.reply is not None
    assert len(await phone.heard()) == 1


async def test_a_storm_of_many_citizens_leaves_one_ticket_each(two_houses: County) -> None:
    phones = [await two_houses.wechat(f"citizen{n}") for n in range(8)]
    await asyncio.gather(*(phone.say(COMPLAINT, copies=3) for phone in phones))
    tickets = await two_houses.house.stores.tickets.unfinished(100)
    assert sorted(one.conversation for one in tickets) == sorted(p.key.id for p in phones)
    assert [len(await phone.heard()) for phone in phones] == [1] * 8


async def test_an_answer_that_takes_too_long_comes_as_one_message(
    two_houses: County, may_go: asyncio.Event
) -> None:
    phone = await two_houses.wechat()
    exchange = await phone.say("谢谢", copies=3)
    assert [one["body"] for one in exchange["attempts"]] == ["success"] * 3
    assert all(one["milliseconds"] < 5000 for one in exchange["attempts"])
    assert await phone.heard() == []
    may_go.set()
    (line,) = await until(lambda: said_to(phone))
    (sent,) = await two_houses.settled(phone.key.id)
    assert (line["via"], sent.state) == ("custom", DeliveryState.SENT)
    assert sent.text == line["text"]


async def test_a_page_that_is_told_to_ask_again_gets_its_answer_once(
    two_houses: County, may_go: asyncio.Event
) -> None:
    mini = await two_houses.mini()
    status, body = await mini.say("谢谢", key="first")
    assert (status, "same client_message_id" in body["detail"]) == (503, True)
    may_go.set()
    answers = [await mini.say("谢谢", key="first") for _ in range(3)]
    assert [status for status, _ in answers] == [200] * 3
    assert answers[0][1] == answers[1][1] == answers[2][1]
    assert answers[0][1]["outcome"] == Outcome.ANSWERED
    assert len(await mini.history()) == 2


async def test_two_messages_at_once_are_both_answered(two_houses: County) -> None:
    """Each moves the conversation; the one that comes second thinks again."""
    mini = await two_houses.mini()
    said = [mini.say(text) for text in ("护照怎么办", "身份证丢了", "我要投诉", "你好", "我在临浦")]
    answers = await asyncio.gather(*said)
    assert [status for status, _ in answers] == [200] * 5
    assert all(body["outcome"] in ("answered", "clarifying") for _, body in answers)
    found = await two_houses.house.stores.conversations.waiting(limit=10)
    assert found == []
    assert len([line for line in await mini.history() if line["from"] == "citizen"]) == 5


async def said_to(phone) -> list[dict]:  # type: ignore[no-untyped-def,type-arg]
    return [line for line in await phone.lines() if line["by"] == "account"]
