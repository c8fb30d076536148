"""The staff file."""

from dataclasses import replace

import pytest

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, StaffId
from data.civic.people import Role, Staff
from data.store.stores import Stores


def staff(login: str = "wang", *, key: str = "s1") -> Staff:
    return Staff(
        id=StaffId(key),
        login=login,
        name="王芳",
        roles=frozenset({Role.AGENT, Role.EDITOR}),
        area=AreaCode("330109"),
        password_hash="hash",
    )


async def test_staff_are_found_by_id_and_by_log_in_name(stores: Stores) -> None:
    await stores.staff.put(staff())
    assert await stores.staff.get(StaffId("s1")) == staff()
    assert await stores.staff.by_login("wang") == staff()
    assert await stores.staff.by_login("li") is None
    assert await stores.staff.get(StaffId("s2")) is None


async def test_a_log_in_name_is_given_once(stores: Stores) -> None:
    await stores.staff.put(staff())
    with pytest.raises(Conflict, match="choose another"):
        await stores.staff.put(staff(key="s2"))


async def test_a_name_of_somebody_else_cannot_be_taken_over(stores: Stores) -> None:
    await stores.staff.put(staff())
    await stores.staff.put(staff("li", key="s2"))
    with pytest.raises(Conflict):
        await stores.staff.save(replace(staff(key="s2"), version=1))


async def test_a_stale_account_is_refused(stores: Stores) -> None:
    await stores.staff.put(staff())
    await stores.staff.save(replace(staff(), failed_logins=1, version=1))
    with pytest.raises(Conflict, match="read it again"):
        await stores.staff.save(replace(staff(), active=False, version=1))


async def test_staff_are_listed_by_log_in_name(stores: Stores) -> None:
    for key, login in (("s1", "wang"), ("s2", "li")):
        await stores.staff.put(staff(login, key=key))
    assert [one.login for one in await stores.staff.list()] == ["li", "wang"]
