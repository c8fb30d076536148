"""Lines to people on duty: each is rung for one case at a time, and each case is seen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.channels.gateway import Gateway
from bot.channels.voice import Dialer
from bot.clock import SystemClock
from bot.house import House
from bot.workers.calling import Lines
from bot.workers.ways import duty_menu_of
from data.civic.ids import DutyCallId
from data.civic.sending.receipts import Told
from data.civic.sending.ringing import reference
from data.civic.warning.dials import Ring
from data.civic.warning.duty import DutyKind
from data.civic.warning.shifts import DutyHolder
from handlers.acts.call_answer import LINES_BUSY
from handlers.acts.call_duty import call_duty
from tests.bot.channels.gateway_side import GatewaySide, account
from tests.bot.workers.test_calling import IN_THE_APP, called, standing, told, work
from tests.builders import Loaded
from tests.bulletins import LINPU
from tests.onduty import CHIEF, DEPUTY, OFFICER, rostered


async def cases(house: House, count: int, *holders: DutyHolder) -> list[DutyCallId]:
    """Have people on duty, and so many cases at once for which they are called."""
    await rostered(house.stores, *holders)
    numbers = [f"XS{n}" for n in range(count)]
    return [
        (await call_duty(house.office(), DutyKind.DANGER, subject=number, area=LINPU)).id
        for number in numbers
    ]


async def rung(house: House, calls: list[DutyCallId]) -> list[list[Ring | None]]:
    """Tell how the attempts of each case ended, those with most attempts first."""
    found = [[dial.ring for dial in (await standing(house, one)).dials] for one in calls]
    return sorted(found, key=len, reverse=True)


async def test_many_cases_at_once_ring_each_line_once(
    house: House, lines: Lines, side: GatewaySide
) -> None:
    calls = await cases(house, 5, OFFICER, DEPUTY, CHIEF)
    await work(house, lines)
    await work(house, lines)
    assert sorted(one["to"] for one in side.items) == [
        OFFICER.phone,
        DEPUTY.phone,
        CHIEF.phone,
    ]
    assert await rung(house, calls) == [[None], [None], [None], [], []], "no attempt is used up"


@pytest.mark.parametrize("what", [Told.ANSWERED, Told.NO_ANSWER, Told.LINE_BUSY])
async def test_a_line_rings_for_the_next_case_as_soon_as_it_is_free(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock, what: Told
) -> None:
    calls = await cases(house, 3, OFFICER)
    for number in range(1, 4):
        await work(house, lines)
        assert len(side.items) == number, "one at a time"
        await told(house, side.items[-1]["reference"], what, "1")
        clock.shift += LINES_BUSY
    assert len({one["reference"] for one in side.items}) == 3
    assert all([len((await standing(house, one)).dials) == 1 for one in calls])


async def test_a_receipt_of_an_earlier_attempt_frees_no_line_that_rings_again(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock
) -> None:
    await cases(house, 1, OFFICER)
    for _ in range(2):
        await work(house, lines)
        await told(house, side.items[0]["reference"], Told.NO_ANSWER)
        clock.shift += lines.rules.again_after
    assert len(side.items) == 2
    await told(house, side.items[0]["reference"], Told.NO_ANSWER)
    await call_duty(house.office(), DutyKind.DANGER, subject="XS9", area=LINPU)
    await work(house, lines)
    assert len(side.items) == 2


async def test_a_line_that_cannot_be_rung_is_free(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock
) -> None:
    calls = await cases(house, 2, OFFICER)
    side.codes = {reference(one, 1, notice=False): "bad_number" for one in calls}
    await work(house, lines)
    clock.shift += LINES_BUSY
    await work(house, lines)
    assert await rung(house, calls) == [[Ring.REFUSED], [Ring.REFUSED]]


async def test_while_a_gateway_is_busy_its_lines_are_free_for_notices_of_other_cases(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock
) -> None:
    calls = await cases(house, 2, IN_THE_APP)
    side.codes = {reference(one, 1, notice=False): "too_fast" for one in calls}
    for _ in range(2):
        await work(house, lines)
        clock.shift += LINES_BUSY
    told_of = {
        one["reference"] for path, told in side.asked for one in told["items"] if "n" in path
    }
    assert {reference(one, 1, notice=True) for one in calls} <= told_of
    side.codes = {}
    for _ in range(2):
        clock.shift += LINES_BUSY
        await work(house, lines)
    handed = [one for call in calls for one in (await standing(house, call)).dials if one.handed_at]
    assert len(handed) == 1, "one line, one call"


async def test_where_no_telephone_rings_notices_of_all_cases_are_sent_at_once(
    house: House, lines: Lines, side: GatewaySide
) -> None:
    calls = await cases(house, 4, IN_THE_APP, DEPUTY, CHIEF)
    await work(house, replace(lines, dialer=None))
    assert {one["to"] for one in side.items} == {IN_THE_APP.workapp}
    assert await rung(house, calls) == [[None]] * 4


async def test_in_a_drill_a_notice_is_given_its_time_though_the_telephones_are_in_earnest(
    house: House, lines: Lines, side: GatewaySide, clock: SystemClock, session: ClientSession
) -> None:
    deputy = replace(DEPUTY, workapp="li.fu")
    call = await called(house, IN_THE_APP, deputy, subject="drill-order-1")
    real = account("https://voice.example.com")
    gateway = Gateway(real, session=session, clock=house.clock, dice=Loaded())
    earnest = Dialer(gateway=gateway, menu=duty_menu_of(house.office))
    lines = replace(lines, dialer=earnest)
    await work(house, lines)
    (dial,) = (await standing(house, call)).dials
    assert (dial.ring, dial.noticed) == (None, True)
    clock.shift += timedelta(minutes=5)
    await work(house, lines)
    assert [one["to"] for one in side.items] == ["wang.fang", "li.fu"]
