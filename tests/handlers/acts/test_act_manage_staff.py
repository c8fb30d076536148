"""Accounts by an administrator: never the own one, never beyond the own area, all on record."""

import re
from dataclasses import replace

import pytest

from bot.house import House
from data.civic.audit import Entry
from data.civic.errors import BadInput, Conflict, NotFound, NotSignedIn, Refused
from data.civic.people import Role, Staff
from handlers.acts import manage_staff
from handlers.acts.manage_staff import Change
from handlers.acts.sign_in import sign_in, staff_of
from tests.staffed import COUNTY, LINPU, PASSWORD, hired

AGENT = Change(name="李雷", roles=frozenset({Role.AGENT}), area=LINPU, department="城管局")
REVIEWER = replace(AGENT, roles=frozenset({Role.REVIEWER}))


async def admin(house: House) -> Staff:
    return await hired(house, "root1", Role.ADMIN)


async def deeds(house: House, staff: Staff) -> list[Entry]:
    return await house.stores.audit.of_subject(staff.id, 10)


async def test_a_first_password_opens_and_must_be_changed(house: House) -> None:
    made, password = await manage_staff.hire(house.office(), await admin(house), "lilei", AGENT)
    assert re.fullmatch(r"([0-9a-v]{4}-){3}[0-9a-v]{4}", password)
    assert made.must_change
    assert (made.name, made.area, made.department) == ("李雷", LINPU, "城管局")
    await sign_in(house.office(), "lilei", password)


async def test_who_gave_which_roles_is_on_record(house: House) -> None:
    by = await admin(house)
    made, _ = await manage_staff.hire(house.office(), by, "lilei", AGENT)
    await manage_staff.change(house.office(), by, "lilei", REVIEWER, version=made.version)
    changed, added = await deeds(house, made)
    assert (added.deed.act, added.deed.purpose) == ("staff.add", "agent")
    assert (changed.deed.actor, changed.deed.act) == (by.id, "staff.change")
    assert changed.deed.purpose == "roles agent > reviewer"


async def test_nobody_changes_the_own_account(house: House) -> None:
    by, office = await admin(house), house.office()
    mine = replace(REVIEWER, area=COUNTY)
    with pytest.raises(Refused):
        await manage_staff.change(office, by, "root1", mine, version=by.version)
    for act in (
        manage_staff.close,
        manage_staff.reset_password,
        manage_staff.reset_second,
    ):
        with pytest.raises(Refused):
            await act(office, by, "root1")


async def test_a_towns_administrator_stays_within_the_town(house: House) -> None:
    by = await hired(house, "town1", Role.ADMIN, area=LINPU)
    await hired(house, "county1")
    office = house.office()
    assert [one.login for one in await manage_staff.everybody(office, by)] == ["town1"]
    with pytest.raises(Refused):
        await manage_staff.close(office, by, "county1")
    with pytest.raises(Refused):
        await manage_staff.hire(office, by, "lilei", replace(AGENT, area=COUNTY))


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMIN])
async def test_no_other_role_manages(house: House, role: Role) -> None:
    by, office = await hired(house, "wang", role), house.office()
    await hired(house, "li")
    with pytest.raises(Refused):
        await manage_staff.everybody(office, by)
    with pytest.raises(Refused):
        await manage_staff.hire(office, by, "lilei", AGENT)
    with pytest.raises(Refused):
        await manage_staff.close(office, by, "li")


@pytest.mark.parametrize(
    "unfit",
    [
        replace(AGENT, name=" "),
        replace(AGENT, name="长" * 33),
        replace(AGENT, roles=frozenset()),
        replace(AGENT, area="110101"),  # type: ignore[arg-type]  (what a form sends)
        replace(AGENT, roles=frozenset({Role.ADMIN, Role.AUDITOR})),
    ],
    ids=["no name", "long name", "no role", "no area of ours", "manages and audits"],
)
async def test_an_unfit_account_is_refused(house: House, unfit: Change) -> None:
    with pytest.raises(BadInput):
        await manage_staff.hire(house.office(), await admin(house), "lilei", unfit)


async def test_other_roles_end_the_open_sessions_another_name_does_not(house: House) -> None:
    by, office = await admin(house), house.office()
    staff = await hired(house, "lilei", area=LINPU)
    token, _ = await sign_in(office, "lilei", PASSWORD)
    staff = (await staff_of(office, token))[0]
    same = await manage_staff.change(office, by, "lilei", AGENT, version=staff.version)
    await staff_of(office, token)
    await manage_staff.change(office, by, "lilei", REVIEWER, version=same.version)
    with pytest.raises(NotSignedIn):
        await staff_of(office, token)


async def test_of_two_who_change_at_once_the_second_is_told(house: House) -> None:
    by, office = await admin(house), house.office()
    made, _ = await manage_staff.hire(office, by, "lilei", AGENT)
    await manage_staff.change(office, by, "lilei", REVIEWER, version=made.version)
    with pytest.raises(Conflict):
        await manage_staff.change(office, by, "lilei", AGENT, version=made.version)


async def test_a_closed_account_opens_nothing_until_it_is_reopened(house: House) -> None:
    by, office = await admin(house), house.office()
    await hired(house, "lilei")
    token, _ = await sign_in(office, "lilei", PASSWORD)
    await manage_staff.close(office, by, "lilei")
    await manage_staff.close(office, by, "lilei")
    with pytest.raises(NotSignedIn):
        await staff_of(office, token)
    with pytest.raises(NotSignedIn):
        await sign_in(office, "lilei", PASSWORD)
    await manage_staff.reopen(office, by, "lilei")
    await sign_in(office, "lilei", PASSWORD)


async def test_a_reset_lifts_a_lock_and_ends_what_was_open(house: House) -> None:
    by, office = await admin(house), house.office()
    await hired(house, "lilei")
    token, _ = await sign_in(office, "lilei", PASSWORD)
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            await sign_in(office, "lilei", "not the password")
    changed, password = await manage_staff.reset_password(office, by, "lilei")
    assert changed.must_change
    with pytest.raises(NotSignedIn):
        await staff_of(office, token)
    await sign_in(office, "lilei", password)


async def test_an_administrator_ends_a_colleagues_sessions(house: House) -> None:
    by, office = await admin(house), house.office()
    await hired(house, "lilei")
    await sign_in(office, "lilei", PASSWORD)
    assert len(await manage_staff.sessions_of(office, by, "lilei")) == 1
    assert await manage_staff.end_sessions(office, by, "lilei") == 1
    assert await manage_staff.sessions_of(office, by, "lilei") == []


async def test_who_is_not_there_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await manage_staff.find(house.office(), await admin(house), "nobody")
