"""Note who checked whom in or out, in the log that each of them may read."""

from data.civic.safety.identity import named
from data.civic.safety.scans import Scan
from handlers.acts.note import note
from handlers.office import Office


async def note_stay(office: Office, scan: Scan) -> None:
    """Note a scan for each of its people; of a party without codes, for the party."""
    place = f"shelter-{scan.shelter}" if scan.shelter else f"area-{scan.village}"
    for one in [named(person) for person in scan.people] or scan.guests:
        await note(office, scan.by, f"stay.{scan.way}", one, place)
