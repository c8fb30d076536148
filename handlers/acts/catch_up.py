"""Catch up with the roster: whoever came onto it after an informing was planned is told, too.

They are given slices of their own, behind those of the plan, and climb the ladder from its foot.
Whoever has a row keeps it, also after a move, and is told nothing twice; it follows them to where
they live by now. A lift or a correction is only for those who were told, and nobody is told that
they may return who was not told to leave.
"""

from collections.abc import Collection
from dataclasses import replace

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import AreaCode
from data.civic.safety.targets import Target, overlap
from data.civic.sending.informing import (
    Informing,
    InformingKind,
    InformingState,
    Slice,
    counted_anew,
    slices,
)
from handlers.acts.carry_rows import Where, carry_rows
from handlers.office import Office

Areas = Collection[AreaCode]


async def catch_up(office: Office, areas: Areas) -> bool:
    """Let open informings have everybody in some areas; False: some has to be looked at again.

    The oldest first: of two that are told beside each other that goes before. Idempotent: who has
    a row, or waits for one, is left out.
    """
    going = sorted(await office.stores.informings.open(), key=lambda one: one.id)
    return all([await _caught_up(office, one, areas) for one in going])


async def _caught_up(office: Office, informing: Informing, areas: Areas) -> bool:
    """Add slices for those who are missing; False: rows are still being made where they live."""
    stores, target = office.stores, informing.target
    if target is None or informing.kind.follows or informing.kind is InformingKind.RETURN:
        return True
    if informing.state is InformingState.PLANNING:
        return False
    known = await stores.slices.all(informing.id)
    unmade = await stores.slices.unmade(informing.id)
    waiting = {village for one in unmade for village, _ in one.villages}
    meant = [
        [one for one in villages if not informing.has_ended_in(one)]
        for villages in await _villages(office, target, areas)
    ]
    whole, border = ([one for one in villages if one not in waiting] for villages in meant)
    half = {one.number for one in unmade}
    carried = await carry_rows(office, informing, target, (whole, border), unmade=half)
    late = await _late(office, informing, target, (whole, border), first=len(known))
    if late and not await stores.slices.append(informing, late, due=office.clock.now()):
        return False
    left = any(one in waiting for villages in meant for one in villages)
    return await count_anew(office, informing) and carried and not left


async def _late(
    office: Office,
    informing: Informing,
    target: Target,
    where: Where,
    *,
    first: int,
) -> list[Slice]:
    """Cut those who have no row into slices: in whole villages, and in those on the border."""
    told = (informing.id, *informing.beside)
    cut: list[Slice] = []
    for villages, exact in zip(where, (False, True), strict=True):
        missing = await office.stores.rows.in_villages(villages, target, exact=exact, but=told)
        cut += slices(informing.id, missing, first=first + len(cut), exact=exact)
    return cut


async def _villages(
    office: Office, target: Target, areas: Areas
) -> tuple[list[AreaCode], list[AreaCode]]:
    """List which villages of some areas are meant: wholly, and cut by a shape."""
    stores, named = office.stores, overlap(target.areas, areas)
    whole: list[AreaCode] = []
    if named:
        counted = await stores.rows.in_areas(replace(target, areas=named, shapes=()))
        whole = [village for village, _ in counted]
    if not target.shapes:
        return whole, []
    shaped = [
        one
        for one in await stores.villages.covered(replace(target, areas=()))
        if not target.names(one.village) and any(within(one.village, area) for area in areas)
    ]
    whole += [one.village for one in shaped if not one.border]
    return whole, [one.village for one in shaped if one.border]


async def count_anew(office: Office, informing: Informing) -> bool:
    """Write how many are meant by now; False: the informing was changed meanwhile. Idempotent."""
    people = sum(one.people for one in await office.stores.slices.all(informing.id))
    counted = counted_anew(informing, people)
    if counted is informing:
        return True
    try:
        await office.stores.informings.save(counted)
    except Conflict:
        return False
    return True
