"""Signing in: a try is counted before it is compared, however many come at once."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotSignedIn, TooMany
from handlers.acts import sessions
from handlers.acts.own_account import change_password
from handlers.acts.sign_in import Seat, renewed, sign_in, staff_of
from handlers.acts.tries import TRIES
from tests.staffed import PASSWORD, hired

NEW = "another password of my own"


async def test_of_many_guesses_at_once_no_more_are_compared_than_may_be_wrong(
    house: House,
) -> None:
    await hired(house)
    office = house.office()
    guesses = [sign_in(office, "wang", f"guess number {n}") for n in range(40)]
    told = await asyncio.gather(*guesses, return_exceptions=True)
    compared = sum(isinstance(one, NotSignedIn) for one in told)
    refused = sum(isinstance(one, (Conflict, TooMany)) for one in told)
    assert compared <= TRIES
    assert compared + refused == 40


async def test_a_right_password_forgets_the_wrong_ones(house: House) -> None:
    await hired(house)
    for _ in range(2):
        for _ in range(TRIES - 1):
            with pytest.raises(NotSignedIn):
                await sign_in(house.office(), "wang", "not the password")
        await sign_in(house.office(), "wang", PASSWORD)


async def test_the_fifth_try_may_be_the_right_one(house: House) -> None:
    await hired(house)
    for _ in range(TRIES - 1):
        with pytest.raises(NotSignedIn):
            await sign_in(house.office(), "wang", "not the password")
    token, _ = await sign_in(house.office(), "wang", PASSWORD)
    await staff_of(house.office(), token)
    await sign_in(house.office(), "wang", PASSWORD)


async def test_a_stolen_session_guesses_no_password(house: House) -> None:
    staff = await hired(house)
    for _ in range(TRIES):
        with pytest.raises(BadInput):
            await change_password(house.office(), staff, "not the password", NEW)
        staff = await house.stores.staff.by_login("wang") or staff
    with pytest.raises(TooMany):
        await change_password(house.office(), staff, PASSWORD, NEW)


@pytest.mark.parametrize("new", ["short", "wangwangwangwang", "aaaaaaaaaaaaaaaa", PASSWORD])
async def test_an_unfit_password_is_not_taken(house: House, new: str) -> None:
    staff = await hired(house)
    with pytest.raises(BadInput):
        await change_password(house.office(), staff, PASSWORD, new)


async def test_a_renewed_session_is_the_only_one_and_lasts_no_longer(
    house: House, clock: SystemClock
) -> None:
    await hired(house)
    office = house.office()
    other, _ = await sign_in(office, "wang", PASSWORD)
    before, session = await sign_in(office, "wang", PASSWORD)
    clock.shift += timedelta(minutes=5)
    after, fresh = await renewed(office, session)
    assert fresh.expires_at == session.expires_at
    assert fresh.csrf != session.csrf
    await staff_of(office, after)
    for ended in (other, before):
        with pytest.raises(NotSignedIn):
            await staff_of(office, ended)


async def test_own_sessions_are_listed_and_ended_one_by_one(house: House) -> None:
    staff, office = await hired(house), house.office()
    stranger = await hired(house, "li")
    one, _ = await sign_in(office, "wang", PASSWORD, Seat(browser="Chrome", address="10.0.0.8"))
    two, _ = await sign_in(office, "wang", PASSWORD, Seat(browser="Edge"))
    listed = await sessions.mine(office, staff)
    assert {(seat.browser, seat.address) for seat in listed} == {
        ("Chrome", "10.0.0.8"),
        ("Edge", ""),
    }
    edge = next(seat for seat in listed if seat.browser == "Edge")
    await sessions.end_one(office, stranger, edge.token_hash)
    await staff_of(office, two)
    await sessions.end_one(office, staff, edge.token_hash)
    await staff_of(office, one)
    with pytest.raises(NotSignedIn):
        await staff_of(office, two)
    assert await sessions.end_all(office, staff) == 1


async def test_a_session_that_was_idle_too_long_is_not_listed(
    house: House, clock: SystemClock
) -> None:
    staff = await hired(house)
    await sign_in(house.office(), "wang", PASSWORD)
    clock.shift += timedelta(minutes=31)
    assert await sessions.mine(house.office(), staff) == []
