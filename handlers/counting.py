"""Keep the counters of villages true: who lives there, and for whom of them nobody answers."""

from collections.abc import Sequence

from data.civic.ids import AreaCode, GridId
from data.civic.safety.grids import worker_of
from handlers.office import Office


async def recount(office: Office, villages: Sequence[AreaCode]) -> None:
    """Bring the counters of villages up to date with who lives there and who answers for them."""
    places = office.release.places
    uncovered = await uncovered_grids(office, villages)
    frames = {
        one.code: box
        for one in (places.areas.get(code) for code in villages)
        if one is not None and (box := one.frame()) is not None
    }
    await office.stores.villages.draw(frames)
    await office.stores.villages.recount(villages, uncovered=uncovered)


async def uncovered_grids(office: Office, villages: Sequence[AreaCode]) -> tuple[GridId, ...]:
    """Name the grids of some villages for which nobody answers now: none named, or all away."""
    counties, now = sorted({AreaCode(one[:6]) for one in villages}), office.clock.now()
    stores = office.stores
    found: list[GridId] = []
    for county in counties:
        found += await stores.grids.uncovered(county)
        left = await stores.grids.touched_by_leave(county, now)
        found += [one.id for one in left if worker_of(one, now) is None]
    return tuple(found)
