"""Forget again what was destroyed since a backup was made: before it serves anybody."""

from dataclasses import replace

from data.civic.errors import Conflict
from data.civic.ids import EventId
from data.civic.safety import aftermath
from data.civic.safety.aftermath import AFTER_DAYS, Deletion, EventFile, Numbers, genuine
from handlers.acts.forget_people import carry_out
from handlers.acts.note import note
from handlers.acts.purge_events import destroy
from handlers.acts.purge_old import purge_old
from handlers.office import Office

SYSTEM = "system"


async def replay(office: Office, *, days: int = AFTER_DAYS) -> int:
    """Carry out every record of deletion once more; tell how many there are. Idempotent.

    What is of no event and older than `days` goes, too: there is no record of it.

    Raises:
        Conflict: a record is not as it was signed; nothing serves until that is cleared up.
    """
    records = await office.stores.deletions.all()
    if forged := [one.id for one in records if not genuine(one, office.seal.verify)]:
        raise Conflict(
            f"the record of deletion {forged[0]} is not as this house signed it: "
            "restore with the house key and the keyring that belong to the backup"
        )
    for one in records:
        await _again(office, one)
    await purge_old(office, days=days)
    await office.stores.restores.done()
    await note(office, SYSTEM, "backup.restored", "database", f"{len(records)} deletions replayed")
    return len(records)


async def _again(office: Office, record: Deletion) -> None:
    if record.event is None:
        await carry_out(office, record)
        return
    await destroy(office, record.event)
    if await office.stores.event_files.get(record.event) is not None:
        await _close_file(office, record.event, record)


async def _close_file(office: Office, event: EventId, record: Deletion) -> None:
    """Close the file of an event that was still open, or held, when the backup was made."""

    def closed(file: EventFile) -> EventFile:
        counted = replace(file, kept=file.kept or Numbers(papers=record.counts))
        return aftermath.end_purge(counted, record.at)

    await office.stores.event_files.change(event, closed)
