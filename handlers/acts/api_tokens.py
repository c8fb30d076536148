"""Keys to `api/staff`: made and shown once, revoked at once; a key may what its holder may."""

from datetime import timedelta

from data.civic.errors import BadInput, Conflict, NotFound, NotSignedIn
from data.civic.people import ApiToken, Staff
from handlers.acts.note import note
from handlers.office import Office

LONGEST = timedelta(days=366)
NAME_CHARS = 64
MOST = 1_000


async def make(
    office: Office, login: str, *, name: str, lasts: timedelta, by: str
) -> tuple[str, ApiToken]:
    """Make a key for a member of staff; the text of it is kept nowhere.

    Raises:
        NotFound: nobody has this login.
        BadInput: the name is empty or too long, or the key would last too long.
        Conflict: a valid key of this holder has this name.
    """
    staff, label = await _staff(office, login), name.strip()
    if not 0 < len(label) <= NAME_CHARS:
        raise BadInput(f"say what the token is for, in 1 to {NAME_CHARS} characters")
    if not timedelta() < lasts <= LONGEST:
        raise BadInput(f"a token lasts 1 to {LONGEST.days} days")
    if await _named(office, staff, label) is not None:
        raise Conflict(f"{login} has a token {label!r}: revoke it, or take another name")
    token, now = office.ids.token(), office.clock.now()
    made = ApiToken(
        hash=_hashed(office, token),
        name=label,
        staff=staff.id,
        created_at=now,
        expires_at=now + lasts,
    )
    await office.stores.tokens.put(made)
    await note(office, by, "token.make", made.hash)
    return token, made


async def valid(office: Office, login: str) -> list[ApiToken]:
    """List the keys of a member of staff that open something now, newest first.

    Raises:
        NotFound: nobody has this login.
    """
    return await _valid(office, await _staff(office, login))


async def revoke(office: Office, login: str, *, name: str, by: str) -> ApiToken:
    """Make a key invalid at once.

    Raises:
        NotFound: nobody has this login, or no valid key with this name.
    """
    found = await _named(office, await _staff(office, login), name.strip())
    if found is None:
        raise NotFound(f"{login} has no valid token {name!r}: see the list of tokens")
    await office.stores.tokens.revoke(found.hash)
    await note(office, by, "token.revoke", found.hash)
    return found


async def holder(office: Office, token: str) -> Staff:
    """Find whose key it is.

    Raises:
        NotSignedIn: unknown, revoked or expired, or the account is closed.
    """
    found = await office.stores.tokens.get(_hashed(office, token))
    if found is None or found.expires_at <= office.clock.now():
        raise NotSignedIn("this token is unknown, revoked or expired: ask for a new one")
    staff = await office.stores.staff.get(found.staff)
    if staff is None or not staff.active:
        raise NotSignedIn("the account of this token is closed")
    return staff


async def _staff(office: Office, login: str) -> Staff:
    staff = await office.stores.staff.by_login(login)
    if staff is None:
        raise NotFound(f"nobody has the login {login}")
    return staff


async def _named(office: Office, staff: Staff, name: str) -> ApiToken | None:
    return next((one for one in await _valid(office, staff) if one.name == name), None)


async def _valid(office: Office, staff: Staff) -> list[ApiToken]:
    now = office.clock.now()
    found = await office.stores.tokens.of(staff.id, MOST)
    return [one for one in found if not one.revoked and now < one.expires_at]


def _hashed(office: Office, token: str) -> str:
    return office.seal.keyed_hash("api-token", token)
