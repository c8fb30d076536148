"""Check a code (验码) with a network: the verdict, then what only the store knows.

Whoever shows a signed code stands before the staff: a masked name and a year of birth are shown to
compare. Digits that were typed prove nothing: they show somebody of the own area only. No colour,
no list, no address: a check lets nobody pass and keeps nobody out.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.civic.errors import Conflict, NotFound, TooMany
from data.civic.people import Staff
from data.civic.privacy import mask_name
from data.civic.safety import credentials
from data.civic.safety.codes import PREFIX, CodeKind, typed
from data.civic.safety.credentials import CodeState, Credential
from data.civic.safety.rosters import Person
from data.civic.safety.verifying import Revocations, Standing, Verdict, verify
from handlers import codes
from handlers.acts.find_person import LOOK
from handlers.acts.note import note_look
from handlers.acts.revoke_code import holder_of
from handlers.office import Office

FAMILY = 12
"""Names of one household."""
MINUTE, TYPED = timedelta(minutes=1), 120
"""So many digits a minute by one member of staff: they are not to be guessed in rows."""
UNKNOWN = "no code of your area has these digits: compare them once more, or scan it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How a code stands, and what is known of it."""

    standing: Standing
    proven: bool
    """False: digits were typed, or the signature is not ours."""
    verdict: Verdict | None = None
    """None: digits were typed."""
    kind: CodeKind | None = None
    state: CodeState | None = None
    name: str = field(default="", repr=False)
    """Masked; of a household everybody's."""
    born_year: int | None = field(default=None, repr=False)
    household: bool = False
    used_before: datetime | None = None
    """When it was last scanned with a network, this time aside."""
    over_at: datetime | None = None


async def check_code(office: Office, staff: Staff, said: str) -> Checked:
    """Check the text of a QR code, or the twelve digits under it.

    Raises:
        Refused: the role is not held.
        BadInput: digits are mistyped. NotFound: nobody of the own area has these digits.
        TooMany: digits were typed too often.
    """
    staff.must(*LOOK)
    text = said.strip("\r\n")
    if not text.startswith(PREFIX) and text.strip()[:1].isdigit():
        return await _by_digits(office, staff, text)
    at = office.clock.now()
    nothing = Revocations(dated=at, version=0, handles=frozenset())
    verdict = verify(text, at, await codes.checks(office), nothing)
    if verdict.code is None:
        return Checked(standing=verdict.standing, proven=False, verdict=verdict)
    credential = await office.stores.credentials.get(f"{verdict.code.handle:016x}")
    if credential is None:  # purged: it was ours, and no longer stands for anybody
        return Checked(standing=Standing.REVOKED, proven=True, verdict=verdict)
    standing = _standing(credential, at)
    if standing is Standing.VALID:
        standing = verdict.standing
    return await _told(office, staff, credential, standing, verdict)


async def count_typed(office: Office, staff: Staff) -> None:
    """Count that digits were typed: every way that tells at once calls this before it looks.

    A batch of a telephone without a network is not held up: it names nobody, and is noted.

    Raises:
        TooMany: digits were typed too often.
    """
    if await office.stores.counters.hit(f"code-check/{staff.id}", window=MINUTE) > TYPED:
        raise TooMany("too many digits in a minute: wait", retry_after_s=60)


async def _by_digits(office: Office, staff: Staff, text: str) -> Checked:
    await count_typed(office, staff)
    credential = await office.stores.credentials.by_number(typed(text))
    if credential is None or not staff.may(*LOOK, area=credential.village):
        raise NotFound(UNKNOWN)
    return await _told(office, staff, credential, _standing(credential, office.clock.now()), None)


def _standing(credential: Credential, at: datetime) -> Standing:
    if credential.state.voided:
        return Standing.REVOKED
    return Standing.VALID if credential.counts(at) else Standing.EXPIRED


async def _told(
    office: Office,
    staff: Staff,
    credential: Credential,
    standing: Standing,
    verdict: Verdict | None,
) -> Checked:
    """Note the look, then tell; only what is valid is marked as used."""
    at = office.clock.now()
    await note_look(office, staff.id, "code.check", str(credential.holder), standing)
    if standing is Standing.VALID and verdict is not None:
        await _used(office, credential, at)
    people = await _carriers(office, credential)
    return Checked(
        standing=standing,
        proven=verdict is not None,
        verdict=verdict,
        kind=credential.kind,
        state=credential.state_at(at),
        name=" ".join(mask_name(one.name) for one in people),
        born_year=people[0].born_year if people else None,
        household=credential.holder.household is not None,
        used_before=credential.used_at,
        over_at=credential.over_at,
    )


async def _carriers(office: Office, credential: Credential) -> list[Person]:
    if credential.holder.household is not None:
        return await office.stores.residents.of_households([credential.holder.household], FAMILY)
    found = await holder_of(office, credential)
    return [found] if found else []


async def _used(office: Office, credential: Credential, at: datetime) -> None:
    """Mark it as used; that somebody ends it in this moment is for the next check."""
    try:
        await office.stores.credentials.change(credential.id, lambda one: credentials.use(one, at))
    except (Conflict, NotFound):
        return
