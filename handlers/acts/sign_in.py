"""Sign staff in: password, then the code of a second factor; each try counted beforehand."""

from dataclasses import dataclass, replace
from datetime import timedelta

from data.civic.errors import BadInput, NotSignedIn
from data.civic.ids import StaffId
from data.civic.people import Staff, StaffSession
from handlers.acts.note import note
from handlers.acts.passwords import password_fits
from handlers.acts.second_factor import RECOVERY_DIGITS, plain, used
from handlers.acts.tries import cleared, counted, taken_back
from handlers.office import Office

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
HALF = timedelta(minutes=5)
"""So long a right password waits for its code."""
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """From where somebody signs in: shown to the same person in the list of sessions."""

    browser: str = ""
    address: str = ""


async def sign_in(
    office: Office, login: str, password: str, seat: Seat | None = None
) -> tuple[str, StaffSession]:
    """Open a session; give its token, which is kept nowhere but in the browser.

    With a second factor the session is `half`: it opens nothing until `enter_code`.

    Raises:
        NotSignedIn: login or password are wrong; which one is not said.
        TooMany: locked after too many wrong passwords or codes.
        Conflict: somebody else tries at this account in the same moment.
    """
    staff = await office.stores.staff.by_login(login)
    tried = None if staff is None else await counted(office, staff)
    fits = await password_fits(password, tried.password_hash if tried else None)
    if staff is None or tried is None or not fits or not tried.active:
        who = staff.id if staff else "nobody"
        await note(office, who, "staff.sign_in_failed", who)
        raise NotSignedIn("login or password are wrong")
    if tried.second is not None:
        await taken_back(office, staff, tried)
        return await _open(office, staff.id, seat or Seat(), half=True)
    await cleared(office, tried)
    await note(office, staff.id, "staff.sign_in", staff.id)
    return await _open(office, staff.id, seat or Seat())


async def enter_code(office: Office, token: str, code: str) -> tuple[str, StaffSession]:
    """Open the whole session of one who gave the password, under another token.

    Raises:
        NotSignedIn: no password was given, or too long ago.
        BadInput: the code is wrong, or was used before.
        TooMany, Conflict: as `sign_in`.
    """
    session = await half_session(office, token)
    staff = await _active(office, session)
    tried = await counted(office, staff)
    right = used(office, tried, code)
    if right is None:
        await note(office, staff.id, "staff.code_failed", staff.id)
        raise BadInput("this code is wrong, or was used before")
    saved = replace(right, failed_logins=0, locked_until=None, version=right.version + 1)
    await office.stores.staff.save(saved)
    recovered = len(plain(code)) == RECOVERY_DIGITS
    await note(office, staff.id, "staff.recovered" if recovered else "staff.sign_in", staff.id)
    await office.stores.staff_sessions.end(session.token_hash)
    seat = Seat(browser=session.browser, address=session.address)
    return await _open(office, staff.id, seat)


async def half_session(office: Office, token: str) -> StaffSession:
    """Find the session of one who gave the password and owes the code.

    Raises:
        NotSignedIn: there is none, or it has ended.
    """
    session = await office.stores.staff_sessions.get(_hashed(office, token))
    if session is None or not session.half or office.clock.now() >= session.expires_at:
        raise NotSignedIn("give the password first")
    return session


async def staff_of(
    office: Office, token: str, *, polled: bool = False
) -> tuple[Staff, StaffSession]:
    """Find who a session's token belongs to, and keep the session from ending.

    `polled` says that a page asks by itself: nobody need sit before it, so it ends when idle.

    Raises:
        NotSignedIn: no such session, ended, half, idle for too long, or the account is closed.
    """
    session = await office.stores.staff_sessions.get(_hashed(office, token))
    now = office.clock.now()
    if session is None or now >= session.expires_at or now - session.seen_at >= IDLE:
        raise NotSignedIn("the session has ended")
    if session.half:
        raise NotSignedIn("the code is still to be given")
    staff = await _active(office, session)
    if not polled and now - session.seen_at >= TOUCH_EVERY:
        await office.stores.staff_sessions.touch(session.token_hash, at=now)
    return staff, session


async def renewed(office: Office, session: StaffSession) -> tuple[str, StaffSession]:
    """Go on under another token after what opens more or less: the old one and all others end."""
    token = office.ids.token()
    fresh = replace(session, token_hash=_hashed(office, token), csrf=office.ids.token())
    await office.stores.staff_sessions.put(fresh)
    await office.stores.staff_sessions.end_others_of(session.staff, but=fresh.token_hash)
    return token, fresh


async def sign_out(office: Office, session: StaffSession) -> None:
    """End a session at once."""
    await office.stores.staff_sessions.end(session.token_hash)
    await note(office, session.staff, "staff.sign_out", session.staff)


async def _active(office: Office, session: StaffSession) -> Staff:
    staff = await office.stores.staff.get(session.staff)
    if staff is None or not staff.active:
        raise NotSignedIn("this account is closed")
    return staff


async def _open(
    office: Office, staff: StaffId, seat: Seat, *, half: bool = False
) -> tuple[str, StaffSession]:
    token, now = office.ids.token(), office.clock.now()
    session = StaffSession(
        token_hash=_hashed(office, token),
        staff=staff,
        csrf=office.ids.token(),
        created_at=now,
        seen_at=now,
        expires_at=now + (HALF if half else LONGEST),
        half=half,
        browser=seat.browser,
        address=seat.address,
    )
    await office.stores.staff_sessions.put(session)
    return token, session


def _hashed(office: Office, token: str) -> str:
    return office.seal.keyed_hash("staff-session", token)
