"""Import grid workers: tell what a file would change, then change it, one by one.

What a row says is put over what stands; an empty deputy, grid or account leaves what stands.
Nobody is taken off for not being in the file, and leaves stay.
Who is overtaken in the middle sends the same file again: what is written by then is not repeated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from data.civic.areas import within
from data.civic.errors import BadInput, Mistake
from data.civic.ids import AreaCode, GridId, StaffId, WorkerId
from data.civic.people import Staff
from data.civic.safety import grids as lines
from data.civic.safety.grids import Grid, GridWorker
from data.civic.safety.worker_rows import NEEDED, WorkerColumn, WorkerRow
from data.civic.telephones import telephone
from handlers.acts.grids import ARRANGE, id_of, name_of
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.counting import recount
from handlers.office import Office

_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkersImported:
    """What a file came to, or would come to."""

    added: int
    changed: int
    same: int
    assigned: int
    """Grids that have another worker now."""
    mistakes: tuple[Mistake, ...]
    written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What stands, by id."""

    workers: Mapping[WorkerId, GridWorker]
    grids: Mapping[GridId, Grid]
    accounts: Mapping[str, StaffId]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What a row says."""

    row: WorkerRow
    worker: GridWorker
    grids: tuple[GridId, ...]


async def import_workers(
    office: Office, staff: Staff, rows: Sequence[WorkerRow], *, purpose: str, dry_run: bool
) -> WorkersImported:
    """Try or write a file of grid workers; with mistakes nothing is changed. Idempotent.

    Raises:
        Refused: the role is not held.
        BadInput: no purpose is given.
        Conflict: somebody has changed a worker or grid meanwhile, and those before are written:
            send the file again.
    """
    staff.must(*ARRANGE)
    why, known = purpose_in(purpose), await _known(office)
    mistakes: list[Mistake] = []
    entries = [found for row in rows if (found := _entry(office, staff, row, known, mistakes))]
    mistakes += _twice(entries)
    after = {**known.workers, **{one.worker.id: one.worker for one in entries}}
    grids = _lined(known.grids, entries, after)
    mistakes += _without(entries, after) + _gaps(office, entries, grids, known)
    changed = [one for one in entries if known.workers.get(one.worker.id) != one.worker]
    moved = [one for one in grids.values() if one.version != known.grids[one.id].version]
    done = WorkersImported(
        added=sum(one.worker.id not in known.workers for one in entries),
        changed=sum(one.worker.id in known.workers for one in changed),
        same=len(entries) - len(changed),
        assigned=len(moved),
        mistakes=tuple(mistakes),
        written=not (mistakes or dry_run),
    )
    if done.written:
        try:
            await _write(office, changed, moved, known)
        finally:  # who is overtaken has written a part, and that is noted too
            await note(office, staff.id, "grid.import", f"workers-{len(entries)}", why)
    return done


async def _known(office: Office) -> _Known:
    stores, county = office.stores, office.release.places.county
    return _Known(
        workers={one.id: one for one in await stores.grids.workers_within(county)},
        grids={one.id: one for one in await stores.grids.within(county)},
        accounts={one.login: one.id for one in await stores.staff.list()},
    )


def _entry(
    office: Office, staff: Staff, row: WorkerRow, known: _Known, mistakes: list[Mistake]
) -> _Entry | None:
    """Read a row; its mistakes are added to the others."""
    wrong = [*_wrong_worker(office, staff, row), *_wrong_reference(staff, row, known)]
    mistakes += wrong
    phone = telephone(row.text(WorkerColumn.PHONE))
    if wrong or phone is None:
        return None
    id_, name = WorkerId(row.text(WorkerColumn.ID)), name_of(row.text(WorkerColumn.NAME))
    fresh = GridWorker(id=id_, name=name, phone=phone, area=AreaCode(row.text(WorkerColumn.AREA)))
    worker = _over(known.workers.get(id_), fresh, row, known)
    return _Entry(row=row, worker=worker, grids=_grids(row))


def _wrong_worker(office: Office, staff: Staff, row: WorkerRow) -> Iterator[Mistake]:
    """Name what is wrong in the cells that say who it is."""
    for column in NEEDED:
        if not row.text(column):
            yield row.wrong(column, "fill this in")
    phone, area = row.text(WorkerColumn.PHONE), AreaCode(row.text(WorkerColumn.AREA))
    if phone and telephone(phone) is None:
        yield row.wrong(WorkerColumn.PHONE, "no telephone of this country")
    if area and (area not in office.release.places.areas or not within(area, staff.area)):
        yield row.wrong(WorkerColumn.AREA, f"no town or village of {staff.area}: give its code")
    for column, check in ((WorkerColumn.ID, id_of), (WorkerColumn.NAME, name_of)):
        try:
            check(row.text(column) or "any")
        except BadInput as error:
            yield row.wrong(column, str(error))


def _wrong_reference(staff: Staff, row: WorkerRow, known: _Known) -> Iterator[Mistake]:
    """Name what is wrong in the cells that name something else."""
    login = row.text(WorkerColumn.LOGIN)
    if login and login not in known.accounts:
        yield row.wrong(WorkerColumn.LOGIN, "there is no such account")
    standing = known.workers.get(WorkerId(row.text(WorkerColumn.ID)))
    if standing is not None and not within(standing.area, staff.area):
        yield row.wrong(WorkerColumn.ID, "a worker of another area: not yours to change")
    for grid in _grids(row):
        if grid not in known.grids or not within(known.grids[grid].village, staff.area):
            yield row.wrong(WorkerColumn.GRIDS, f"there is no grid {grid} here: set it up first")


def _grids(row: WorkerRow) -> tuple[GridId, ...]:
    return tuple(GridId(one) for one in _BETWEEN.split(row.text(WorkerColumn.GRIDS)) if one)


def _over(
    standing: GridWorker | None, fresh: GridWorker, row: WorkerRow, known: _Known
) -> GridWorker:
    """Put what a row says over what stands."""
    before = standing or fresh
    deputy, login = row.text(WorkerColumn.DEPUTY), row.text(WorkerColumn.LOGIN)
    said = replace(
        before,
        name=fresh.name,
        phone=fresh.phone,
        area=fresh.area,
        deputy=WorkerId(deputy) if deputy else before.deputy,
        staff=known.accounts[login] if login else before.staff,
    )
    return (
        said
        if said == standing or standing is None
        else replace(said, version=standing.version + 1)
    )


def _twice(entries: Sequence[_Entry]) -> list[Mistake]:
    seen: set[str] = set()
    found = []
    for one in entries:
        for column, said in [
            (WorkerColumn.ID, f"worker {one.worker.id}"),
            *((WorkerColumn.GRIDS, f"grid {grid}") for grid in one.grids),
        ]:
            if said in seen:
                found.append(one.row.wrong(column, f"{said} stands twice: keep one"))
            seen.add(said)
    return found


def _without(entries: Sequence[_Entry], after: Mapping[WorkerId, GridWorker]) -> list[Mistake]:
    """Name deputies who are nobody, or the worker in person."""
    return [
        one.row.wrong(WorkerColumn.DEPUTY, "no other worker has this id")
        for one in entries
        if (deputy := one.worker.deputy) and (deputy == one.worker.id or deputy not in after)
    ]


def _lined(
    grids: Mapping[GridId, Grid], entries: Sequence[_Entry], after: Mapping[WorkerId, GridWorker]
) -> dict[GridId, Grid]:
    """Line up who answers for each grid afterwards; a grid with another first has a new version."""
    chosen = {grid: one.worker.id for one in entries for grid in one.grids}
    everybody, lined = list(after.values()), {}
    for grid in grids.values():
        first = grid.workers[0].id if grid.workers else None
        wanted = chosen.get(grid.id, first)
        line = lines.chain(wanted, everybody)
        lined[grid.id] = replace(grid, workers=line, version=grid.version + (wanted != first))
    return lined


def _gaps(
    office: Office, entries: Sequence[_Entry], grids: Mapping[GridId, Grid], known: _Known
) -> list[Mistake]:
    """Name rows that would leave a grid alone that is not alone now."""
    now, found = office.clock.now(), []
    for grid in grids.values():
        gap = lines.gap_of(grid, since=now)
        if gap is None or lines.gap_of(known.grids[grid.id], since=now) is not None:
            continue
        ids = {one.id for one in grid.workers}
        for one in entries:
            if one.worker.id in ids:
                what = f"from {gap:%Y-%m-%d %H:%M} UTC nobody would answer for grid {grid.id}"
                found.append(one.row.wrong(WorkerColumn.DEPUTY, what))
    return found


async def _write(
    office: Office, changed: Sequence[_Entry], moved: Sequence[Grid], known: _Known
) -> None:
    grids = office.stores.grids
    for one in changed:
        new = one.worker.id not in known.workers
        await (grids.enlist(one.worker) if new else grids.save_worker(one.worker))
    for grid in moved:
        await grids.save(grid)
    if moved:
        await recount(office, sorted({one.village for one in moved}))
