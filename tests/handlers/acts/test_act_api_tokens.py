"""Keys to the staff API: shown once, bound to their holder, dead when they should be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, NotSignedIn
from handlers.acts import api_tokens
from tests.staffed import hired

DAY = timedelta(days=1)


async def _make(house: House, name: str = "board", lasts: timedelta = DAY) -> str:
    token, _ = await api_tokens.make(house.office(), "wang", name=name, lasts=lasts, by="test")
    return token


async def test_a_key_opens_for_its_holder(house: House) -> None:
    staff = await hired(house)
    assert await api_tokens.holder(house.office(), await _make(house)) == staff


async def test_the_key_itself_is_kept_nowhere(house: House) -> None:
    await hired(house)
    token = await _make(house)
    (kept,) = await api_tokens.valid(house.office(), "wang")
    assert token not in repr(kept)


async def test_a_revoked_key_opens_nothing_and_its_name_is_free(house: House) -> None:
    await hired(house)
    token = await _make(house)
    await api_tokens.revoke(house.office(), "wang", name="board", by="test")
    with pytest.raises(NotSignedIn):
        await api_tokens.holder(house.office(), token)
    with pytest.raises(NotFound):
        await api_tokens.revoke(house.office(), "wang", name="board", by="test")
    await _make(house)


async def test_an_expired_key_opens_nothing(house: House, clock: SystemClock) -> None:
    await hired(house)
    token = await _make(house)
    clock.shift += DAY
    with pytest.raises(NotSignedIn):
        await api_tokens.holder(house.office(), token)


async def test_the_key_of_a_closed_account_opens_nothing(house: House) -> None:
    staff = await hired(house)
    token = await _make(house)
    await house.stores.staff.save(replace(staff, active=False, version=staff.version + 1))
    with pytest.raises(NotSignedIn):
        await api_tokens.holder(house.office(), token)


async def test_two_keys_of_one_holder_have_two_names(house: House) -> None:
    await hired(house)
    await _make(house)
    with pytest.raises(Conflict):
        await _make(house)


@pytest.mark.parametrize(
    ("name", "lasts"),
    [(" ", DAY), ("x" * 65, DAY), ("board", timedelta()), ("board", timedelta(days=367))],
)
async def test_a_key_has_a_name_and_an_end(house: House, name: str, lasts: timedelta) -> None:
    await hired(house)
    with pytest.raises(BadInput):
        await _make(house, name, lasts)


async def test_nobody_has_no_key(house: House) -> None:
    with pytest.raises(NotFound):
        await _make(house)


async def test_making_and_revoking_are_noted(house: House) -> None:
    await hired(house)
    await _make(house)
    gone = await api_tokens.revoke(house.office(), "wang", name="board", by="test")
    entries = await house.stores.audit.of_subject(gone.hash, 5)
    assert [one.deed.act for one in reversed(entries)] == ["token.make", "token.revoke"]
