"""The door for feeds: proven or not, fresh or not, the same push again."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.feeds.bodies import MOST_READ
from bot.feeds.tree import LARGEST
from bot.house import House
from data.civic.warning.duty import DutyKind
from handlers.acts.in_force import warnings_in_force
from tests import bulletins
from tests.bulletins import FEED, LINPU, START, at
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


def with_scan(size: int) -> bytes:
    """Write a red alert that carries so many bytes of a scanned approval."""
    scan = f"<web/><resource><resourceDesc>签发单</resourceDesc><derefUri>{'QUJD' * (size // 4)}"
    red = bulletins.national(severity="Red")
    return red.replace(b"<web/>", f"{scan}</derefUri></resource>".encode())


async def test_a_warning_with_the_scan_of_its_approval_is_applied(
    observatory: Observatory,
) -> None:
    status, told = await observatory.push(with_scan(1_500_000))
    assert (status, told["verdict"]) == (200, "applied")


async def test_of_what_is_too_large_the_beginning_is_kept_and_the_officer_called(
    observatory: Observatory,
) -> None:
    house = observatory.house
    await observatory.beat()
    body = with_scan(3_000_000)
    for _ in range(2):
        status, told = await observatory.push(body)
        assert (status, told["verdict"], told["reason"]) == (413, "refused", "too_large")
    assert str(len(body)) in told["detail"]
    (arrival,) = await house.stores.warnings.of(FEED.id, 5)
    assert arrival.raw == body[:LARGEST]
    (call,) = await house.stores.duty_calls.unseen(5)
    assert (call.kind, call.subject) == (DutyKind.MESSAGE_REFUSED, arrival.id)
    assert not (await warnings_in_force(house.office(), LINPU)).quiet


async def test_of_a_stranger_nothing_is_kept_however_large_it_is(
    observatory: Observatory,
) -> None:
    stranger = replace(observatory, secret="the key of another feed, long enough too")
    assert (await stranger.push(with_scan(3_000_000)))[0] == 403
    assert (await observatory.push(b"x" * (MOST_READ + 1)))[0] == 413
    house = observatory.house
    assert (await kept(house), await house.stores.duty_calls.unseen(5)) == (0, [])


async def test_small_pushes_pass_while_large_ones_wait_for_their_turn(
    observatory: Observatory,
) -> None:
    bodies = [with_scan(400_000).replace(b"00001<", f"000{n}<".encode()) for n in range(10, 22)]
    large = [asyncio.create_task(observatory.push(one)) for one in bodies]
    assert await observatory.beat() == 200
    assert {status for status, _ in await asyncio.gather(*large)} == {200}
    assert await kept(observatory.house) == len(bodies)


async def test_a_packed_body_is_signed_before_it_is_packed(observatory: Observatory) -> None:
    body = bulletins.national()
    status, told = await observatory.push(gzip.compress(body), **{"Content-Encoding": "gzip"})
    assert (status, "before any Content-Encoding" in told["detail"]) == (403, True)


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


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("风力可达10级", "风力<b>10级</b>", "unreadable"),
        (
            "<web/>",
            "<web/><resource><derefUri>附件</derefUri><digest>0</digest></resource>",
            "bad_digest",
        ),
        ("2026-11-21 20:00:00+08:00", "9999-12-31 23:59:59+00:00", "impossible_dates"),
    ],
    ids=["markup", "no base64", "year 9999"],
)
async def test_a_body_with_a_fault_is_kept_and_told_and_breaks_nothing_behind_the_door(
    observatory: Observatory, old: str, new: str, reason: str
) -> None:
    body = bulletins.national()
    assert old.encode() in body
    status, told = await observatory.push(body.replace(old.encode(), new.encode()))
    assert (status, told["verdict"], told["reason"]) == (422, "refused", reason)
    assert await kept(observatory.house) == 1
    assert len(await observatory.house.stores.duty_calls.unseen(5)) == 1


async def test_a_test_with_a_fault_rings_nobody(observatory: Observatory) -> None:
    status, told = await observatory.push(bulletins.national(status="Test", severity="橙色"))
    assert (status, told["verdict"]) == (200, "not_actual")
    assert "“橙色” is not known" in told["detail"]
    assert await observatory.house.stores.duty_calls.unseen(5) == []


async def test_a_drill_that_is_sent_as_actual_reaches_nobody(observatory: Observatory) -> None:
    headline = f"【演练】{bulletins.OBSERVATORY}发布台风橙色预警"
    status, told = await observatory.push(bulletins.national(headline=headline))
    assert (status, told["verdict"], told["reason"]) == (202, "held", "says_drill")
    stores = observatory.house.stores
    assert await stores.signals.newest(5) == []
    assert len(await stores.duty_calls.unseen(5)) == 1
