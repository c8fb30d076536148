"""The gate before a release is served: it must answer its golden questions."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.clock import StoppedClock
from data.civic.knowing.releases import Release
from handlers.directory import Directory
from handlers.golden import Miss, misses
from handlers.office import Office


async def missed(office: Office, directory: Directory) -> tuple[Miss, ...]:
    """Ask the office's release its golden questions, for what it knew when it was written.

    In production it would not say what nobody has adopted yet, and years later not what has to
    be checked anew: neither is a fault of the release.
    """
    then = StoppedClock(_written_on(office.release))
    return await misses(replace(office, clock=then, production=False), directory)


def _written_on(release: Release) -> datetime:
    days = [guide.checked_on for guide in release.guides.values()]
    return datetime.combine(max(days, default=date.min), time(hour=4), tzinfo=UTC)
