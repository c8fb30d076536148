"""Load the demo's grids and its roster, as an operator would: through the same acts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from data.civic.calendar import local
from data.civic.errors import Mistakes
from data.civic.ids import AreaCode, GridId, StaffId, WorkerId
from data.civic.people import Role, Staff
from data.civic.risks import RiskTag
from data.civic.safety.rows import Column, RosterWords, Row, Sheet
from data.civic.safety.targets import Reach, Target
from data.content.roster_words import roster_words
from data.content.seeding import Seeds
from data.content.shapes.seeds import HouseholdSeed, WorkerSeed
from handlers.acts import grids
from handlers.acts.rosters import Wish, import_roster
from handlers.office import Office

PURPOSE = "demo"
FOR_A_TIME = timedelta(days=30)
"""How long a sample stands that was added for a time."""
SHEET = Sheet(name="seeds/roster.toml", letters={})


async def load_rosters(office: Office, samples: Seeds, staff: Mapping[str, StaffId]) -> None:
    """Load grids where there are none, and people where there is nobody. Idempotent.

    `staff` are the ids of accounts by log-in name.

    Raises:
        Mistakes: a sample does not fit the county that is served.
    """
    county = office.release.places.county
    loader = _loader(county)
    if not await office.stores.grids.within(county):
        await _load_grids(office, loader, samples.workers, staff)
    counted = await office.stores.villages.covered(Target(areas=(county,)))
    if not Reach.of(counted).people:
        words = roster_words()
        rows = tuple(_Members(office, words).rows(samples.households))
        done = await import_roster(office, loader, rows, Wish(purpose=PURPOSE), words=words)
        if done.mistakes:
            raise Mistakes(done.mistakes)


async def _load_grids(
    office: Office, loader: Staff, workers: Sequence[WorkerSeed], staff: Mapping[str, StaffId]
) -> None:
    for one in workers:
        new = grids.NewWorker(
            id=WorkerId(one.id),
            name=one.name,
            phone=one.phone,
            area=AreaCode(one.village),
            staff=staff[one.login] if one.login else None,
        )
        await grids.enlist(office, loader, new)
    for one in workers:
        await grids.set_deputy(office, loader, WorkerId(one.id), WorkerId(one.deputy))
        grid = grids.NewGrid(id=GridId(one.id), name=one.grid, village=AreaCode(one.village))
        await grids.set_up(office, loader, grid)
        await grids.assign(office, loader, grid.id, WorkerId(one.id))


@dataclass(frozen=True, slots=True)
class _Members:
    """Writes the members of sample households as a clerk would."""

    office: Office
    words: RosterWords

    def rows(self, households: tuple[HouseholdSeed, ...]) -> Iterator[Row]:
        number = 1
        for home in households:
            for member in range(1, home.people + 1):
                number += 1
                cells = self._cells(home, member)
                yield Row(sheet=SHEET, number=number, cells=cells)

    def _cells(self, home: HouseholdSeed, member: int) -> dict[Column, str]:
        cells = {
            Column.NAME: home.name if home.people == 1 else f"{home.name}{member}",
            Column.VILLAGE: home.village,
            Column.HOUSEHOLD: home.name,
            Column.GRID: home.worker,
            Column.RISKS: "、".join(self.words.risks[one][0] for one in home.risks),
        }
        if home.phone and member == 1:
            cells[Column.PHONE] = home.phone
        if RiskTag.WIDENED in home.risks:
            last = local(self.office.clock.now()).date() + FOR_A_TIME
            cells[Column.UNTIL] = last.isoformat()
        return cells


def _loader(county: AreaCode) -> Staff:
    return Staff(
        id=StaffId("demo"),
        login="demo",
        name="demo",
        roles=frozenset({Role.ADMIN}),
        area=county,
        password_hash="",
    )
