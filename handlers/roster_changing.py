"""Change the roster so that counters are right and open informings look at it, whatever happens."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta

from data.civic.ids import AreaCode
from handlers.counting import recount
from handlers.office import Office

LONGEST = timedelta(minutes=10)
"""After so long a change that nobody has ended was broken off: what it wrote is looked at."""


@asynccontextmanager
async def changing(office: Office, villages: Collection[AreaCode]) -> AsyncIterator[None]:
    """Hold while entries of some villages are written; then they are counted and looked at."""
    change, changes = office.ids.new(), office.stores.roster_changes
    await changes.expect(change, villages, due=office.clock.now() + LONGEST)
    try:
        yield
    finally:
        await recount(office, sorted(villages))
        await changes.expect(change, villages, due=office.clock.now())


async def look_again(office: Office, areas: Collection[AreaCode]) -> None:
    """Have open informings look at once who lives in some areas."""
    await office.stores.roster_changes.expect(office.ids.new(), areas, due=office.clock.now())
