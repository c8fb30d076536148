"""Bring a row of a roster together with what stands: what it says counts, what it leaves stays."""

from dataclasses import dataclass, replace
from datetime import date

from data.civic.ids import HouseholdId, PersonId
from data.civic.safety.entries import Entry
from data.civic.safety.grounds import Basis
from data.civic.safety.rosters import Mobility, Person, purge_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The keyed hashes by which the person of a row is known again."""

    id_hash: str | None = None
    phone_hash: str | None = None
    household_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under which a roster is kept: the day it came, and what its people have been told."""

    today: date
    notice_version: str
    basis: Basis = Basis.DUTY


def newcomer(
    entry: Entry,
    known: Known,
    terms: Terms,
    *,
    handle: PersonId,
    household: HouseholdId,
) -> Person:
    """Make the entry of somebody who is not on the roster yet."""
    checked = entry.checked or terms.today
    return Person(
        id=handle,
        household=household,
        village=entry.village,
        grid=entry.grid,
        name=entry.name,
        phone=entry.phone,
        phone_hash=known.phone_hash,
        id_hash=known.id_hash,
        id_last4=entry.id_number[-4:] if entry.id_number else "",
        home=entry.home,
        tags=entry.tags or frozenset(),
        mobility=entry.mobility or Mobility.WALKS,
        language=entry.language or "",
        has_smartphone=bool(entry.smartphone),
        born_year=_born(entry),
        proxies=entry.proxies or (),
        temporary_until=entry.until,
        checked_on=checked,
        notice_version=terms.notice_version,
        basis=terms.basis,
        purge_on=purge_day(checked, entry.until),
    )


def updated(person: Person, entry: Entry, known: Known, *, household: HouseholdId) -> Person:
    """Put what a row says over what stands; where it says nothing new, the same is given back."""
    moved = person.village != entry.village
    checked = entry.checked or person.checked_on
    until = entry.until or person.temporary_until
    changed = replace(
        person,
        household=household,
        village=entry.village,
        grid=entry.grid or (None if moved else person.grid),
        name=entry.name,
        phone=entry.phone or person.phone,
        phone_hash=known.phone_hash or person.phone_hash,
        id_hash=known.id_hash or person.id_hash,
        id_last4=entry.id_number[-4:] if entry.id_number else person.id_last4,
        home=entry.home or (None if moved else person.home),
        tags=person.tags if entry.tags is None else entry.tags,
        mobility=entry.mobility or person.mobility,
        language=entry.language or person.language,
        has_smartphone=person.has_smartphone if entry.smartphone is None else entry.smartphone,
        born_year=_born(entry) or person.born_year,
        proxies=person.proxies if entry.proxies is None else entry.proxies,
        temporary_until=until,
        checked_on=checked,
        purge_on=purge_day(checked, until),
    )
    return person if changed == person else replace(changed, version=person.version + 1)


def _born(entry: Entry) -> int | None:
    """Tell the year of birth; an ID number holds it."""
    return int(entry.id_number[6:10]) if entry.id_number else entry.born
