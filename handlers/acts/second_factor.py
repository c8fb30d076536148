"""The second factor: an app that shows codes, ten recovery codes for the day it is lost."""

from dataclasses import replace

from data.civic.errors import BadInput, Conflict
from data.civic.people import Role, SecondFactor, Staff
from handlers.acts.note import note
from handlers.acts.one_time_codes import new_secret, step_of
from handlers.acts.tries import prove
from handlers.office import Office

MUST_HAVE = frozenset({Role.ADMIN, Role.REVIEWER, Role.CHIEF})
"""Who must have one where it is required: who can change what others may, or what is said."""
RECOVERY_CODES, RECOVERY_DIGITS = 10, 10


def lacking(staff: Staff) -> bool:
    """Say whether a weighty role is held without a second factor."""
    return staff.second is None and bool(staff.roles & MUST_HAVE)


async def begin(office: Office, staff: Staff, password: str) -> Staff:
    """Make the secret of an app; it counts once its first code was shown (`confirm`).

    Raises:
        BadInput: the password is wrong.
        TooMany: locked after too many wrong ones.
        Conflict: the account has changed meanwhile.
    """
    proven = await prove(office, staff, password)
    sealed = office.seal.encrypt(new_secret(office), bound_to=_enrolling(staff))
    begun = replace(proven, enrolling=sealed, version=proven.version + 1)
    await office.stores.staff.save(begun)
    await note(office, staff.id, "staff.second_begin", staff.id)
    return begun


def enrolling_secret(office: Office, staff: Staff) -> str:
    """Tell the secret that an app is about to take.

    Raises:
        Conflict: no app is being added.
    """
    if staff.enrolling is None:
        raise Conflict("no app is being added: begin again")
    return office.seal.decrypt(staff.enrolling, bound_to=_enrolling(staff))


async def confirm(office: Office, staff: Staff, code: str) -> tuple[str, ...]:
    """Take the app whose code this is; give the recovery codes, which are kept nowhere.

    Raises:
        BadInput: the code is wrong.
        Conflict: no app is being added, or the account has changed meanwhile.
    """
    secret, now = enrolling_secret(office, staff), office.clock.now()
    step = step_of(secret, plain(code), now=now, after=0)
    if step is None:
        raise BadInput("this code is not the app's: look at the telephone's clock")
    codes = _codes(office)
    second = SecondFactor(
        sealed=office.seal.encrypt(secret, bound_to=_kept(staff)),
        since=now,
        last_step=step,
        recovery=_hashed(office, staff, codes),
    )
    taken = replace(staff, second=second, enrolling=None, version=staff.version + 1)
    await office.stores.staff.save(taken)
    await note(office, staff.id, "staff.second_on", staff.id)
    return codes


async def renew_recovery(office: Office, staff: Staff, password: str) -> tuple[str, ...]:
    """Make ten new recovery codes; the old ones no longer open anything.

    Raises:
        BadInput, TooMany, Conflict: as `begin`.
        Conflict: there is no second factor.
    """
    proven = await prove(office, staff, password)
    if proven.second is None:
        raise Conflict("there is no second factor: add an app first")
    codes = _codes(office)
    second = replace(proven.second, recovery=_hashed(office, staff, codes))
    await office.stores.staff.save(replace(proven, second=second, version=proven.version + 1))
    await note(office, staff.id, "staff.second_recovery", staff.id)
    return codes


async def drop(office: Office, staff: Staff, password: str, *, required: bool) -> None:
    """Go without a second factor from now on.

    Raises:
        BadInput, TooMany, Conflict: as `begin`.
        Conflict: it is `required` for one of the roles held.
    """
    if required and staff.roles & MUST_HAVE:
        raise Conflict("the roles held need a second factor: change the app instead")
    proven = await prove(office, staff, password)
    without = replace(proven, second=None, enrolling=None, version=proven.version + 1)
    await office.stores.staff.save(without)
    await note(office, staff.id, "staff.second_off", staff.id)


async def reset(office: Office, staff: Staff, *, by: str) -> Staff:
    """Take it away from one who lost telephone and codes, by somebody else; sessions end.

    Raises:
        Conflict: the account has changed meanwhile.
    """
    without = replace(staff, second=None, enrolling=None, version=staff.version + 1)
    await office.stores.staff.save(without)
    await office.stores.staff_sessions.end_all_of(staff.id)
    await note(office, by, "staff.second_reset", staff.id)
    return without


def used(office: Office, staff: Staff, code: str) -> Staff | None:
    """Use up a code of the app, or a recovery code; None: it opens nothing."""
    second, given = staff.second, plain(code)
    if second is None or not given.isascii():
        return None
    if len(given) == RECOVERY_DIGITS:
        return _recovered(staff, second, _hash(office, staff, given))
    return _shown(office, staff, second, given)


def plain(code: str) -> str:
    """Take spaces and dashes out of a code as somebody typed it."""
    return "".join(one for one in code if not one.isspace() and one != "-")


def _shown(office: Office, staff: Staff, second: SecondFactor, code: str) -> Staff | None:
    secret = office.seal.decrypt(second.sealed, bound_to=_kept(staff))
    step = step_of(secret, code, now=office.clock.now(), after=second.last_step)
    return None if step is None else replace(staff, second=replace(second, last_step=step))


def _recovered(staff: Staff, second: SecondFactor, hashed: str) -> Staff | None:
    if hashed not in second.recovery:
        return None
    left = tuple(one for one in second.recovery if one != hashed)
    return replace(staff, second=replace(second, recovery=left))


def _codes(office: Office) -> tuple[str, ...]:
    return tuple(office.ids.digits(RECOVERY_DIGITS) for _ in range(RECOVERY_CODES))


def _hashed(office: Office, staff: Staff, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_hash(office, staff, one) for one in codes)


def _hash(office: Office, staff: Staff, code: str) -> str:
    return office.seal.keyed_hash("recovery-code", f"{staff.id}/{code}")


def _enrolling(staff: Staff) -> str:
    return f"staff/{staff.id}/enrolling"


def _kept(staff: Staff) -> str:
    return f"staff/{staff.id}/second"
