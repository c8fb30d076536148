"""Journey 14: five minutes without an answer, then the deputy, then the next level; on record."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.workers.informing_intake import take_up_next
from data.civic.calendar import local
from data.civic.people import Role
from data.civic.warning.decisions import SetResponse
from data.civic.warning.dials import Ring
from data.civic.warning.duty import DutyKind, SeenAs
from data.civic.warning.responses import Level
from data.civic.warning.shifts import Post
from handlers.acts.call_duty import call_duty
from tests.bulletins import COUNTY, LINPU
from tests.headquarters import staffed_headquarters
from tests.journeys.county import County
from tests.journeys.duty import MINUTE, Calling, calling
from tests.onduty import CHIEF, DEPUTY, NUMBERS, OFFICER, holder, rostered
from tests.staffed import hired


async def begun(reach: Calling, *, kind: DutyKind = DutyKind.DANGER) -> None:
    await call_duty(reach.county.office, kind, subject="XS1", area=LINPU)


async def test_who_does_not_answer_in_five_minutes_is_followed_by_deputy_and_next_level(
    county: County, clock: SystemClock
) -> None:
    house = county.house
    chief = await hired(house, "zhao", Role.CHIEF)
    await rostered(house.stores, OFFICER, DEPUTY, holder(Post.CHIEF, staff=chief.id))
    async with calling(county) as reach:
        await reach.does(OFFICER.phone, "no_answer")
        await reach.does(DEPUTY.phone, "line_busy")
        await reach.does(CHIEF.phone, "answers")
        await begun(reach)
        await reach.ended(1)
        clock.shift += timedelta(seconds=90)
        await reach.ended(2)
        assert await reach.rings(DEPUTY.phone) == []
        clock.shift += 5 * MINUTE - timedelta(seconds=90)
        await reach.ended(3)
        clock.shift += timedelta(seconds=90)
        await reach.ended(4)
        assert await reach.rings(CHIEF.phone) == []
        clock.shift += 5 * MINUTE
        await reach.work()
        call = await reach.seen()
        await reach.work()

    assert [(one.called.post, one.ring) for one in call.dials] == [
        (Post.OFFICER, Ring.NO_ANSWER),
        (Post.OFFICER, Ring.NO_ANSWER),
        (Post.DEPUTY, Ring.LINE_BUSY),
        (Post.DEPUTY, Ring.LINE_BUSY),
        (Post.CHIEF, Ring.ANSWERED),
    ]
    assert [one.called.phone for one in call.dials[::2]] == list(NUMBERS.values())
    assert all(one.handed_at and one.told_at and one.told_at >= one.at for one in call.dials)
    waited = call.dials[2].at - call.dials[0].at
    assert 5 * MINUTE <= waited < 6 * MINUTE
    answered = call.dials[-1]
    assert (answered.said, answered.told_at, answered.by) == ("1", call.seen_at, None)
    assert (call.seen_by, call.seen_as, call.due_at) == (chief.id, SeenAs.KEY, None)


async def test_nobody_is_rung_twice_for_one_attempt_while_the_gateway_loses_its_answer(
    county: County, clock: SystemClock
) -> None:
    await rostered(county.house.stores, OFFICER)
    async with calling(county) as reach:
        await reach.does(OFFICER.phone, "rings")
        await county.control.post("/_sim/faults", where="/voice/calls", kind="lose", times=1)
        await begun(reach)
        await reach.work()
        clock.shift += timedelta(seconds=20)
        await reach.work()
        assert len(await reach.rings(OFFICER.phone)) == 1
        (dial,) = (await reach.newest()).dials
        assert dial.handed_at
        await county.control.post("/_sim/press", number=OFFICER.phone, key="1")
        assert (await reach.seen()).seen_as is SeenAs.KEY


async def test_a_notice_that_is_opened_is_an_answer(county: County) -> None:
    await rostered(county.house.stores, holder(workapp="wang.fang"))
    async with calling(county) as reach:
        await reach.does(OFFICER.phone, "rings")
        await reach.does("wang.fang", "listens")
        await begun(reach)
        await reach.work()
        assert (await reach.seen()).seen_as is SeenAs.NOTICE
        (notice,) = await reach.rings("wang.fang")
        assert "险情求助" in notice["text"]


@pytest.mark.parametrize(
    ("words", "how"),
    [
        pytest.param("", SeenAs.WORDS, id="said back"),
        pytest.param("收到萧山区浦阳镇应急响应", None, id="another place"),
    ],
)
async def test_a_response_is_read_back_by_who_is_called_to_it(
    county: County, words: str, how: SeenAs | None
) -> None:
    hq = await staffed_headquarters(county.house)
    await rostered(county.house.stores, OFFICER, area=LINPU)
    await hq.decided(SetResponse(areas=(COUNTY,), level=Level.II), "启动防台风二级应急响应。")
    await take_up_next(county.office)
    async with calling(county) as reach:
        await reach.does(OFFICER.phone, "answers", words=words)
        (dial,) = await reach.ended(1)
        assert dial.read_back == "收到萧山区临浦镇应急响应"
        assert dial.said == (words or dial.read_back)
        assert (await reach.newest()).seen_as is how


async def test_it_goes_on_until_somebody_answers_however_long_that_takes(
    county: County, clock: SystemClock
) -> None:
    await rostered(county.house.stores, OFFICER, hours=48)
    async with calling(county) as reach:
        await reach.does(OFFICER.phone, "rings")
        await begun(reach)
        for _ in range(12):
            await reach.work()
            clock.shift += 6 * MINUTE
        call = await reach.newest()
        assert len(call.dials) >= 6
        assert len({local(one.at).hour for one in call.dials}) > 1
        await county.control.post("/_sim/press", number=OFFICER.phone, key="1")
        assert await reach.seen()
