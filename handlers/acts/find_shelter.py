"""Find the nearest shelters that take somebody now: open, inspected, with places."""

from data.civic.calendar import local
from data.civic.safety.nearest import Offer, Party, nearest
from handlers.office import Office


async def find_shelter(office: Office, party: Party) -> tuple[Offer, ...]:
    """List the shelters that take a party at this moment, the nearest first."""
    shelters = await office.stores.shelters.open()
    taken = await office.stores.doors.inside([one.id for one in shelters])
    today = local(office.clock.now()).date()
    return nearest(shelters, taken, party, today=today)
