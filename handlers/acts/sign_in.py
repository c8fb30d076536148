"""Sign staff in and out at the console: locked after five wrong passwords, ended when idle."""

from dataclasses import replace
from datetime import timedelta

from data.civic.errors import NotSignedIn, TooMany
from data.civic.people import Staff, StaffSession
from handlers.acts.note import note
from handlers.acts.passwords import password_fits
from handlers.office import Office

TRIES, LOCKED_FOR = 5, timedelta(minutes=15)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)


async def sign_in(office: Office, login: str, password: str) -> tuple[str, StaffSession]:
    """Open a session; give its token, which is kept nowhere but in the browser.

    Raises:
        NotSignedIn: login or password are wrong; which one is not said.
        TooMany: locked after too many wrong passwords.
    """
    staff = await office.stores.staff.by_login(login)
    now = office.clock.now()
    if staff is not None and staff.locked_until is not None and now < staff.locked_until:
        wait = int((staff.locked_until - now).total_seconds()) + 1
        raise TooMany("locked after wrong passwords", retry_after_s=wait)
    fits = await password_fits(password, staff.password_hash if staff else None)
    if staff is None or not fits or not staff.active:
        await _note_failure(office, staff)
        raise NotSignedIn("login or password are wrong")
    if staff.failed_logins:
        cleared = replace(staff, failed_logins=0, locked_until=None, version=staff.version + 1)
        await office.stores.staff.save(cleared)
    return await _open(office, staff)


async def staff_of(
    office: Office, token: str, *, polled: bool = False
) -> tuple[Staff, StaffSession]:
    """Find who a session's token belongs to, and keep the session from ending.

    `polled` says that a page asks by itself: nobody need sit before it, so it ends when idle.

    Raises:
        NotSignedIn: no such session, ended, idle for too long, or the account is closed.
    """
    session = await office.stores.staff_sessions.get(_hashed(office, token))
    now = office.clock.now()
    if session is None or now >= session.expires_at or now - session.seen_at >= IDLE:
        raise NotSignedIn("the session has ended")
    staff = await office.stores.staff.get(session.staff)
    if staff is None or not staff.active:
        raise NotSignedIn("this account is closed")
    if not polled and now - session.seen_at >= TOUCH_EVERY:
        await office.stores.staff_sessions.touch(session.token_hash, at=now)
    return staff, session


async def sign_out(office: Office, session: StaffSession) -> None:
    """End a session at once."""
    await office.stores.staff_sessions.end(session.token_hash)
    await note(office, session.staff, "staff.sign_out", session.staff)


async def _open(office: Office, staff: Staff) -> tuple[str, StaffSession]:
    token, now = office.ids.token(), office.clock.now()
    session = StaffSession(
        token_hash=_hashed(office, token),
        staff=staff.id,
        csrf=office.ids.token(),
        created_at=now,
        seen_at=now,
        expires_at=now + LONGEST,
    )
    await office.stores.staff_sessions.put(session)
    await note(office, staff.id, "staff.sign_in", staff.id)
    return token, session


async def _note_failure(office: Office, staff: Staff | None) -> None:
    if staff is None:
        await note(office, "nobody", "staff.sign_in_failed", "nobody")
        return
    count = staff.failed_logins + 1
    locked = office.clock.now() + LOCKED_FOR if count >= TRIES else staff.locked_until
    failed = replace(
        staff,
        failed_logins=0 if count >= TRIES else count,
        locked_until=locked,
        version=staff.version + 1,
    )
    await office.stores.staff.save(failed)
    await note(office, staff.id, "staff.sign_in_failed", staff.id)


def _hashed(office: Office, token: str) -> str:
    return office.seal.keyed_hash("staff-session", token)
