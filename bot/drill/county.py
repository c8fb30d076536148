"""The made-up county of a drill, in a database of its own: people at risk, grids, telephones."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.drill.plan import START, Plan
from data.civic.errors import Refused
from data.civic.ids import AreaCode, ConversationId, GridId, HouseholdId, PersonId, StaffId
from data.civic.risks import RiskTag
from data.civic.safety.grids import Grid, GridWorker, Leave
from data.civic.safety.rosters import Person
from data.civic.safety.synthetic import grid_of, synthetic_grids, synthetic_residents
from data.store.migrating import migrate
from data.store.mongo import Database
from handlers.counting import recount
from handlers.office import Office

DRILL, STAGE = "_drill", "_stage"
"""Of the databases beside the house's in which drills are kept; nothing else is ever cleared."""
TOWN, WARNED = 9, 4
"""Digits of the code of a town; the typhoon is first expected in one town of so many."""
ON_LEAVE = 20
"""One worker in so many is away: the deputy has the list."""
_RISKS = tuple(RiskTag)

Admit = Callable[[PersonId], ConversationId]
"""Makes somebody known to the simulated mini-program; tells how the conversation is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """Who lives in the made-up county and matters for the drill by name."""

    villages: tuple[AreaCode, ...]
    grids: Mapping[GridId, AreaCode]
    subscribers: Mapping[ConversationId, PersonId]
    """Who has the simulated mini-program and allows messages by it."""
    mute: Mapping[HouseholdId, PersonId]
    """Households without any telephone, each with one of its people."""

    @property
    def warned(self) -> tuple[AreaCode, ...]:
        """Name the towns that the warning and the response are for; the order is for all."""
        towns = sorted({AreaCode(village[:TOWN]) for village in self.villages})
        return tuple(towns[: max(1, len(towns) // WARNED)])


async def emptied(database: Database) -> Database:
    """Clear the database of the drill before, and bring it to the form of this code.

    Raises:
        Refused: it is none of a drill: it may hold somebody's data.
    """
    if not database.name.endswith((DRILL, STAGE)):
        raise Refused(f"{database.name} is no database of a drill: nothing in it is cleared")
    await database.command({"dropDatabase": 1})
    await migrate(database)
    return database


async def found_county(office: Office, plan: Plan, admit: Admit) -> County:
    """Settle the county: the same plan, the same people."""
    places = office.release.places
    towns = sorted(code for code in places.areas if len(code) == 9) or [
        AreaCode(f"{places.county}100")
    ]
    villages = plan.villages(towns)
    grids = list(_grids(villages))
    for grid in grids:
        for worker in grid.workers:
            await office.stores.grids.enlist(worker)
        await office.stores.grids.add(grid)
    settling = _Settling(admit=admit)
    people = synthetic_residents(plan.people, plan.seed, villages=villages, seal=office.seal)
    await office.stores.residents.fill(settling.at_risk(one) for one in people)
    await recount(office, villages)
    return County(
        villages=villages,
        grids={grid.id: grid.village for grid in grids},
        subscribers=settling.subscribers,
        mute={one: who for one, who in settling.mute.items() if who is not None},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settling:
    """Settles made-up people, and notes who of them matters by name."""

    admit: Admit
    subscribers: dict[ConversationId, PersonId] = field(default_factory=dict)
    mute: dict[HouseholdId, PersonId | None] = field(default_factory=dict)

    def at_risk(self, one: Person) -> Person:
        """Let somebody be at risk, and have the house answered for."""
        tags = one.tags or frozenset({_RISKS[int(one.id) % len(_RISKS)]})
        own = self.admit(one.id) if one.has_smartphone else None
        if own:
            self.subscribers[own] = one.id
        before = self.mute.setdefault(one.household, one.id)
        self.mute[one.household] = None if one.phone else before
        return replace(one, tags=tags, grid=grid_of(one.village), conversation=own)


def _grids(villages: tuple[AreaCode, ...]) -> Iterator[Grid]:
    """Make up the grids; every worker has an account, and a few are on leave."""
    away = Leave(begins=START - timedelta(days=1), ends=START + timedelta(days=7))
    for number, grid in enumerate(synthetic_grids(villages)):
        first, second = (replace(one, staff=StaffId(one.id)) for one in grid.workers)
        first = replace(first, leaves=(away,)) if number % ON_LEAVE == ON_LEAVE - 1 else first
        workers: tuple[GridWorker, ...] = (first, second)
        yield replace(grid, workers=workers)
