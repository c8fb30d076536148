"""What somebody may change at the own account: the password, and that the tour was taken."""

from dataclasses import replace

from data.civic.errors import Conflict
from data.civic.people import Staff
from handlers.acts.note import note
from handlers.acts.passwords import password_fits
from handlers.acts.staff_accounts import UnfitPassword, check_password, with_password
from handlers.acts.tries import prove
from handlers.office import Office


async def change_password(office: Office, staff: Staff, present: str, new: str) -> Staff:
    """Take another password; the caller renews the session, so that all others end.

    Raises:
        UnfitPassword: the new one is too short or simple, or the present one again.
        BadInput: the present one is wrong.
        TooMany, Conflict: as `tries.prove`.
    """
    check_password(new, staff.login)
    proven = await prove(office, staff, present)
    if await password_fits(new, proven.password_hash):
        raise UnfitPassword("the new password is the present one: choose another")
    changed = await with_password(office, proven, new)
    await note(office, staff.id, "staff.password", staff.id)
    return changed


async def finish_tour(office: Office, staff: Staff) -> None:
    """Remember that the tour was taken. Idempotent; of a race one is enough."""
    if staff.toured_at is not None:
        return
    now = office.clock.now()
    try:
        await office.stores.staff.save(replace(staff, toured_at=now, version=staff.version + 1))
    except Conflict:
        return
