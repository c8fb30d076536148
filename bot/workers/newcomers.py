"""Let open informings catch up with changes of the roster, soon after each."""

from datetime import timedelta

from handlers.acts.catch_up import catch_up
from handlers.office import Office

LOOK_FOR_NEWCOMERS_S = 1.0
AGAIN = timedelta(seconds=15)
"""After so long a change is looked at again: by somebody else where this process has died."""


async def catch_up_next(office: Office) -> bool:
    """Look at the change that is due longest; False when none is."""
    changes, now = office.stores.roster_changes, office.clock.now()
    change = await changes.take(now, until=now + AGAIN)
    if change is None:
        return False
    if await catch_up(office, change.areas):
        await changes.forget(change.id)
    return True
