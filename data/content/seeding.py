"""Read the seeds of the demo: samples, held against each other and against a release."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from data.civic.errors import Mistakes
from data.civic.knowing.releases import Release
from data.content import crosscheck
from data.content.locate import Path
from data.content.parsing import Desk
from data.content.shapes import seeds as shapes
from data.content.shapes.shape import Shape

S = TypeVar("S", bound=Shape)

CASES, STAFF, TICKETS = "seeds/cases.toml", "seeds/staff.toml", "seeds/tickets.toml"
ROSTER, GRID = "seeds/roster.toml", "seeds/grid.toml"
CLERK = "seeds/clerk.toml"
SHELTERS, RELIEF = "seeds/shelters.toml", "seeds/relief.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """All samples; relief is read and checked alone, the rest is loaded."""

    cases: tuple[shapes.CaseSeed, ...]
    staff: tuple[shapes.StaffSeed, ...]
    clerks: tuple[shapes.ClerkSeed, ...]
    tickets: tuple[shapes.TicketSeed, ...]
    households: tuple[shapes.HouseholdSeed, ...]
    workers: tuple[shapes.WorkerSeed, ...]
    shelters: tuple[shapes.ShelterSeed, ...]
    stock: tuple[shapes.StockSeed, ...]


def read_seeds(files: Mapping[str, bytes], release: Release) -> Seeds:
    """Read the samples of a release.

    Raises:
        Mistakes: anything is wrong; every mistake with its file and line.
    """
    desk = Desk(files)
    seeds = Seeds(
        cases=_rows(desk, CASES, "case", shapes.CaseSeed),
        staff=_rows(desk, STAFF, "staff", shapes.StaffSeed),
        clerks=_rows(desk, CLERK, "clerk", shapes.ClerkSeed),
        tickets=_rows(desk, TICKETS, "ticket", shapes.TicketSeed),
        households=_rows(desk, ROSTER, "household", shapes.HouseholdSeed),
        workers=_rows(desk, GRID, "worker", shapes.WorkerSeed),
        shelters=_rows(desk, SHELTERS, "shelter", shapes.ShelterSeed),
        stock=_rows(desk, RELIEF, "stock", shapes.StockSeed),
    )
    if not desk.mistakes:  # else every name in a broken file would be missed as well
        for path, at, what, name, among in _references(seeds, release):
            crosscheck.known(desk, path, at, what, name, among)
        for path, key, names in _names(seeds):
            _no_name_twice(desk, path, key, names)
    if desk.mistakes:
        raise Mistakes(tuple(desk.mistakes))
    return seeds


def _rows(desk: Desk, path: str, key: str, shape: type[S]) -> tuple[S, ...]:
    """Read a file that consists of tables `[[key]]`."""
    if path not in desk.files:
        desk.wrong(path, "the file is missing")
        return ()
    table = desk.table(path) or {}
    rows = table.pop(key, [])
    if table or not isinstance(rows, list):
        desk.wrong(
            path, f"nothing but tables [[{key}]] may stand here", (next(iter(table), key), 0)
        )
        return ()
    shaped = (desk.shaped(path, shape, row, (key, n)) for n, row in enumerate(rows))
    return tuple(one for one in shaped if one is not None)


def _references(
    seeds: Seeds, release: Release
) -> Iterator[tuple[str, Path, str, str, Container[str]]]:
    """Tell who names what: file, place, what it is, its name, among which it must be."""
    areas = release.places.areas
    staff = {one.login for one in seeds.staff}
    workers = {one.id: one.village for one in seeds.workers}
    shelters = {one.id for one in seeds.shelters}
    for n, member in enumerate(seeds.staff):
        yield STAFF, ("staff", n, "area"), "area", member.area, areas
    for n, ticket in enumerate(seeds.tickets):
        yield TICKETS, ("ticket", n, "area"), "area", ticket.area, areas
        yield TICKETS, ("ticket", n, "intent"), "intent", ticket.intent, release.intents
        if ticket.seen_by:
            yield TICKETS, ("ticket", n, "seen_by"), "member of staff", ticket.seen_by, staff
    for n, home in enumerate(seeds.households):
        here = {one for one, village in workers.items() if village == home.village}
        yield ROSTER, ("household", n, "worker"), "grid worker of this village", home.worker, here
    for n, worker in enumerate(seeds.workers):
        others = workers.keys() - {worker.id}
        accounts = {"", *staff}
        yield GRID, ("worker", n, "village"), "village", worker.village, areas
        yield GRID, ("worker", n, "deputy"), "other grid worker", worker.deputy, others
        yield GRID, ("worker", n, "login"), "member of staff", worker.login, accounts
    for n, shelter in enumerate(seeds.shelters):
        yield SHELTERS, ("shelter", n, "area"), "area", shelter.area, areas
    for n, stock in enumerate(seeds.stock):
        yield RELIEF, ("stock", n, "shelter"), "shelter", stock.shelter, shelters


def _names(seeds: Seeds) -> Iterator[tuple[str, str, list[str]]]:
    yield CASES, "case", [one.number for one in seeds.cases]
    yield STAFF, "staff", [one.login for one in seeds.staff]
    yield CLERK, "clerk", [one.login for one in seeds.clerks]
    yield TICKETS, "ticket", [one.number for one in seeds.tickets]
    yield ROSTER, "household", [one.name for one in seeds.households]
    yield GRID, "worker", [one.id for one in seeds.workers]
    yield SHELTERS, "shelter", [one.id for one in seeds.shelters]
    yield RELIEF, "stock", [f"{one.shelter} {one.item}" for one in seeds.stock]


def _no_name_twice(desk: Desk, path: str, key: str, names: list[str]) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            desk.wrong(path, f"{name} stands twice", (key, n))
