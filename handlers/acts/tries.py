"""Count what is tried at an account before it is compared; lock it after five wrong ones."""

from dataclasses import replace
from datetime import timedelta

from data.civic.errors import BadInput, Conflict, TooMany
from data.civic.people import Staff
from handlers.acts.note import note
from handlers.acts.passwords import password_fits
from handlers.office import Office

TRIES, LOCKED_FOR = 5, timedelta(minutes=15)
RACES = 3


async def counted(office: Office, staff: Staff) -> Staff:
    """Count one try at a password or code; the fifth locks, and `cleared` opens again.

    Whoever tries many at once meets `Conflict`: a try that was not counted is never compared.

    Raises:
        TooMany: locked after too many wrong ones.
        Conflict: somebody else tries at this account in the same moment.
    """
    now = office.clock.now()
    if staff.locked_until is not None and now < staff.locked_until:
        wait = int((staff.locked_until - now).total_seconds()) + 1
        raise TooMany("locked after wrong passwords or codes", retry_after_s=wait)
    count = staff.failed_logins + 1
    last = count >= TRIES
    tried = replace(
        staff,
        failed_logins=0 if last else count,
        locked_until=now + LOCKED_FOR if last else None,
        version=staff.version + 1,
    )
    await office.stores.staff.save(tried)
    return tried


async def cleared(office: Office, staff: Staff) -> Staff:
    """Forget the tries: this one was right.

    Raises:
        Conflict: the account is being changed again and again.
    """
    for _ in range(RACES):
        try:
            return await _saved(office, replace(staff, failed_logins=0, locked_until=None))
        except Conflict:
            staff = await office.stores.staff.get(staff.id) or staff
    raise Conflict(f"the account {staff.login} is being changed: try again")


async def taken_back(office: Office, before: Staff, tried: Staff) -> Staff:
    """Forget one try alone: it was right, but opens only the next question.

    Raises:
        Conflict: somebody else tries at this account in the same moment.
    """
    kept = replace(tried, failed_logins=before.failed_logins, locked_until=before.locked_until)
    return await _saved(office, kept)


async def prove(office: Office, staff: Staff, password: str) -> Staff:
    """Insist that whoever has signed in knows the password: a stolen cookie does not.

    Raises:
        BadInput: the password is wrong.
        TooMany, Conflict: as `counted`.
    """
    if not password:
        raise BadInput("give the present password")
    tried = await counted(office, staff)
    if not await password_fits(password, tried.password_hash):
        await note(office, staff.id, "staff.proof_failed", staff.id)
        raise BadInput("the present password is wrong")
    return await taken_back(office, staff, tried)


async def _saved(office: Office, staff: Staff) -> Staff:
    saved = replace(staff, version=staff.version + 1)
    await office.stores.staff.save(saved)
    return saved
