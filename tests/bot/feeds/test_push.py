"""The door for feeds: proven or not, fresh or not, the same push again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.feeds.tree import LARGEST
from bot.house import House
from data.civic.warning.duty import DutyKind
from tests import bulletins
from tests.bulletins import FEED, START, at
from tests.pushing import Observatory, pushing

BOMB = b'<!DOCTYPE alert [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]><alert>&a;</alert>'


@pytest.fixture
async def observatory(house: House, clock: SystemClock) -> AsyncIterator[Observatory]:
    at(clock, START + timedelta(minutes=1))
    async with pushing(house) as one:
        yield one


async def last_heard(house: House) -> object:
    state = await house.stores.feeds.get(FEED.id)
    assert state
    return state.last_heard


async def kept(house: House) -> int:
    return len(await house.stores.warnings.of(FEED.id, 50))


async def test_a_signed_message_is_answered_with_what_became_of_it(
    observatory: Observatory,
) -> None:
    status, told = await observatory.push(bulletins.national())
    assert (status, told["verdict"], told["reason"]) == (200, "applied", None)
    assert told["areas"] == ["330109105", "330109103"]
    assert told["identifier"] == bulletins.named(1)
    assert await last_heard(observatory.house) is not None


async def test_the_same_push_again_is_answered_the_same(observatory: Observatory) -> None:
    answers = [await observatory.push(bulletins.national(), late_s=n) for n in (0, 0, 30)]
    assert answers[0] == answers[1] == answers[2]
    assert await kept(observatory.house) == 1


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (bulletins.national(msg_type="Ack"), 422, "unknown_type"),
        (bulletins.national(status="Real"), 422, "unknown_status"),
        (bulletins.national(severity="Pink"), 422, "unknown_colour"),
        (bulletins.national(sender_code="44030041600000"), 422, "unknown_sender"),
        (bulletins.national(areas="宝安区", geocode="440306"), 422, "foreign_area"),
        (bulletins.national(sent=START - timedelta(days=2)), 422, "stale"),
        (bulletins.national(expires=START - timedelta(hours=1)), 422, "impossible_dates"),
        (bulletins.national(areas="临浦镇南部"), 202, "unclear_area"),
        (bulletins.national(msg_type="Cancel", references=[9]), 202, "unknown_reference"),
        (
            bulletins.national(more="<polygon>30,120 31,121 30,121 31,120 30,120</polygon>"),
            202,
            "bad_shape",
        ),
        (BOMB, 422, "unreadable"),
        (b"", 422, "unreadable"),
        (b"\xff\xfe", 422, "unreadable"),
    ],
)
async def test_what_is_not_applied_has_its_reason_is_kept_raw_and_told(
    observatory: Observatory, body: bytes, status: int, reason: str
) -> None:
    answered, told = await observatory.push(body)
    assert (answered, told["reason"]) == (status, reason)
    assert told["detail"]
    stores = observatory.house.stores
    (arrival,) = await stores.warnings.of(FEED.id, 5)
    assert arrival.raw == body
    calls = [one.kind for one in await stores.duty_calls.unseen(5)]
    if reason != "unknown_reference":  # staff are asked when nothing has come for ten minutes
        assert calls == [DutyKind.MESSAGE_HELD if status == 202 else DutyKind.MESSAGE_REFUSED]
    assert await stores.signals.newest(5) == []


async def test_other_content_under_one_identifier_is_a_conflict(observatory: Observatory) -> None:
    await observatory.push(bulletins.national())
    status, told = await observatory.push(bulletins.national(severity="Red"))
    assert (status, told["verdict"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("headers", "late_s", "status"),
    [
        ({"X-Feed-Signature": "0" * 64}, 0, 403),
        ({"X-Feed-Signature": ""}, 0, 403),
        ({"X-Feed-Signature": "签"}, 0, 403),
        ({"X-Feed-Timestamp": "soon"}, 0, 400),
        ({"X-Feed-Timestamp": ""}, 0, 400),
        ({}, 601, 403),
        ({}, -601, 403),
    ],
)
async def test_what_is_not_proven_is_refused_and_leaves_no_trace_but_in_log_and_audit(
    observatory: Observatory, headers: dict[str, str], late_s: int, status: int
) -> None:
    given = {key: value.encode().decode("latin-1") for key, value in headers.items()}
    for path in ("", "/heartbeat"):
        answered, _ = await observatory.push(
            bulletins.national(), path=path, late_s=late_s, **given
        )
        assert answered == status
    house = observatory.house
    assert (await kept(house), await last_heard(house)) == (0, None)
    assert await house.stores.duty_calls.unseen(5) == []
    entries = await house.stores.audit.of_subject("weather", 9)
    assert [one.deed.act for one in entries] == ["warning.unproven"]


async def test_another_feeds_key_opens_nothing(observatory: Observatory) -> None:
    other = replace(observatory, secret="the key of another feed, long enough too")
    assert (await other.push(bulletins.national()))[0] == 403
    assert (await replace(observatory, feed="nowhere").push(b""))[0] == 404


async def test_a_body_that_is_too_large_is_refused(observatory: Observatory) -> None:
    status, _ = await observatory.push(b"x" * 300 * 1024)
    assert status == 413
    assert (await kept(observatory.house), LARGEST) == (0, 256 * 1024)


async def test_a_heartbeat_is_heard_as_old_as_it_was_signed(observatory: Observatory) -> None:
    house = observatory.house
    assert await observatory.beat(late_s=120) == 200
    first = await last_heard(house)
    assert await observatory.beat(late_s=300) == 200
    assert await last_heard(house) == first
    assert await observatory.beat() == 200
    assert await last_heard(house) != first
    assert await observatory.beat(late_s=-60) == 200
    heard = await last_heard(house)
    assert heard <= house.clock.now()  # type: ignore[operator]
