"""Find out which rows of a roster mean somebody who stands already, by keyed hashes alone."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from data.civic.ids import HouseholdId
from data.civic.ports import Seal
from data.civic.safety.entries import Entry
from data.civic.safety.identity import household_key, id_hash, phone_hash
from data.civic.safety.merging import Known
from data.civic.safety.rosters import Household, Person
from handlers.office import Office

BATCH = 5_000
SHARING = 10
"""How many people may share a telephone, or a household, on average."""


@dataclass(slots=True)
class Standing:
    """Who stands on the roster already, under every key by which a row may mean them."""

    by_id: dict[str, Person] = field(default_factory=dict)
    by_phone: dict[tuple[str, str], Person] = field(default_factory=dict)
    by_household: dict[tuple[HouseholdId, str], Person] = field(default_factory=dict)
    households: dict[str, Household] = field(default_factory=dict)

    def find(self, entry: Entry, known: Known) -> Person | None:
        """Tell whom a row means: by ID number, else by telephone and name, else by the door."""
        if known.id_hash and known.id_hash in self.by_id:
            return self.by_id[known.id_hash]
        return next(
            (one for one in self._likely(entry, known) if not _two(one.id_hash, known.id_hash)),
            None,
        )

    def _likely(self, entry: Entry, known: Known) -> Iterator[Person]:
        door = self.households.get(known.household_key or "")
        by_phone = self.by_phone.get((known.phone_hash or "", entry.name))
        by_door = self.by_household.get((door.id, entry.name)) if door else None
        return (one for one in (by_phone, by_door) if one is not None)


def known_by(seal: Seal, entry: Entry) -> Known:
    """Hash what a row may be known by."""
    number, phone, household = entry.id_number, entry.phone, entry.household
    return Known(
        id_hash=id_hash(seal, number) if number else None,
        phone_hash=phone_hash(seal, phone) if phone else None,
        household_key=household_key(seal, entry.village, household) if household else None,
    )


async def all_known_by(office: Office, entries: Sequence[Entry]) -> list[Known]:
    """Hash what all rows may be known by, beside the loop."""
    return await asyncio.to_thread(lambda: [known_by(office.seal, one) for one in entries])


async def standing(office: Office, known: Sequence[Known]) -> Standing:
    """Fetch everybody whom one of the rows may mean."""
    found, stores = Standing(), office.stores
    for at in range(0, len(known), BATCH):
        batch = known[at : at + BATCH]
        hashes = [one.id_hash for one in batch if one.id_hash]
        phones = sorted({one.phone_hash for one in batch if one.phone_hash})
        keys = sorted({one.household_key for one in batch if one.household_key})
        for person in await stores.residents.by_id_hashes(hashes):
            found.by_id[person.id_hash or ""] = person
        for person in await stores.residents.by_phone_hashes(phones, SHARING * len(phones)):
            found.by_phone[person.phone_hash or "", person.name] = person
        doors = await stores.households.by_keys(keys)
        found.households |= {one.key: one for one in doors if one.key}
        behind = [one.id for one in doors]
        for person in await stores.residents.of_households(behind, SHARING * len(behind)):
            found.by_household[person.household, person.name] = person
    return found


def twice(
    entries: Sequence[Entry], known: Sequence[Known], people: Sequence[Person | None]
) -> dict[int, int]:
    """Tell which rows mean somebody whom a row before meant: place → place of the first."""
    first: dict[object, int] = {}
    found: dict[int, int] = {}
    for place, one in enumerate(known):
        keys = _keys(entries[place], one, people[place])
        before = [first[key] for key in keys if key in first]
        same = [other for other in before if not _two(known[other].id_hash, one.id_hash)]
        if same:
            found[place] = min(same)
        for key in keys:
            first.setdefault(key, place)
    return found


def _keys(entry: Entry, known: Known, person: Person | None) -> list[object]:
    """Gather by what a row may be the same as another."""
    named = [(one, entry.name) for one in (known.phone_hash, known.household_key) if one]
    return [*named, *filter(None, (known.id_hash, person.id if person else None))]


def _two(one: str | None, other: str | None) -> bool:
    """Say whether ID numbers tell two people apart."""
    return bool(one and other and one != other)
