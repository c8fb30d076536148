"""Where a member of staff is signed in: look, end one, end all."""

from data.civic.ids import StaffId
from data.civic.people import Staff, StaffSession
from handlers.acts.note import note
from handlers.acts.sign_in import IDLE
from handlers.office import Office


async def mine(office: Office, staff: Staff) -> list[StaffSession]:
    """List the own sessions that still open something, the newest used first."""
    return await open_of(office, staff.id)


async def open_of(office: Office, staff: StaffId) -> list[StaffSession]:
    """List the sessions of one that still open something, the newest used first."""
    now = office.clock.now()
    found = await office.stores.staff_sessions.of(staff)
    alive = [one for one in found if not one.half and now - one.seen_at < IDLE]
    return sorted(alive, key=lambda one: one.seen_at, reverse=True)


async def end_one(office: Office, staff: Staff, token_hash: str) -> None:
    """End one of the own sessions. Idempotent; another's is left alone."""
    if await office.stores.staff_sessions.end_one_of(staff.id, token_hash):
        await note(office, staff.id, "staff.session_end", staff.id)


async def end_all(office: Office, staff: Staff) -> int:
    """End all of the own sessions, this one too; say how many."""
    ended = await office.stores.staff_sessions.end_all_of(staff.id)
    await note(office, staff.id, "staff.sessions_end", staff.id)
    return ended
