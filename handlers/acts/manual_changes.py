"""Report day by day what was marked by hand, and who appealed: to the chief and the auditor."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.civic.calendar import BEIJING, local
from data.civic.ids import StaffId
from data.civic.people import Role, Staff
from data.civic.safety.appeals import Appeal
from data.civic.safety.marks import Mark, MarkList
from handlers.acts.note import note, note_look
from handlers.office import Office

READ = (Role.CHIEF, Role.AUDITOR)
MOST = 1_000
SYSTEM = "system"
TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What was changed by hand on one day, in the own area; people stand under their handles."""

    day: date
    marks: tuple[Mark, ...]
    lists: tuple[MarkList, ...]
    """Those written that day, signed or not."""
    appeals: tuple[Appeal, ...]

    @property
    def by_officer(self) -> Counter[StaffId]:
        """Count the marks that each has made or signed."""
        return Counter(one for mark in self.marks for one in mark.by)


async def of_day(office: Office, staff: Staff, day: date) -> Changes:
    """Tell what was changed by hand on a day; the look is noted.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    since, until = _bounds(day)
    stores = office.stores
    made = await stores.marks.between(since, until)
    lists = await stores.mark_lists.between(since, until)
    appeals = await stores.appeals.between(since, until, MOST)
    await note_look(office, staff.id, "marks.report", day.isoformat())
    return Changes(
        day=day,
        marks=tuple(one for one in made if staff.may(*READ, area=one.village)),
        lists=tuple(one for one in lists if staff.may(*READ, area=one.area)),
        appeals=tuple(one for one in appeals if staff.may(*READ, area=one.village)),
    )


async def report_day_before(office: Office) -> bool:
    """Note in the audit log, once, how much was changed by hand on the day before.

    Whoever reads the log finds the day; the page of the day shows the rest. True: noted now.
    """
    day = local(office.clock.now()).date() - timedelta(days=1)
    if await office.stores.counters.hit(f"manual-changes/{day}", window=TWO_DAYS) > 1:
        return False
    since, until = _bounds(day)
    stores = office.stores
    counted = {
        "marks": len(await stores.marks.between(since, until)),
        "lists": len(await stores.mark_lists.between(since, until)),
        "appeals": len(await stores.appeals.between(since, until, MOST)),
    }
    told = ", ".join(f"{what} {count}" for what, count in counted.items())
    await note(office, SYSTEM, "marks.nightly", day.isoformat(), told)
    return True


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(day, time(), BEIJING)
    return begins, begins + timedelta(days=1)
