"""Rotate the keys of codes (换密钥): refused while it would void printed codes unseen."""

from dataclasses import dataclass

from data.civic.errors import Conflict
from data.civic.safety import codekeys
from data.civic.safety.codekeys import CodeKey
from handlers import codes
from handlers.acts.note import note
from handlers.acts.village_codes import Kit
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A key that counts, and how many printed codes hang on it."""

    key: CodeKey
    printed: int


async def listed(office: Office) -> list[Listed]:
    """List the keys that count, the one that signs first."""
    now = office.clock.now()
    return [
        Listed(key=one, printed=await office.stores.credentials.printed_by(one.id, now))
        for one in await codes.live_keys(office)
    ]


async def rotate(office: Office, *, by: str, force: bool = False) -> CodeKey:
    """Make the next key; with two keys already, the older one no longer counts.

    Raises:
        Conflict: printed codes would stop counting, and `force` is not given.
    """
    standing = await listed(office)
    leaving = standing[codekeys.LIVE - 1 :]
    lost = sum(one.printed for one in leaving)
    if lost and not force:
        raise Conflict(
            f"{lost} printed codes hang on key {leaving[0].key.id:04x} and would stop counting: "
            "re-issue them first, or rotate with --force and print them anew"
        )
    made = await codes.make_key(office)
    await note(office, by, "code.rotate", f"code-key-{made.id:04x}")
    return made


async def kit_of(office: Office) -> Kit:
    """Give public keys and revoked handles to whoever has the command line."""
    revoked = await office.stores.credentials.revocations(office.clock.now())
    return Kit(keys=await codes.live_keys(office), revocations=revoked)
