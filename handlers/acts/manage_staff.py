"""Manage accounts as an administrator: hire, change, close, reset. Never the own account."""

from dataclasses import dataclass, replace

from data.civic.errors import BadInput, NotFound, Refused
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff, StaffSession
from handlers.acts import second_factor, sessions, staff_accounts
from handlers.acts.note import note
from handlers.acts.staff_accounts import NewStaff, check_place, with_password, worded
from handlers.office import Office

MANAGE = (Role.ADMIN,)
PASSWORD_CHARS, GROUP = 16, 4
"""A first password: 80 random bits, in groups so that it can be copied by hand."""
NAME_CHARS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an account shall be from now on."""

    name: str
    roles: frozenset[Role]
    area: AreaCode
    department: str


async def everybody(office: Office, by: Staff) -> list[Staff]:
    """List the staff of the own area, those who have left too, by log-in name.

    Raises:
        Refused: the role is not held.
    """
    by.must(*MANAGE)
    return [one for one in await office.stores.staff.list() if by.may(*MANAGE, area=one.area)]


async def find(office: Office, by: Staff, login: str) -> Staff:
    """Find an account of the own area.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: nobody has this login.
    """
    by.must(*MANAGE)
    found = await office.stores.staff.by_login(login)
    if found is None:
        raise NotFound(f"nobody has the login {login}: see the list of accounts")
    by.must(*MANAGE, area=found.area)
    return found


async def hire(office: Office, by: Staff, login: str, new: Change) -> tuple[Staff, str]:
    """Add an account; give its first password, which must be changed and is kept nowhere.

    Raises:
        Refused: the role is not held, or the area is another's.
        BadInput: login, name, roles or area are not as they must be.
        Conflict: the login is taken.
    """
    _check(office, by, new)
    password = _password(office)
    wanted = NewStaff(
        login=login,
        name=new.name,
        roles=new.roles,
        area=new.area,
        department=new.department,
        password=password,
        must_change=True,
    )
    return await staff_accounts.add(office, wanted, by=by.id), password


async def change(office: Office, by: Staff, login: str, new: Change, *, version: int) -> Staff:
    """Change name, roles, area and department; with other roles or area the sessions end.

    Raises:
        Refused, NotFound: as `find`; or it is the own account.
        BadInput: as `hire`.
        Conflict: the account is no longer at the `version` that the page showed.
    """
    staff = await _another(office, by, login)
    _check(office, by, new)
    changed = replace(
        staff,
        name=new.name,
        roles=new.roles,
        area=new.area,
        department=new.department,
        version=version + 1,
    )
    await office.stores.staff.save(changed)
    if (staff.roles, staff.area) != (changed.roles, changed.area):
        await office.stores.staff_sessions.end_all_of(staff.id)
    await note(office, by.id, "staff.change", staff.id, _difference(staff, changed))
    return changed


async def close(office: Office, by: Staff, login: str) -> Staff:
    """Close an account: sessions and keys open nothing from now on. Idempotent.

    Raises:
        Refused, NotFound: as `change`.
        Conflict: the account has changed meanwhile.
    """
    closed = await _switched(office, by, login, active=False)
    await office.stores.staff_sessions.end_all_of(closed.id)
    return closed


async def reopen(office: Office, by: Staff, login: str) -> Staff:
    """Open a closed account again, with the password it had. Idempotent.

    Raises:
        Refused, NotFound, Conflict: as `close`.
    """
    return await _switched(office, by, login, active=True)


async def reset_password(office: Office, by: Staff, login: str) -> tuple[Staff, str]:
    """Give a new first password, which must be changed; sessions end, a lock is lifted.

    Raises:
        Refused, NotFound, Conflict: as `close`.
    """
    staff, password = await _another(office, by, login), _password(office)
    changed = await with_password(office, staff, password, must_change=True)
    await office.stores.staff_sessions.end_all_of(staff.id)
    await note(office, by.id, "staff.password_reset", staff.id)
    return changed, password


async def reset_second(office: Office, by: Staff, login: str) -> Staff:
    """Take the second factor away from one who lost telephone and codes; sessions end.

    Raises:
        Refused, NotFound, Conflict: as `close`.
    """
    return await second_factor.reset(office, await _another(office, by, login), by=by.id)


async def sessions_of(office: Office, by: Staff, login: str) -> list[StaffSession]:
    """List where a colleague is signed in.

    Raises:
        Refused, NotFound: as `find`.
    """
    return await sessions.open_of(office, (await find(office, by, login)).id)


async def end_sessions(office: Office, by: Staff, login: str) -> int:
    """End all sessions of a colleague; say how many.

    Raises:
        Refused, NotFound: as `find`.
    """
    staff = await find(office, by, login)
    ended = await office.stores.staff_sessions.end_all_of(staff.id)
    await note(office, by.id, "staff.sessions_end", staff.id)
    return ended


async def _switched(office: Office, by: Staff, login: str, *, active: bool) -> Staff:
    staff = await _another(office, by, login)
    if staff.active == active:
        return staff
    switched = replace(staff, active=active, version=staff.version + 1)
    await office.stores.staff.save(switched)
    await note(office, by.id, "staff.reopen" if active else "staff.close", staff.id)
    return switched


async def _another(office: Office, by: Staff, login: str) -> Staff:
    """Find an account that is not the own: nobody gives themselves a role, or shuts oneself out.

    Raises:
        Refused, NotFound: as `find`; or it is the own account.
    """
    staff = await find(office, by, login)
    if staff.id == by.id:
        raise Refused("the own account is another administrator's to change")
    return staff


def _check(office: Office, by: Staff, new: Change) -> None:
    """Insist on what an account must be, and on the own area.

    Raises:
        Refused: the role is not held, or the area is another's.
        BadInput: name, roles, area or department are not as they must be.
    """
    check_place(office, name=new.name, roles=new.roles, area=new.area)
    if max(len(new.name), len(new.department)) > NAME_CHARS:
        raise BadInput(f"name and department have at most {NAME_CHARS} characters")
    if {Role.ADMIN, Role.AUDITOR} <= new.roles:
        raise BadInput("who manages accounts does not audit them: two people")
    by.must(*MANAGE, area=new.area)


def _difference(before: Staff, after: Staff) -> str:
    """Write what changed, for the audit log: no names of people."""
    told = []
    if before.roles != after.roles:
        told.append(f"roles {worded(before.roles)} > {worded(after.roles)}")
    if before.area != after.area:
        told.append(f"area {before.area} > {after.area}")
    if (before.name, before.department) != (after.name, after.department):
        told.append("name or department")
    return "; ".join(told)


def _password(office: Office) -> str:
    letters = office.ids.new()[:PASSWORD_CHARS]
    return "-".join(letters[at : at + GROUP] for at in range(0, PASSWORD_CHARS, GROUP))
