"""Import a roster (名册导入): tell what it would change, then change it, all of it or nothing.

What a row says is put over what stands, what it leaves empty stays, and nobody is taken off for
not being in the file. An import knows no colours: nobody turns red by being on a list.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from data.civic.areas import within
from data.civic.calendar import local
from data.civic.errors import Conflict, Mistake, Mistakes
from data.civic.ids import AreaCode, HouseholdId
from data.civic.people import Role, Staff
from data.civic.safety.entries import Entry, Ledger, entry_of, spellings
from data.civic.safety.identity import household_id, person_id
from data.civic.safety.merging import Known, Terms, newcomer, updated
from data.civic.safety.rosters import Household, Person, purge_day
from data.civic.safety.rows import Column, RosterWords, Row
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.office import Office
from handlers.roster_changing import changing
from handlers.roster_matching import Standing, all_known_by, standing, twice

IMPORT = (Role.ADMIN, Role.CHIEF, Role.GRID)
NOTICE = "roster-2026"
"""The notice that is put up when a roster is taken: what is kept, why, until when."""
HANDLES = 3
"""How often new handles are tried for people whose own were taken."""

Tell = Callable[[float], None]
"""Is told the share that is done, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a roster is to be imported."""

    purpose: str
    dry_run: bool = False
    """Tell what would change, and change nothing."""
    partial: bool = False
    """Take the rows that are right, also where others are wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to."""

    added: int
    changed: int
    same: int
    villages: tuple[AreaCode, ...]
    mistakes: tuple[Mistake, ...]
    written: bool
    """False: nothing was changed, for it was a dry run or rows were wrong."""


@dataclass(slots=True)
class _Plan:
    """What is to be written."""

    households: dict[HouseholdId, Household] = field(default_factory=dict)
    moved_in: list[Household] = field(default_factory=list)
    added: list[Person] = field(default_factory=list)
    changed: list[Person] = field(default_factory=list)
    villages: set[AreaCode] = field(default_factory=set)
    same: int = 0
    mistakes: list[Mistake] = field(default_factory=list)


async def import_roster(
    office: Office,
    staff: Staff,
    rows: Sequence[Row],
    wish: Wish,
    *,
    words: RosterWords,
    tell: Tell = lambda _: None,
) -> Imported:
    """Import the rows of a roster; with mistakes nothing is written, unless `partial` is wished.

    Idempotent: the same file again changes nothing.

    Raises:
        Refused: the role is not held.
        BadInput: no purpose is given.
        StoreUnavailable: the database went away; the same file again writes what is left.
    """
    staff.must(*IMPORT)
    purpose = purpose_in(wish.purpose)
    plan = await _planned(office, staff, rows, words)
    tell(0.3)
    written = not wish.dry_run and (wish.partial or not plan.mistakes)
    imported = Imported(
        added=len(plan.added),
        changed=len(plan.changed),
        same=plan.same,
        villages=tuple(sorted(plan.villages)),
        mistakes=tuple(plan.mistakes),
        written=written,
    )
    if written:  # noted first: no entry changes without a deed in the log
        counts = f"added {imported.added}, changed {imported.changed}, same {imported.same}"
        await note(office, staff.id, "roster.import", f"area-{staff.area}", f"{purpose} ({counts})")
        async with changing(office, plan.villages):
            await _write(office, plan, lambda share: tell(0.3 + 0.7 * share))
    tell(1.0)
    return imported


async def _planned(office: Office, staff: Staff, rows: Sequence[Row], words: RosterWords) -> _Plan:
    ledger = await _ledger(office, staff, words)
    plan = _Plan()
    entries = await asyncio.to_thread(_read, rows, ledger, staff.area, plan.mistakes)
    known = await all_known_by(office, entries)
    before = await standing(office, known)
    people = [before.find(*one) for one in zip(entries, known, strict=True)]
    repeated = twice(entries, known, people)
    terms = Terms(today=ledger.today, notice_version=NOTICE)
    for place, entry in enumerate(entries):
        person = people[place]
        if place in repeated:
            first = entries[repeated[place]].row.at(Column.NAME)
            plan.mistakes.append(entry.row.wrong(Column.NAME, f"the same person as in {first}"))
        elif person is not None and not within(person.village, staff.area):
            what = "this person is on the roster of another area: ask the county"
            plan.mistakes.append(entry.row.wrong(Column.NAME, what))
        else:
            _place(office, plan, before, (entry, known[place], person), terms)
    return plan


async def _ledger(office: Office, staff: Staff, words: RosterWords) -> Ledger:
    grids = await office.stores.grids.within(staff.area)
    by_name = {(grid.village, grid.name): grid.id for grid in grids}
    return Ledger(
        words=words,
        villages=spellings(office.release.places),
        grids=by_name | {(grid.village, str(grid.id)): grid.id for grid in grids},
        today=local(office.clock.now()).date(),
    )


def _read(
    rows: Sequence[Row], ledger: Ledger, area: AreaCode, mistakes: list[Mistake]
) -> list[Entry]:
    entries: list[Entry] = []
    for row in rows:
        try:
            entry = entry_of(row, ledger)
        except Mistakes as error:
            mistakes += error.mistakes
            continue
        if within(entry.village, area):
            entries.append(entry)
        else:
            what = f"outside the area {area} for which you may import"
            mistakes.append(row.wrong(Column.VILLAGE, what))
    return entries


def _place(
    office: Office,
    plan: _Plan,
    before: Standing,
    read: tuple[Entry, Known, Person | None],
    terms: Terms,
) -> None:
    entry, known, person = read
    household = _household(office, plan, before, read, terms)
    if person is None:
        handle = person_id(office.ids)
        made = newcomer(entry, known, terms, handle=handle, household=household)
        plan.added.append(made)
        plan.villages.add(made.village)
        return
    made = updated(person, entry, known, household=household)
    if made is person:
        plan.same += 1
        return
    plan.changed.append(made)
    plan.villages |= {made.village, person.village}


def _household(
    office: Office,
    plan: _Plan,
    before: Standing,
    read: tuple[Entry, Known, Person | None],
    terms: Terms,
) -> HouseholdId:
    """Find the household of a row, or found one; a new address is put over the old one."""
    entry, known, person = read
    door = before.households.get(known.household_key) if known.household_key else None
    if door is None and known.household_key is None and person is not None:
        return person.household
    purge_on = purge_day(entry.checked or terms.today, entry.until)
    if door is None:
        door = Household(
            id=household_id(office.ids),
            village=entry.village,
            key=known.household_key,
            number=entry.household or "",
            address=entry.address or "",
            purge_on=purge_on,
        )
        plan.moved_in.append(door)
    else:
        later = max(door.purge_on, purge_on)
        changed = replace(door, address=entry.address or door.address, purge_on=later)
        if changed != door:
            plan.households[door.id] = door = changed
    if known.household_key:
        before.households[known.household_key] = door
    return door.id


async def _write(office: Office, plan: _Plan, tell: Tell) -> None:
    """Write households, then people."""
    households, residents = office.stores.households, office.stores.residents
    whole = max(1, len(plan.added) + len(plan.changed))
    latest = {one.id: plan.households.pop(one.id, one) for one in plan.moved_in}
    if refused := await households.add_all(list(latest.values())):
        raise Conflict(f"{len(refused)} households were entered meanwhile: import the file again")
    for household in plan.households.values():
        await households.put(household)
    await _add(office, plan.added, lambda count: tell(count / whole))
    done = len(plan.added)
    late = await residents.save_all(plan.changed, tell=lambda n: tell((done + n) / whole))
    if late:
        raise Conflict(f"{len(late)} people were changed meanwhile: import the file again")


async def _add(office: Office, people: Sequence[Person], tell: Callable[[int], None]) -> None:
    """Enter newcomers; whose handle is taken by chance is given another."""
    left: Sequence[Person] = people
    for _ in range(HANDLES):
        refused = await office.stores.residents.add_all(left, tell=tell)
        if not refused:
            return
        left = [replace(one, id=person_id(office.ids)) for one in refused]
    raise Conflict(f"{len(left)} people were entered meanwhile: import the file again")
