"""Tell staff that the house went back to an older release by itself, and why."""

import re
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import ReleaseId
from data.civic.knowing.watching import Tally
from data.civic.people import Role, Staff
from handlers.acts.return_release import SYSTEM
from handlers.office import Office

READ = (Role.EDITOR, Role.REVIEWER, Role.DUTY, Role.CHIEF)
LATEST = 5
_WHY = re.compile(r"from ([0-9a-f]{64}): watch (\d+)/(\d+) (\d+)/(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One return that nobody of the staff decided."""

    at: datetime
    left: ReleaseId
    """What was served until then."""
    title: str
    """The title of its draft; empty: it has none."""
    before: Tally
    since: Tally


def reason(*, before: Tally, since: Tally) -> str:
    """Write the reason for the audit log, in numbers."""
    return f"watch {before.badly}/{before.asked} {since.badly}/{since.asked}"


async def by_itself(office: Office, staff: Staff) -> Returned | None:
    """Tell of the last return of the house's own, as long as what it went back to is served.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    current = await office.stores.releases.current()
    if current is None or not await office.stores.releases.chosen():
        return None
    deeds = await office.stores.audit.of_subject(current, LATEST)
    last = next((one for one in deeds if one.deed.act == "release.return"), None)
    if last is None or last.deed.actor != SYSTEM:
        return None
    found = _WHY.fullmatch(last.deed.purpose)
    if found is None:
        return None
    left, *counts = found.groups()
    before, asked_before, since, asked_since = map(int, counts)
    line = await office.stores.releases.line(ReleaseId(left))
    return Returned(
        at=last.at,
        left=ReleaseId(left),
        title=line.story.title if line and line.story else "",
        before=Tally(asked=asked_before, badly=before),
        since=Tally(asked=asked_since, badly=since),
    )
