"""Somebody wants a human: waits, is served while the assistant is silent, and is given back."""

from datetime import timedelta

import pytest

from data.civic.labels import Outcome
from data.civic.people import Role, Staff
from data.civic.talk.conversations import Attention
from handlers.acts import serve_citizen
from tests.journeys.county import County
from tests.staffed import hired


@pytest.fixture
async def clerk(county: County) -> Staff:
    return await hired(county.house, "wang", Role.AGENT)


async def test_the_way_to_a_human_and_back(county: County, clerk: Staff) -> None:
    phone, office = await county.wechat(), county.office
    await phone.ask("老人高龄补贴在临浦怎么办")
    assert "转给工作人员" in await phone.ask("转人工")
    (waiting,) = await serve_citizen.waiting(office, clerk)
    assert waiting.key == phone.key
    assert "【护照" in (await phone.ask("护照怎么办")).replace("普通", "")  # still answered
    await serve_citizen.claim(office, clerk, phone.key.id)
    assert await phone.ask("有人吗") == ""
    await serve_citizen.answer(office, clerk, phone.key.id, text="您好，我是小王。", key="a1")
    await phone.settled(phone.key.id)
    assert (await phone.lines())[-1]["text"] == "您好，我是小王。"
    await serve_citizen.give_back(office, clerk, phone.key.id)
    assert "10个工作日" in await phone.ask("高龄补贴要多久")
    assert await serve_citizen.waiting(office, clerk) == []


async def test_while_a_human_serves_a_page_shows_nothing_but_what_the_human_says(
    county: County, clerk: Staff
) -> None:
    mini, office = await county.mini(), county.office
    await mini.ask("转人工")
    (waiting,) = await serve_citizen.waiting(office, clerk)
    await serve_citizen.claim(office, clerk, waiting.key.id)
    silent = await mini.ask("护照怎么办")
    assert (silent.outcome, silent.body["parts"]) == (Outcome.SILENT, [])
    await serve_citizen.answer(office, clerk, waiting.key.id, text="请带身份证。", key="a1")
    newest = (await mini.history())[-1]
    assert (newest["from"], newest["text"]) == ("staff", "请带身份证。")


async def test_who_asks_twice_keeps_the_place_in_the_line(county: County, clerk: Staff) -> None:
    first, second = await county.wechat("first"), await county.wechat("second")
    await first.ask("转人工")
    await second.ask("转人工")
    assert "已经在等候" in await first.ask("人工")
    line = await serve_citizen.waiting(county.office, clerk)
    assert [one.key.user for one in line] == [first.key.user, second.key.user]


async def test_a_citizen_whom_staff_forget_is_the_assistants_again(
    county: County, clerk: Staff
) -> None:
    mini, office = await county.mini(), county.office
    await mini.ask("转人工")
    (waiting,) = await serve_citizen.waiting(office, clerk)
    await serve_citizen.claim(office, clerk, waiting.key.id)
    county.house.clock.shift = timedelta(minutes=31)  # type: ignore[attr-defined]
    assert (await mini.ask("护照怎么办")).outcome == Outcome.ANSWERED
    conversation = await county.house.stores.conversations.by_id(waiting.key.id)
    assert conversation is not None
    assert conversation.attention is Attention.ASSISTANT
