"""Staff accounts: add one, or give one a new password. Passwords are kept as argon2id hashes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode, StaffId
from data.civic.people import Role, Staff
from handlers.acts.note import note
from handlers.acts.passwords import hash_password
from handlers.office import Office

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
SHORTEST = 12
"""Characters that a password must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """Who is to be added."""

    login: str
    name: str
    roles: frozenset[Role]
    area: AreaCode
    department: str = ""
    password: str = field(repr=False)


async def add(office: Office, new: NewStaff, *, by: str) -> Staff:
    """Add a member of staff.

    Raises:
        BadInput: login, password, roles or area are not as they must be.
        Conflict: the login is taken.
    """
    _check(office, new)
    staff = Staff(
        id=StaffId(office.ids.new()),
        login=new.login,
        name=new.name,
        roles=new.roles,
        area=new.area,
        department=new.department,
        password_hash=await hash_password(new.password),
    )
    await office.stores.staff.put(staff)
    await note(office, by, "staff.add", staff.id)
    return staff


async def set_password(office: Office, login: str, password: str, *, by: str) -> Staff:
    """Give somebody a new password; open sessions end, a lock is lifted.

    Raises:
        NotFound: nobody has this login.
        BadInput: the password is too short.
    """
    staff = await office.stores.staff.by_login(login)
    if staff is None:
        raise NotFound(f"nobody has the login {login}")
    _long_enough(password)
    changed = replace(
        staff,
        password_hash=await hash_password(password),
        failed_logins=0,
        locked_until=None,
        version=staff.version + 1,
    )
    await office.stores.staff.save(changed)
    await office.stores.staff_sessions.end_all_of(staff.id)
    await note(office, by, "staff.password", staff.id)
    return changed


def roles_from(words: Iterable[str]) -> frozenset[Role]:
    """Read roles by their names.

    Raises:
        BadInput: one is not known; the message lists those that are.
    """
    known = {role.value: role for role in Role}
    wanted = [word.strip() for word in words if word.strip()]
    if unknown := [word for word in wanted if word not in known]:
        raise BadInput(f"no role {', '.join(unknown)}: choose of {', '.join(known)}")
    return frozenset(known[word] for word in wanted)


def _check(office: Office, new: NewStaff) -> None:
    if not LOGIN.fullmatch(new.login):
        raise BadInput("a login has 2 to 32 of a-z 0-9 . _ - and starts with a letter")
    if not new.name.strip():
        raise BadInput("give the person's name: it stands in the audit log")
    if not new.roles:
        raise BadInput(f"give at least one role of {', '.join(Role)}")
    if new.area not in office.release.places.areas:
        raise BadInput(f"no area {new.area}: give a division code of this county")
    _long_enough(new.password)


def _long_enough(password: str) -> None:
    if len(password) < SHORTEST:
        raise BadInput(f"a password has at least {SHORTEST} characters")
