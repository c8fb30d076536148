"""Journey 26, the citizen's half: a silent feed is not a quiet sky, on every phone."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from data.civic.calendar import local
from tests.bulletins import FEED
from tests.journeys.county import County
from tests.observed import heard, relayed

QUESTIONS = (
    "现在有什么预警",
    "临浦现在有预警没有",
    "预警解除了吗",
    "台风到哪里了",
    "浦阳江水位多少了",
)
CLAIMS = ("当前无预警", "没有预警", "没有正在生效", "没有台风预警")


def claims_quiet(text: str) -> bool:
    told = text.replace("不等于没有", "").replace("有没有", "")
    return any(one in told for one in CLAIMS)


async def told(county: County, text: str) -> str:
    """Ask on every phone; all are told the same."""
    chat = await (await county.wechat()).ask(text)
    for platform in ("wechat", "alipay"):
        assert (await (await county.mini(platform)).ask(text)).as_plain_text == chat
    return chat


@pytest.mark.parametrize("question", QUESTIONS)
async def test_with_no_feed_nobody_is_told_that_there_is_none(
    county: County, question: str
) -> None:
    text = await told(county, question)
    assert not claims_quiet(text)
    assert "12345" in text


async def test_from_the_sixteenth_minute_on_it_is_told_when_the_feed_was_heard(
    county: County, clock: SystemClock
) -> None:
    last = local(await heard(county.house))
    phone = await county.mini()
    assert claims_quiet((await phone.ask("现在有什么预警")).text)

    clock.shift += timedelta(minutes=16)
    for question in QUESTIONS:
        text = await told(county, question)
        assert not claims_quiet(text)
        assert f"从{last.month}月{last.day}日{last:%H:%M}起，没有再收到预警信息的更新" in text
        assert "拨打12345" in text

    await county.house.stores.feeds.heard(FEED.id, county.office.clock.now())
    assert claims_quiet((await phone.ask("现在有什么预警")).text)


async def test_red_stays_red_in_silence(county: County, clock: SystemClock) -> None:
    await heard(county.house)
    await relayed(county.house)
    clock.shift += timedelta(hours=1)
    text = await told(county, "临浦现在有什么预警")
    assert text.startswith(
        "【红色预警】萧山区气象台发布台风预警\n发布单位：萧山区气象台\n发布时间："
    )
    assert "没有再收到预警信息的更新" in text
