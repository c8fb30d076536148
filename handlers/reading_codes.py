"""Read many codes at once, of QR or typed: whose they are, and how each stood when it was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from data.civic.errors import BadInput
from data.civic.ids import HouseholdId, PersonId
from data.civic.people import Staff
from data.civic.safety.codes import PREFIX, Code, typed
from data.civic.safety.credentials import Credential
from data.civic.safety.rosters import Person
from data.civic.safety.scans import MOST_PEOPLE, Proof
from data.civic.safety.verifying import LEEWAY, Keys, Revocations, Standing, verify
from handlers import codes
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A code as it was read or typed, and when."""

    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Whose a code is; nobody's where it does not count."""

    standing: Standing
    proof: Proof = Proof.CODE
    people: tuple[Person, ...] = ()
    """Of a household everybody."""
    credential: Credential | None = None


async def read_codes(office: Office, staff: Staff, said: Sequence[Said]) -> list[Read]:
    """Read codes; digits, which prove nothing, show somebody of the staff's own area only."""
    keys = await codes.checks(office) if any(one.text.startswith(PREFIX) for one in said) else None
    first = [_judged(one, keys) for one in said]
    found = await office.stores.credentials.some(
        [one.handle for one in first if one.handle], [one.number for one in first if one.number]
    )
    by_handle = {one.id: one for one in found}
    by_number = {one.number: one for one in found}
    chosen = [
        by_handle.get(one.handle) if one.handle else by_number.get(one.number) for one in first
    ]
    mine = [
        one if one and (judged.handle or _near(one, staff)) else None
        for one, judged in zip(chosen, first, strict=True)
    ]
    people = await _people(office, [one for one in mine if one])
    return [
        _read(judged, one, people, when.at)
        for judged, one, when in zip(first, mine, said, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What the text alone says."""

    standing: Standing
    handle: str = ""
    number: int = 0


def _judged(said: Said, keys: Keys | None) -> _Judged:
    if keys is None or not said.text.startswith(PREFIX):
        try:
            return _Judged(standing=Standing.VALID, number=typed(said.text))
        except BadInput:
            return _Judged(standing=Standing.UNREADABLE)
    nothing = Revocations(dated=said.at, version=0, handles=frozenset())
    verdict = verify(said.text, said.at, keys, nothing)
    if verdict.code is None:
        return _Judged(standing=verdict.standing)
    standing = verdict.standing
    if _by_a_clock_adrift(verdict.code, said.at, keys, standing):
        standing = Standing.VALID
    return _Judged(standing=standing, handle=f"{verdict.code.handle:016x}")


def _by_a_clock_adrift(code: Code, at: datetime, keys: Keys, standing: Standing) -> bool:
    """Say whether a code counted, though by a moment that was worked out since it did not quite.

    Nobody scans what is not printed yet; and a screen without a network was read by another clock.
    """
    if code.kind.printed:
        return standing is Standing.NOT_YET
    late = standing is Standing.EXPIRED and at < keys.dated - LEEWAY
    return late and at < code.expires + LEEWAY


def _near(credential: Credential, staff: Staff) -> bool:
    return credential.village.startswith(staff.area)


async def _people(office: Office, found: Sequence[Credential]) -> list[Person]:
    persons = {one.holder.person for one in found if one.holder.person is not None}
    homes = {one.holder.household for one in found if one.holder.household is not None}
    residents = office.stores.residents
    people = await residents.some(sorted(persons)) if persons else []
    if homes:
        people += await residents.of_households(sorted(homes), MOST_PEOPLE * len(homes))
    return people


def _read(
    judged: _Judged, credential: Credential | None, people: Sequence[Person], at: datetime
) -> Read:
    proof = Proof.CODE if judged.handle else Proof.DIGITS
    if credential is None:  # purged, or digits of nobody near
        standing = Standing.REVOKED if judged.handle else judged.standing
        unknown = Standing.UNREADABLE if standing is Standing.VALID else standing
        return Read(standing=unknown, proof=proof)
    standing = _standing(judged, credential, at)
    holders = _holders(credential, people) if standing is Standing.VALID else ()
    return Read(standing=standing, proof=proof, people=holders, credential=credential)


def _standing(judged: _Judged, credential: Credential, at: datetime) -> Standing:
    if credential.state.voided and not (credential.over_at and at < credential.over_at):
        return Standing.REVOKED
    return judged.standing if at < credential.expires_at else Standing.EXPIRED


def _holders(credential: Credential, people: Sequence[Person]) -> tuple[Person, ...]:
    person: PersonId | None = credential.holder.person
    household: HouseholdId | None = credential.holder.household
    if person is not None:
        return tuple(one for one in people if one.id == person)[:1]
    return tuple(one for one in people if one.household == household)[:MOST_PEOPLE]
