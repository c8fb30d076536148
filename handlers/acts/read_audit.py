"""Read who did what, take it out, and check that nothing was changed: for auditors alone."""

from collections.abc import AsyncIterator
from dataclasses import replace

from data.civic.audit import Entry
from data.civic.people import Role, Staff
from data.store.audit import Wanted
from handlers.acts.note import note, note_look
from handlers.acts.verify_audit import verify
from handlers.office import Office

READ = (Role.AUDITOR,)
AT_ONCE = 1_000
LOG = "audit"


async def entries(office: Office, staff: Staff, wanted: Wanted, limit: int) -> list[Entry]:
    """List what is wanted, newest first; that one has looked is noted.

    Raises:
        Refused: the role is not held for the whole county: entries name no area.
    """
    _must(office, staff)
    await note_look(office, staff.id, "audit.read", LOG)
    return await office.stores.audit.found(wanted, limit)


async def export(office: Office, staff: Staff, wanted: Wanted) -> AsyncIterator[list[Entry]]:
    """Give all that is wanted, newest first, page by page.

    Raises:
        Refused: as `entries`.
    """
    _must(office, staff)
    await note(office, staff.id, "audit.export", LOG)
    while found := await office.stores.audit.found(wanted, AT_ONCE):
        yield found
        wanted = replace(wanted, before=found[-1].number)


async def check(office: Office, staff: Staff) -> tuple[int, int | None]:
    """Walk the chain: tell how many were read, and the first broken one, None if whole.

    Raises:
        Refused: as `entries`.
    """
    _must(office, staff)
    told = await verify(office.stores.audit)
    await note(office, staff.id, "audit.verify", LOG, "" if told[1] is None else str(told[1]))
    return told


def _must(office: Office, staff: Staff) -> None:
    staff.must(*READ, area=office.release.places.county)
