"""Parties that come with a code which does not count: one of each code, however often scanned."""

from collections.abc import Collection, Mapping

from data.civic.ids import EventId, ScanId
from data.civic.safety.scans import Scan, party_of, void_party
from handlers.office import Office
from handlers.reading_codes import Read


def party_in(read: Read | None) -> ScanId | None:
    """Name the party that comes with what was read; None: nobody's code."""
    if read is None or read.credential is None:
        return None
    person = read.credential.holder.person
    return void_party(person) if person is not None else None


def party_that_left(party: str, came: Mapping[ScanId, Scan]) -> ScanId:
    """Name the party that leaves by the scan by which it came, if that is known by now."""
    before = came.get(ScanId(party))
    return before.party if before and before.party else ScanId(party)


async def left_before(office: Office, event: EventId, came: Collection[ScanId]) -> set[ScanId]:
    """Tell which parties have left already: who sent that first named the scan that comes now."""
    found = await office.stores.scans.of_guests(event, [party_of(one) for one in came])
    return {one.party for left in found.values() for one in left if one.party}
