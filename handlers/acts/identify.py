"""Find out whether somebody is on the roster who is claimed to be: by keyed hashes, few tries.

Who is not known and what does not fit are one answer, and each vain try stands in the audit log.
"""

import hmac
from dataclasses import dataclass, field

from data.civic.errors import TooMany
from data.civic.ids import ConversationId
from data.civic.safety.rosters import Person
from handlers.acts.note import citizen, note
from handlers.office import Office

SHARING = 20
"""People who may share one telephone: more than a family."""
TRIES_PER_PERSON = 4
"""How many citizens' worth of vain tries one number bears before it is closed for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What was said of a person; numbers are hashed before they get here."""

    name: str = field(repr=False)
    id_hash: str | None = field(default=None, repr=False)
    """Of the whole ID number, where it was given."""
    id_last4: str = field(default="", repr=False)
    phone_hash: str | None = field(default=None, repr=False)

    @property
    def number(self) -> str:
        """Tell the keyed hash by which the person is looked for."""
        return self.id_hash or self.phone_hash or ""


async def identify(office: Office, conversation: ConversationId, claim: Claim) -> Person | None:
    """Find who is claimed; None: unknown, or something does not fit.

    A try counts as vain until it has proved right: who tries many at once is slowed as well.

    Raises:
        TooMany: too many vain tries by this citizen, or against this number.
    """
    limits, counters = office.release.rules.limits, office.stores.counters
    window, most = limits.status_window, limits.status_guesses
    keys = {f"claim/{conversation}": most, f"claim-of/{claim.number}": most * TRIES_PER_PERSON}
    for key, allowed in keys.items():
        if await counters.hit(key, window=window) > allowed:
            wait = int(window.total_seconds())
            raise TooMany("too many vain tries: wait, or telephone", retry_after_s=wait)
    fitting = [one for one in await _likely(office, claim) if _fits(one, claim)]
    if len(fitting) != 1:
        tried = f"claim-{claim.number[:16] or 'nothing'}"
        await note(office, citizen(office, conversation), "register.vain", tried)
        return None
    for key in keys:
        await counters.take_back(key, window=window)
    return fitting[0]


async def _likely(office: Office, claim: Claim) -> list[Person]:
    residents = office.stores.residents
    if claim.id_hash:
        return await residents.by_id_hashes([claim.id_hash])
    if claim.phone_hash:
        return await residents.by_phone_hashes([claim.phone_hash], SHARING)
    return []


def _fits(person: Person, claim: Claim) -> bool:
    """Say whether all that was said is so; what the roster does not know proves nothing."""
    if _bare(person.name) != _bare(claim.name):
        return False
    if claim.phone_hash and not _same(person.phone_hash, claim.phone_hash):
        return False
    return bool(claim.id_hash) or _same(person.id_last4.upper(), claim.id_last4.upper())


def _same(known: str | None, said: str) -> bool:
    return bool(known) and bool(said) and hmac.compare_digest(known or "", said)


def _bare(name: str) -> str:
    """Write a name without gaps and dots, of which there are several."""
    return "".join(one for one in name if one.isalnum())
