"""Sessions of citizens and staff, and tokens: what has ended is not there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import NotFound
from data.civic.ids import StaffId
from data.civic.people import ApiToken, CitizenSession, StaffSession
from data.store.stores import Stores
from tests import builders

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def citizen_session(*, lasts: timedelta = HOUR) -> CitizenSession:
    now = builders.now()
    return CitizenSession(
        token_hash="h1",
        key=builders.citizen(),
        app_id="wx1",
        created_at=now,
        expires_at=now + lasts,
    )


def staff_session(hashed: str = "h1", *, lasts: timedelta = HOUR) -> StaffSession:
    now = builders.now()
    return StaffSession(
        token_hash=hashed,
        staff=StaffId("s1"),
        csrf="c",
        created_at=now,
        seen_at=now,
        expires_at=now + lasts,
    )


def api_token(name: str = "t1", *, lasts: timedelta = HOUR) -> ApiToken:
    now = builders.now()
    return ApiToken(
        hash=name, name="大屏", staff=StaffId("s1"), created_at=now, expires_at=now + lasts
    )


async def test_a_citizen_stays_signed_in_until_the_session_ends(stores: Stores) -> None:
    session = citizen_session()
    await stores.citizens.put(session)
    assert await stores.citizens.get("h1") == session
    await stores.citizens.end("h1")
    assert await stores.citizens.get("h1") is None


async def test_an_expired_citizen_session_is_not_there(stores: Stores) -> None:
    await stores.citizens.put(citizen_session(lasts=-SECOND))
    assert await stores.citizens.get("h1") is None


async def test_staff_are_seen_and_never_unseen(stores: Stores) -> None:
    session = staff_session()
    await stores.staff_sessions.put(session)
    seen = session.seen_at + SECOND
    await stores.staff_sessions.touch("h1", at=seen)
    await stores.staff_sessions.touch("h1", at=session.seen_at)
    assert await stores.staff_sessions.get("h1") == replace(session, seen_at=seen)


async def test_an_expired_staff_session_is_not_there(stores: Stores) -> None:
    await stores.staff_sessions.put(staff_session(lasts=-SECOND))
    assert await stores.staff_sessions.get("h1") is None


async def test_all_sessions_of_one_member_of_staff_end_together(stores: Stores) -> None:
    for token in ("h1", "h2", "h3"):
        await stores.staff_sessions.put(staff_session(token))
    await stores.staff_sessions.end("h1")
    assert await stores.staff_sessions.end_all_of(StaffId("s1")) == 2
    assert await stores.staff_sessions.get("h2") is None


async def test_a_session_that_ended_is_not_revived_by_a_touch(stores: Stores) -> None:
    await stores.staff_sessions.touch("h1", at=builders.now())
    assert await stores.staff_sessions.get("h1") is None


async def test_a_token_holds_until_it_is_revoked(stores: Stores) -> None:
    token = api_token()
    await stores.tokens.put(token)
    assert await stores.tokens.get("t1") == token
    await stores.tokens.revoke("t1")
    assert await stores.tokens.get("t1") is None
    assert await stores.tokens.of(StaffId("s1"), 10) == [replace(token, revoked=True)]


async def test_an_expired_token_is_not_there(stores: Stores) -> None:
    await stores.tokens.put(api_token(lasts=-SECOND))
    assert await stores.tokens.get("t1") is None


async def test_a_token_that_never_was_cannot_be_revoked(stores: Stores) -> None:
    with pytest.raises(NotFound):
        await stores.tokens.revoke("none")


async def test_one_session_or_all_others_are_ended(stores: Stores) -> None:
    for hashed in ("h1", "h2", "h3"):
        await stores.staff_sessions.put(staff_session(hashed))
    assert await stores.staff_sessions.end_one_of(StaffId("another"), "h1") == 0
    assert await stores.staff_sessions.end_one_of(StaffId("s1"), "h1") == 1
    assert await stores.staff_sessions.end_others_of(StaffId("s1"), "h2") == 1
    assert [one.token_hash for one in await stores.staff_sessions.of(StaffId("s1"))] == ["h2"]


async def test_sessions_that_have_ended_are_not_listed(stores: Stores) -> None:
    await stores.staff_sessions.put(staff_session(lasts=-SECOND))
    assert await stores.staff_sessions.of(StaffId("s1")) == []
