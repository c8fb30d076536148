"""Journey 9: the national messages come in, apply in order, and what is wrong never does."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Colour
from data.civic.warning.telling import ToTell
from data.civic.warning.verdicts import Reason, Verdict
from handlers.acts.in_force import warnings_in_force
from handlers.acts.watch_feeds import watch
from tests import bulletins
from tests.bulletins import FEED, JINHUA, LINPU, OBSERVATORY, PUYANG, START, at, sample
from tests.pushing import Observatory, pushing

RED, ORANGE, YELLOW = Colour.RED, Colour.ORANGE, Colour.YELLOW


@pytest.fixture
async def observatory(house: House, clock: SystemClock) -> AsyncIterator[Observatory]:
    at(clock, START)
    async with pushing(house) as one:
        yield one


async def colours(house: House) -> list[Colour | None]:
    towns = (LINPU, PUYANG, JINHUA)
    return [(await warnings_in_force(house.office(), one)).colour for one in towns]


async def test_first_issue_upgrade_partial_downgrade_and_lift_apply_in_order(
    observatory: Observatory, clock: SystemClock
) -> None:
    house = observatory.house
    story: list[tuple[float, str, list[Colour | None]]] = [
        (0, "01_alert_orange.xml", [ORANGE, ORANGE, None]),
        (3, "02_update_red.xml", [RED, RED, RED]),
        (11, "03_update_yellow_downgrade.xml", [YELLOW, RED, RED]),
        (22, "04_cancel.xml", [None, None, None]),
    ]
    for hour, name, then in story:
        at(clock, START + timedelta(hours=hour, minutes=1))
        status, told = await observatory.push(sample(name))
        assert (status, told["verdict"]) == (200, "applied")
        assert await colours(house) == then, name
    news = await house.stores.to_inform.waiting(9)
    assert [one.kind for one in news] == [ToTell.SIGNAL] * 3 + [ToTell.LIFT]
    assert news[2].areas == (LINPU,)


async def test_a_warning_is_relayed_at_once_unedited_with_issuer_and_time(
    observatory: Observatory,
) -> None:
    await observatory.push(sample("01_alert_orange.xml"))
    (here,) = (await warnings_in_force(observatory.house.office(), LINPU)).signals
    assert here.message.sender == OBSERVATORY
    assert here.message.sent == START
    assert here.message.headline == "萧山区气象台发布台风橙色预警"
    assert here.message.description.startswith("（测试）预计未来12小时内")


async def test_a_test_reaches_no_citizen(observatory: Observatory, clock: SystemClock) -> None:
    at(clock, START - timedelta(minutes=59))
    _, told = await observatory.push(sample("05_test_status.xml"))
    house = observatory.house
    assert told["verdict"] == "not_actual"
    assert not (await warnings_in_force(house.office(), LINPU)).anything
    assert await house.stores.to_inform.waiting(9) == []
    assert [one.raw for one in await house.stores.warnings.of(FEED.id, 9)] == [
        sample("05_test_status.xml")
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (bulletins.national(msg_type="Supplement"), Reason.UNKNOWN_TYPE),
        (bulletins.national(sent=START - timedelta(hours=25)), Reason.STALE),
    ],
    ids=["unknown type", "stale"],
)
async def test_what_is_refused_is_kept_raw_with_its_reason_and_told(
    observatory: Observatory, body: bytes, reason: Reason
) -> None:
    status, told = await observatory.push(body)
    assert (status, told["reason"]) == (422, reason)
    stores = observatory.house.stores
    (kept,) = await stores.warnings.of(FEED.id, 9)
    assert kept.raw == body
    (call,) = await stores.duty_calls.unseen(9)
    assert (call.kind, call.subject) == (DutyKind.MESSAGE_REFUSED, kept.id)
    assert await stores.to_inform.waiting(9) == []


async def test_a_cancel_before_its_alert_waits_for_it_and_then_staff_are_asked(
    observatory: Observatory, clock: SystemClock
) -> None:
    house, cancel = observatory.house, bulletins.national(2, msg_type="Cancel", references=[1])
    status, told = await observatory.push(cancel)
    assert (status, told["verdict"], told["reason"]) == (202, "held", "unknown_reference")

    async def asked() -> list[DutyKind]:
        await watch(house.office())
        return [one.kind for one in await house.stores.duty_calls.unseen(9)]

    at(clock, START + timedelta(minutes=9))
    assert await asked() == []
    at(clock, _after(START))
    await observatory.beat()
    assert await asked() == [DutyKind.MESSAGE_HELD]
    await observatory.push(bulletins.national(1, sent=START - timedelta(minutes=1)))
    assert await colours(house) == [None, None, None]
    assert await house.stores.warnings.with_verdict(Verdict.HELD, 9) == []


def _after(start: datetime) -> datetime:
    return start + timedelta(minutes=11)
