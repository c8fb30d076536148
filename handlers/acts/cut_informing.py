"""Cut an informing into slices: small villages together, large ones in parts."""

from collections.abc import Sequence
from dataclasses import replace

from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.sending.informing import LARGE, Informing, Slice, Source, parts, slices
from handlers.office import Office

Counts = list[tuple[AreaCode, int]]


async def cut(office: Office, informing: Informing) -> list[Slice]:
    """Cut an informing: whom it follows as they were cut, else who is meant by its target."""
    stores, target, number = office.stores, informing.target, informing.id
    if informing.of is not None:
        return await _followed(office, informing, (informing.of, *informing.also))
    if target is None:
        return []
    whole, border = await _villages(office, target)
    made = slices(number, [one for one in whole if one[1] <= LARGE], first=0)
    for village, count in whole:
        if count > LARGE:
            handles = await stores.rows.handles(village, target)
            made += parts(number, village, handles, first=len(made))
    return made + slices(number, border, first=len(made), exact=True)


async def _followed(office: Office, informing: Informing, before: Sequence[int]) -> list[Slice]:
    """Cut it as what it follows was cut, there alone where it follows it."""
    made: list[Slice] = []
    target = informing.target
    for one in [one for number in before for one in await office.stores.slices.all(number)]:
        villages = tuple(pair for pair in one.villages if target is None or target.names(pair[0]))
        if villages:
            source = Source(one.informing, one.number)
            fresh = Slice(
                informing=informing.id, number=len(made), villages=villages, source=source
            )
            made.append(fresh)
    return made


async def _villages(office: Office, target: Target) -> tuple[Counts, Counts]:
    """Count who is meant: in villages that are meant wholly, and in those on the border."""
    rows = office.stores.rows
    whole = await rows.in_areas(target)
    if not target.shapes:
        return whole, []
    known = {village for village, _ in whole}
    shaped = await office.stores.villages.covered(replace(target, areas=()))
    touched = [one for one in shaped if one.village not in known]
    inside = [one.village for one in touched if not one.border]
    border = [one.village for one in touched if one.border]
    whole += await rows.in_villages(inside, target)
    return sorted(whole), await rows.in_villages(border, target, exact=True)
