"""Delete entries of the roster whose day has come: guests, workers, and who was never checked."""

from collections import Counter
from collections.abc import Sequence

from data.civic.calendar import local
from data.civic.ids import AreaCode
from data.civic.safety.rosters import Person
from handlers.acts.forget_people import Leaving, forget
from handlers.acts.note import note
from handlers.counting import recount
from handlers.office import Office

BATCH = 1_000
MOST_EVENTS = 1_000
SYSTEM = "system"
DAY_HAS_COME, NOBODY_LEFT = "the day of deletion has come", "nobody is left behind this door"


async def purge_due(office: Office) -> int:
    """Delete whoever's day of deletion has come, and tell how many; the log keeps counts alone.

    Where an event goes on, nobody goes before it is closed: who is on the list is counted, looked
    for and brought back. Idempotent: whoever is deleted is not there a second time.
    """
    today, gone = local(office.clock.now()).date(), 0
    events = await office.stores.events.alive(drill=False, limit=MOST_EVENTS)
    needed = sorted({area for one in events for area in one.areas})
    while due := await office.stores.residents.due(today, BATCH, outside=needed):
        by_village = Counter(one.village for one in due)
        for village, count in sorted(by_village.items()):
            await note(office, SYSTEM, "roster.purge", f"area-{village}", f"{count} people")
        await forget(office, Leaving(people=[one.id for one in due], why=DAY_HAS_COME))
        gone += len(due)
        await _empty(office, due)
        await recount(office, sorted(AreaCode(one) for one in by_village))
    return gone


async def _empty(office: Office, gone: Sequence[Person]) -> None:
    """Delete the households in which nobody is left."""
    residents, doors = office.stores.residents, {one.household for one in gone}
    left = [one for one in sorted(doors) if not await residents.handles_of(one, 1)]
    if left:
        await forget(office, Leaving(households=left, why=NOBODY_LEFT))
