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
FEWEST = 5
"""Different characters among them, the login aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """Who is to be added."""

    login: str
    name: str
    roles: frozenset[Role]
    area: AreaCode
    department: str = ""
    password: str = field(repr=False)
    must_change: bool = False
    """Who made the password knows it: it opens only the page for another one."""


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
        must_change=new.must_change,
    )
    await office.stores.staff.put(staff)
    await note(office, by, "staff.add", staff.id, worded(staff.roles))
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
    check_password(password, login)
    changed = await with_password(office, staff, password)
    await office.stores.staff_sessions.end_all_of(staff.id)
    await note(office, by, "staff.password", staff.id)
    return changed


async def with_password(
    office: Office, staff: Staff, password: str, *, must_change: bool = False
) -> Staff:
    """Save an account under a new password, a lock lifted.

    Raises:
        Conflict: the account has changed meanwhile.
    """
    changed = replace(
        staff,
        password_hash=await hash_password(password),
        must_change=must_change,
        failed_logins=0,
        locked_until=None,
        version=staff.version + 1,
    )
    await office.stores.staff.save(changed)
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


def worded(roles: Iterable[Role]) -> str:
    """Write roles for the audit log."""
    return ",".join(sorted(roles))


def check_place(office: Office, *, name: str, roles: Iterable[Role], area: AreaCode) -> None:
    """Insist on a name, a role and an area of ours.

    Raises:
        BadInput: one of them is missing.
    """
    if not name.strip():
        raise BadInput("give the person's name: it stands in the audit log")
    if not [*roles]:
        raise BadInput(f"give at least one role of {', '.join(Role)}")
    if area not in office.release.places.areas:
        raise BadInput(f"no area {area}: give a division code of this county")


class UnfitPassword(BadInput):
    """A new password is too short, too simple, or the one that is to be replaced."""


def check_password(password: str, login: str) -> None:
    """Insist on a password that is long enough and not made of the login.

    Raises:
        UnfitPassword: it is not.
    """
    if len(password) < SHORTEST:
        raise UnfitPassword(f"a password has at least {SHORTEST} characters")
    own = password.lower().replace(login, "")
    if len(set(own)) < FEWEST:
        raise UnfitPassword(f"besides the login a password has {FEWEST} different characters")


def _check(office: Office, new: NewStaff) -> None:
    if not LOGIN.fullmatch(new.login):
        raise BadInput("a login has 2 to 32 of a-z 0-9 . _ - and starts with a letter")
    check_place(office, name=new.name, roles=new.roles, area=new.area)
    check_password(new.password, new.login)
