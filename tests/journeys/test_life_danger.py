"""Journey 4: the water comes in. The numbers are said first, whatever else works or does not."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.first_release import Shipped
from data.civic.calendar import local
from data.civic.ids import TicketNumber
from data.civic.people import Role
from data.civic.talk.tickets import TicketKind, TicketState
from data.civic.warning.duty import DutyKind
from handlers.acts import see_ticket, serve_citizen
from intents.understand import Ear
from tests import builders
from tests.bulletins import at
from tests.conftest import Build
from tests.journeys.county import County, opened
from tests.journeys.duty import calling
from tests.onduty import DEPUTY, OFFICER, holder, rostered
from tests.proxy import Cable
from tests.staffed import hired

CRY = "水进来了我妈被困"
CALL = "请立即拨打 119/110/120"
PROMISES = re.compile(r"正在赶|马上(就)?到|已经?派|正在派|救援(人员|队)?(已|正)|会有人来|等待救援")


def last_night() -> datetime:
    """Ten minutes past three, the last time that it was."""
    day = local(builders.now() - timedelta(hours=4))
    return day.replace(hour=3, minute=10, second=1, microsecond=0)


@pytest.fixture
async def deaf_county(
    build: Build, shipped: Shipped, platforms_home: Path
) -> AsyncIterator[County]:
    """A county whose classifier has stopped: danger is heard without it."""
    house = build(ear=Ear(shipped.release, None))
    async with opened(house, home=platforms_home) as one:
        yield one


async def test_the_numbers_come_first_and_within_a_second(deaf_county: County) -> None:
    exchange = await (await deaf_county.wechat()).say(CRY)
    words = exchange["shown"]["text"]
    assert words.splitlines()[0].startswith(CALL)
    assert exchange["attempts"][0]["milliseconds"] < 1000


async def test_a_case_is_open_and_nobody_promises_help(deaf_county: County) -> None:
    phone = await deaf_county.wechat()
    words = await phone.ask(CRY)
    (ticket,) = await deaf_county.house.stores.tickets.unfinished(10)
    assert (ticket.kind, ticket.state) == (TicketKind.DANGER, TicketState.OPEN)
    assert ticket.conversation == phone.key.id
    assert ticket.number in words
    assert "此处无人值守" in words
    assert not PROMISES.search(words)


@pytest.mark.parametrize("platform", ["wechat", "alipay"])
async def test_the_mini_programs_say_the_same(deaf_county: County, platform: str) -> None:
    answer = await (await deaf_county.mini(platform)).ask(CRY)
    says = [part for part in answer.body["parts"] if part["kind"] == "say"]
    for version in ("text", "plain"):
        assert says[0][version].startswith(CALL)
    assert says[0]["speech"].startswith("请立即拨打")
    assert "此处无人值守" in answer.text


@pytest.mark.parametrize(
    "cry",
    [
        pytest.param("我 们 被 困 了", id="spaces"),
        pytest.param("水進來了，阿媽走不動", id="traditional"),
        pytest.param("ＳＯＳ", id="full width"),
        pytest.param("我想问一下护照，哎呀家里着火了", id="behind a question"),
        pytest.param("我" * 600 + "被困了", id="too long to be understood"),
    ],
)
async def test_danger_is_heard_however_it_is_typed(deaf_county: County, cry: str) -> None:
    assert (await (await deaf_county.mini()).ask(cry)).text.startswith("请立即拨打 ")


async def test_a_look_alike_is_no_danger(county: County) -> None:
    answer = await (await county.mini()).ask("困难户证明怎么开")
    assert "请立即拨打" not in answer.text
    assert await county.house.stores.tickets.unfinished(10) == []


async def test_danger_is_answered_while_a_human_serves_and_while_one_sends_too_fast(
    county: County,
) -> None:
    clerk = await hired(county.house, "wang", Role.AGENT)
    phone = await county.wechat()
    await phone.ask("转人工")
    await serve_citizen.claim(county.office, clerk, phone.key.id)
    for _ in range(25):
        await phone.say("在吗")
    assert (await phone.ask(CRY)).startswith(CALL)


async def test_that_somebody_has_seen_it_is_said_only_after_a_person_did(county: County) -> None:
    duty = await hired(county.house, "wang", Role.DUTY)
    phone = await county.wechat()
    await phone.ask(CRY)
    assert "已看到" not in "".join(await phone.heard())
    (ticket,) = await see_ticket.unfinished(county.office, duty)
    seen = await see_ticket.see(county.office, duty, ticket.number)
    await see_ticket.see(county.office, duty, ticket.number)
    await phone.settled(phone.key.id)
    told = [words for words in await phone.heard() if "已看到" in words]
    assert len(told) == 1
    assert seen.seen_at is not None
    assert told[0].startswith(f"值班员 {local(seen.seen_at):%H:%M} 已看到")


async def test_at_night_the_duty_officer_is_called_and_the_citizen_told_only_what_happened(
    deaf_county: County, clock: SystemClock
) -> None:
    at(clock, last_night())
    officer = await hired(deaf_county.house, "wang", Role.DUTY)
    await rostered(deaf_county.house.stores, holder(staff=officer.id), DEPUTY, since=last_night())
    phone = await deaf_county.wechat()
    words = await phone.ask(CRY)
    assert words.startswith(CALL)
    assert "还没有看到" in words
    assert "此处无人值守" not in words
    assert not PROMISES.search(words)
    async with calling(deaf_county) as reach:
        await reach.does(OFFICER.phone, "answers")
        await reach.work()
        call = await reach.seen()
        (ring,) = await reach.rings(OFFICER.phone)
    assert "险情求助" in ring["text"]
    assert "我妈" not in ring["text"]
    assert (call.kind, call.seen_by) == (DutyKind.DANGER, officer.id)
    assert "已看到" not in "".join(await phone.heard())

    clock.shift += timedelta(minutes=2)
    await see_ticket.see(deaf_county.office, officer, TicketNumber(call.subject))
    await phone.settled(phone.key.id)
    (told,) = [words for words in await phone.heard() if "已看到" in words]
    assert told.startswith("值班员 03:12 已看到")


async def test_while_nobody_answers_the_deputy_is_called_and_the_citizen_hears_no_promise(
    deaf_county: County, clock: SystemClock
) -> None:
    await rostered(deaf_county.house.stores, OFFICER, DEPUTY)
    phone = await deaf_county.wechat()
    await phone.ask(CRY)
    async with calling(deaf_county) as reach:
        await reach.does(OFFICER.phone, "rings")
        await reach.does(DEPUTY.phone, "answers")
        await reach.work()
        clock.shift += timedelta(minutes=5)
        await reach.work()
        assert len((await reach.seen()).dials) == 2
    heard = "".join(await phone.heard())
    assert "已看到" not in heard
    assert not PROMISES.search(heard)


@pytest.mark.parametrize("platform", ["wechat", "alipay"])
async def test_a_call_for_help_starts_the_same_calling(county: County, platform: str) -> None:
    await rostered(county.house.stores, OFFICER)
    answer = await (await county.mini(platform)).ask("没车，转移不了，来个人接")
    assert "119" in answer.text.splitlines()[0]
    assert "还没有看到" in answer.text
    (ticket,) = await county.house.stores.tickets.unfinished(9)
    assert (ticket.kind, ticket.intent) == (TicketKind.DANGER, "need_help")
    async with calling(county) as reach:
        await reach.does(OFFICER.phone, "answers")
        await reach.work()
        assert (await reach.seen()).subject == ticket.number


async def test_the_numbers_are_said_while_the_database_is_gone(
    at_the_cable: County, pulled: Cable
) -> None:
    phone = await at_the_cable.wechat()
    await phone.ask("你好")
    pulled.whole.clear()
    exchange = await phone.say(CRY)
    words = exchange["shown"]["text"]
    assert words.startswith(CALL)
    assert exchange["attempts"][0]["milliseconds"] < 4500
    assert "登记不了" in words
    assert not PROMISES.search(words)


async def test_an_ordinary_question_gets_an_apology_while_the_database_is_gone(
    at_the_cable: County, pulled: Cable
) -> None:
    """Never `success` for a message that nobody has kept."""
    phone = await at_the_cable.wechat()
    await phone.ask("你好")
    pulled.whole.clear()
    exchange = await phone.say("护照怎么办")
    assert "12345" in exchange["shown"]["text"]
    assert "【" not in exchange["shown"]["text"]
    assert exchange["attempts"][0]["milliseconds"] < 4500
