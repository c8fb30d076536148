"""Walk the whole audit chain and find the first entry that does not fit."""

from data.civic.audit import End, follows
from data.store.audit import AuditLog


async def verify(log: AuditLog) -> tuple[int, int | None]:
    """Tell how many entries were read, and the number of the first broken one, None if whole."""
    end = End()
    async for entry in log.entries():
        if not follows(entry, end):
            return end.number + 1, end.number + 1
        end = End(number=entry.number, hash=entry.hash)
    return end.number, None
