"""Answers to a warning: written down for who is registered, and for nobody else."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.labels import Outcome
from data.civic.sending.informing import Informing, InformingKind, Words
from data.civic.sending.rows import By, Manner, Row, RowState, Said
from data.civic.talk.messages import Say
from tests import builders
from tests.handlers.talking import Talk, choices, words
from tests.observed import sent
from tests.townsfolk import GRID, guarded, informed, person, rows_of, settled

TITLE = "萧山区气象台发布台风红色预警。"


async def row(house: House, informing: Informing, handle: int = 1) -> Row:
    found = await house.stores.rows.get(informing.id, PersonId(handle))
    assert found is not None
    return found


@pytest.fixture
async def warned(talk: Talk) -> Informing:
    """The citizen, and somebody of the same household, have been sent a warning."""
    await settled(talk.house.stores, person(1, chat=True), person(2, household=1), person(3))
    return await sent(talk.house)


@pytest.mark.parametrize("text", ["收到", "好的知道了", "好的，知道了。", "知道了，马上准备"])
async def test_received_confirms_the_warning_for_the_household(
    talk: Talk, warned: Informing, text: str
) -> None:
    reply = await talk.say(text)
    assert reply.outcome is Outcome.ANSWERED
    assert f"您收到了“{TITLE}”" in words(reply)
    assert "12345" in words(reply)
    rows = await rows_of(talk.house.stores, warned)
    mine, mate, other = (rows[handle].confirmation for handle in (1, 2, 3))
    assert mine is not None
    assert (mine.by, mine.said, mine.manner) == (By.SELF, Said.RECEIVED, Manner.CHAT)
    assert mate is not None
    assert mate.by is By.HOUSEHOLD
    assert other is None


async def test_the_second_time_it_is_said_when_the_first_was(talk: Talk, warned: Informing) -> None:
    await talk.say("收到")
    before = (await row(talk.house, warned)).confirmation
    assert "已经答复过" in words(await talk.say("收到"))
    assert (await row(talk.house, warned)).confirmation == before


async def test_it_is_taken_down_in_the_middle_of_something_else(
    talk: Talk, warned: Informing
) -> None:
    assert "已经记下" in words(await talk.say("我要投诉", "收到"))
    assert (await row(talk.house, warned)).state is RowState.CONFIRMED
    assert "已经登记" in words(await talk.say("楼下饭店半夜还在放音乐，吵得睡不着"))


async def test_the_newest_is_meant_and_what_is_still_open_is_named(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True))
    first = await sent(talk.house, "signal/1", words=Words(text="台风橙色预警。"))
    second = await sent(talk.house, "signal/2", words=Words(text="台风红色预警。"))
    text = words(await talk.say("收到"))
    assert "您收到了“台风红色预警。”" in text
    assert "还有一条通知没有答复：“台风橙色预警。”" in text
    assert (await row(talk.house, second)).state is RowState.CONFIRMED
    assert (await row(talk.house, first)).confirmation is None
    assert "您收到了“台风橙色预警。”" in words(await talk.say("收到"))


@pytest.mark.parametrize("text", ["收到", "好的知道了", "我平安", "我不走"])
async def test_who_is_not_registered_is_told_honestly_and_whom_to_call(
    talk: Talk, warned: Informing, text: str
) -> None:
    stranger = Talk(talk.house, by=builders.citizen("openid-9"))
    said = words(await stranger.say(text))
    assert "已经记下" not in said
    assert "12345" in said
    rows = await rows_of(talk.house.stores, warned)
    assert [one.confirmation for one in rows.values()] == [None] * 3


async def test_before_anything_was_sent_it_is_no_answer(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True))
    await informed(talk.house)
    assert "已经记下" not in words(await talk.say("收到"))


async def test_thanks_confirm_nothing(talk: Talk, warned: Informing) -> None:
    assert "不客气" in words(await talk.say("谢谢"))
    assert (await row(talk.house, warned)).confirmation is None


@pytest.mark.parametrize("text", ["我平安", "我们一家都平安", "我很好，我们都平安，放心"])
async def test_safe_is_written_down_for_the_household(
    talk: Talk, warned: Informing, text: str
) -> None:
    reply = await talk.say(text)
    assert "您报了平安" in words(reply)
    assert "住在别处的家人这里没有登记" in words(reply)
    found = (await row(talk.house, warned)).confirmation
    assert found is not None
    assert found.said is Said.SAFE


async def test_safe_after_received_says_that_it_is_not_written_down(
    talk: Talk, warned: Informing
) -> None:
    text = words(await talk.say("收到", "我平安"))
    assert "没有另外登记" in text
    assert "您报了平安" not in text


@pytest.mark.parametrize(
    ("text", "tap"),
    [
        ("我妈没事，已经到我这里了", "我平安"),
        ("报平安点哪里", "我平安"),
        ("我妈让我说她收到了", "收到"),
        ("预警怎么点确认", "收到"),
    ],
)
async def test_what_may_ask_or_speak_of_others_is_asked_for_plainly(
    talk: Talk, warned: Informing, text: str, tap: str
) -> None:
    reply = await talk.say(text)
    assert (reply.outcome, choices(reply)) == (Outcome.CLARIFYING, [tap])
    assert "12345" in words(reply)
    assert (await row(talk.house, warned)).confirmation is None
    assert "已经记下" in words(await talk.say("1"))
    assert (await row(talk.house, warned)).confirmation is not None


async def test_who_stays_is_told_who_comes(talk: Talk) -> None:
    worker = await guarded(talk.house.stores)
    await settled(talk.house.stores, person(1, chat=True))
    order = await sent(talk.house, "order/1", kind=InformingKind.ORDER)
    await sent(talk.house, "signal/2")
    reply = await talk.say("我不走")
    text = words(reply)
    assert f"网格员{worker.name}的上门名单" in text
    assert worker.phone in text
    assert "119、110或120" in text
    refused = await row(talk.house, order)
    assert (refused.state, refused.visit) == (RowState.CONFIRMED, Said.STAYS)
    (visit,) = await talk.house.stores.rows.visits(order.id, refused.village, GRID)
    assert visit.resident == PersonId(1)


async def test_who_stays_after_having_answered_is_visited_too(talk: Talk) -> None:
    await guarded(talk.house.stores)
    await settled(talk.house.stores, person(1, chat=True))
    order = await sent(talk.house, "order/1", kind=InformingKind.ORDER)
    assert "上门名单" in words(await talk.say("收到", "我不走"))
    assert (await row(talk.house, order)).visit is Said.STAYS


async def test_where_nobody_answers_for_the_place_it_is_said(talk: Talk) -> None:
    await settled(talk.house.stores, person(1, chat=True))
    order = await sent(talk.house, "order/1", kind=InformingKind.ORDER)
    asked = await talk.say("我爸不肯走怎么办")
    assert (asked.outcome, choices(asked)) == (Outcome.CLARIFYING, ["我不走"])
    text = words(await talk.say("1"))
    assert "没有网格员" in text
    assert "12345" in text
    assert (await row(talk.house, order)).visit is Said.STAYS


async def test_every_answer_is_short_in_its_plain_version(talk: Talk) -> None:
    await guarded(talk.house.stores)
    await settled(talk.house.stores, person(1, chat=True))
    long = Words(text="萧山区气象台发布" + "台风" * 40 + "红色预警。\n详细内容")
    await sent(talk.house, words=long, kind=InformingKind.ORDER)
    for text in ("我妈没事", "收到", "我平安", "我不走", "我走"):
        for part in (await talk.say(text)).parts:
            assert not isinstance(part, Say) or len(part.plain) <= 120, part.plain
