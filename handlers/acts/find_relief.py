"""Tell what is handed out where now, of the events that go on: numbers, and nobody's name."""

from dataclasses import dataclass

from data.civic.ids import ShelterId
from data.civic.safety import relief
from data.civic.safety.relief import Item
from data.civic.safety.shelters import Shelter
from handlers.office import Office

MOST_EVENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What one shelter has left, by item."""

    shelter: Shelter
    left: tuple[tuple[Item, int], ...]


async def find_relief(office: Office) -> tuple[Shelf, ...]:
    """List the shelters where something is left, in the order of their areas."""
    left: dict[ShelterId, list[tuple[Item, int]]] = {}
    stores = office.stores
    for event in await stores.events.alive(drill=False, limit=MOST_EVENTS):
        items = {one.id: one for one in await stores.relief_items.of(event.id)}
        if not items:
            continue
        sums = await stores.relief_issues.sums(event.id)
        for line in relief.lines(await stores.supplies.of(event.id), sums):
            if line.left > 0 and line.item in items:
                shelf = left.setdefault(ShelterId(line.shelter), [])
                shelf.append((items[line.item], line.left))
    known = {one.id: one for one in await stores.shelters.some(sorted(left))}
    ordered = sorted(known.values(), key=lambda one: (one.area, one.id))
    return tuple(Shelf(shelter=one, left=tuple(left[one.id])) for one in ordered)
