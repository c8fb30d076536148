"""The second factor: a code counts once, a recovery code once, tries are counted beforehand."""

from datetime import timedelta

import pyotp
import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotSignedIn, TooMany
from data.civic.people import Role, Staff
from handlers.acts import second_factor
from handlers.acts.one_time_codes import STEP_S, step_of
from handlers.acts.sign_in import enter_code, half_session, sign_in, staff_of
from tests.staffed import PASSWORD, hired

STEP = timedelta(seconds=STEP_S)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def enrolled(house: House, *roles: Role) -> tuple[Staff, pyotp.TOTP, tuple[str, ...]]:
    office = house.office()
    begun = await second_factor.begin(office, await hired(house, "wang", *roles), PASSWORD)
    app = pyotp.TOTP(second_factor.enrolling_secret(office, begun))
    codes = await second_factor.confirm(office, begun, app.at(office.clock.now()))
    kept = await house.stores.staff.by_login("wang")
    assert kept is not None
    return kept, app, codes


async def half(house: House) -> str:
    token, session = await sign_in(house.office(), "wang", PASSWORD)
    assert session.half
    return token


async def test_neither_secret_nor_codes_stand_in_the_database_as_they_are(house: House) -> None:
    staff, app, codes = await enrolled(house)
    document = str(await house.stores.staff.by_login("wang"))
    assert app.secret not in document
    assert staff.second is not None
    assert app.secret.encode() not in staff.second.sealed
    assert not {*codes} & {*staff.second.recovery}


async def test_the_password_alone_opens_nothing(house: House) -> None:
    await enrolled(house)
    token = await half(house)
    with pytest.raises(NotSignedIn):
        await staff_of(house.office(), token)


async def test_the_code_opens_a_session_under_another_token(
    house: House, clock: SystemClock
) -> None:
    staff, app, _ = await enrolled(house)
    before = await half(house)
    token, session = await enter_code(house.office(), before, app.at(clock.now() + STEP))
    assert token != before
    assert not session.half
    assert (await staff_of(house.office(), token))[0].id == staff.id
    with pytest.raises(NotSignedIn):
        await half_session(house.office(), before)


async def test_a_code_is_taken_once_also_the_one_that_enrolled(
    house: House, clock: SystemClock
) -> None:
    _, app, _ = await enrolled(house)
    token = await half(house)
    with pytest.raises(BadInput):
        await enter_code(house.office(), token, app.at(clock.now()))
    code = app.at(clock.now() + STEP)
    await enter_code(house.office(), token, code)
    with pytest.raises(BadInput):
        await enter_code(house.office(), await half(house), code)


@pytest.mark.parametrize(
    ("away", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_differ_by_one_step(clock: SystemClock, away: int, taken: bool) -> None:  # noqa: FBT001
    code = pyotp.TOTP(SECRET).at(clock.now() + away * STEP)
    assert (step_of(SECRET, code, now=clock.now(), after=0) is not None) == taken


async def test_a_recovery_code_is_taken_once_however_it_is_typed(house: House) -> None:
    _, _, codes = await enrolled(house)
    typed = f" {codes[3][:5]}-{codes[3][5:]} "
    await enter_code(house.office(), await half(house), typed)
    with pytest.raises(BadInput):
        await enter_code(house.office(), await half(house), codes[3])
    staff = await house.stores.staff.by_login("wang")
    assert staff is not None
    assert staff.second is not None
    assert len(staff.second.recovery) == 9


async def test_wrong_codes_lock_although_the_password_is_known(house: House) -> None:
    await enrolled(house)
    for _ in range(5):
        with pytest.raises(BadInput):
            await enter_code(house.office(), await half(house), "000000")
    with pytest.raises(TooMany):
        await sign_in(house.office(), "wang", PASSWORD)


async def test_right_passwords_without_their_codes_lock_nobody(house: House) -> None:
    await enrolled(house)
    for _ in range(8):
        await half(house)


@pytest.mark.parametrize("code", ["", "١٢٣٤٥٦", "12345", "1234567", "x" * 300, "-", "１２３４５６"])
async def test_what_is_no_code_is_refused(house: House, code: str) -> None:
    await enrolled(house)
    with pytest.raises(BadInput):
        await enter_code(house.office(), await half(house), code)


async def test_a_code_that_comes_too_late_needs_the_password_again(
    house: House, clock: SystemClock
) -> None:
    _, app, _ = await enrolled(house)
    token = await half(house)
    clock.shift += timedelta(minutes=6)
    with pytest.raises(NotSignedIn):
        await enter_code(house.office(), token, app.at(clock.now()))


async def test_without_the_password_no_app_is_added(house: House) -> None:
    staff = await hired(house)
    for password in ("", "not the password"):
        with pytest.raises(BadInput):
            await second_factor.begin(house.office(), staff, password)


async def test_the_old_app_counts_until_the_new_one_has_shown_a_code(
    house: House, clock: SystemClock
) -> None:
    staff, old, _ = await enrolled(house)
    begun = await second_factor.begin(house.office(), staff, PASSWORD)
    with pytest.raises(BadInput):
        await second_factor.confirm(house.office(), begun, "000000")
    await enter_code(house.office(), await half(house), old.at(clock.now() + STEP))
    current = await house.stores.staff.by_login("wang")
    assert current is not None
    new = pyotp.TOTP(second_factor.enrolling_secret(house.office(), current))
    await second_factor.confirm(house.office(), current, new.at(clock.now()))
    with pytest.raises(BadInput):
        await enter_code(house.office(), await half(house), old.at(clock.now()))


async def test_who_must_have_one_cannot_drop_it(house: House) -> None:
    staff, _, _ = await enrolled(house, Role.ADMIN)
    with pytest.raises(Conflict):
        await second_factor.drop(house.office(), staff, PASSWORD, required=True)
    await second_factor.drop(house.office(), staff, PASSWORD, required=False)
    _, session = await sign_in(house.office(), "wang", PASSWORD)
    assert not session.half


async def test_new_recovery_codes_put_an_end_to_the_old(house: House) -> None:
    staff, _, old = await enrolled(house)
    new = await second_factor.renew_recovery(house.office(), staff, PASSWORD)
    with pytest.raises(BadInput):
        await enter_code(house.office(), await half(house), old[0])
    await enter_code(house.office(), await half(house), new[0])
