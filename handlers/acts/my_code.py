"""Show citizens their own codes, and those of whom they speak for; each lasts a minute.

Nothing is kept of a renewal: there is one record for each, and what is shown is signed anew.
"""

from dataclasses import dataclass, field
from datetime import datetime

from data.civic.ids import ConversationId
from data.civic.safety.codekeys import CodeKey
from data.civic.safety.codes import CodeKind, in_digits
from data.civic.safety.credentials import Credential, Holder, Wanted
from data.civic.safety.rosters import Person
from handlers import codes
from handlers.acts.issuing import enter, make_room
from handlers.acts.note import citizen, note
from handlers.acts.speaks_for import entrusted
from handlers.office import Office

BY_HOLDER = "holder"
"""Who issued the code of a screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCode:
    """One code as it is shown now."""

    person: Person = field(repr=False)
    own: bool
    """False: of somebody for whom this conversation speaks."""
    text: str = field(repr=False)
    """What the QR code holds."""
    digits: str = field(repr=False)
    """To be read aloud where no camera is."""
    expires_at: datetime
    """Fetch another before."""


async def my_codes(office: Office, conversation: ConversationId) -> tuple[MyCode, ...]:
    """Give the codes of who is registered in a conversation, the own first; none: nobody is.

    Raises:
        Conflict: an entry on the roster is over.
    """
    family = await entrusted(office, conversation)
    if not family:
        return ()
    keys = await codes.live_keys(office)
    holders = [Holder(person=one.id) for one, _ in family]
    standing = await office.stores.credentials.counting_of(holders, [CodeKind.SCREEN])
    known = {one.holder: one for one in standing}
    shown = []
    for person, own in family:
        credential = await _screen(office, conversation, person, known, keys)
        shown.append(_shown(office, person, credential, keys, own=own))
    return tuple(shown)


async def _screen(
    office: Office,
    conversation: ConversationId,
    person: Person,
    known: dict[Holder, Credential],
    keys: tuple[CodeKey, ...],
) -> Credential:
    """Find the record of a person's screen, or make it."""
    holder = Holder(person=person.id)
    standing = known.get(holder)
    if standing is not None:
        if standing.counts(office.clock.now()):
            return standing
        await make_room(office, standing, BY_HOLDER)
    wanted = Wanted(kind=CodeKind.SCREEN, holder=holder, key=keys[0].id, by=BY_HOLDER)
    made = await enter(office, wanted, of=person)
    await note(office, citizen(office, conversation), "code.issue.screen", str(holder))
    return made


def _shown(
    office: Office,
    person: Person,
    credential: Credential,
    keys: tuple[CodeKey, ...],
    *,
    own: bool,
) -> MyCode:
    code = credential.code(at=office.clock.now(), key=keys[0].id)
    return MyCode(
        person=person,
        own=own,
        text=codes.signed(office, code, keys[0]),
        digits=in_digits(credential.handle),
        expires_at=code.expires,
    )
