"""Remind the owners of guides 30, 7 and 0 days before somebody has to look at them."""

from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.knowing.upkeep import Reminder
from data.civic.people import Role, Staff
from handlers.acts.note import note
from handlers.acts.read_draft import lines_of
from handlers.office import Office

READ = (Role.EDITOR, Role.REVIEWER)
MOST = 5_000
"""Reminders that are looked through for the own department."""


async def remind(office: Office) -> int:
    """Make the reminders that are due today, each once; tell how many.

    Idempotent: what was made is not made again, also not by another process in the same moment.
    """
    now = office.clock.now()
    today = local(now).date()
    wanted = [
        Reminder(
            guide=line.id,
            department=line.department,
            due=due,
            threshold=threshold,
            made_at=now,
        )
        for line in (await lines_of(office)).values()
        for due in line.due
        if (threshold := due.threshold(today)) is not None
    ]
    known = await office.stores.reminders.known([one.id for one in wanted])
    new = [one for one in wanted if one.id not in known]
    await office.stores.reminders.put(new)
    return len(new)


async def waiting(office: Office, staff: Staff) -> list[Reminder]:
    """List the own department's reminders that are open: of each guide and reason the newest.

    What was settled since, by a new day in the guide or by its removal, waits no more.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    lines = await lines_of(office)
    newest: dict[tuple[str, str], Reminder] = {}
    for one in await office.stores.reminders.open(MOST):
        line = lines.get(one.guide)
        if line is None or one.due not in line.due or not _mine(staff, line.department):
            continue
        key = (one.guide, one.due.why.value)
        if key not in newest or one.threshold < newest[key].threshold:
            newest[key] = one
    return sorted(newest.values(), key=lambda one: (one.due.day, one.guide))


async def take_note(office: Office, staff: Staff, id: str) -> None:  # noqa: A002
    """Take note of a reminder, and of those before it: it is shown no more until the next.

    Raises:
        Refused: the role is not held, or the guide is another department's.
        NotFound: there is no such reminder.
    """
    staff.must(*READ)
    found = await office.stores.reminders.get(id)
    if found is None or not _mine(staff, found.department):
        raise NotFound("there is no such reminder: see the list of what is due")
    for one in await office.stores.reminders.open(MOST):
        if (one.guide, one.due) == (found.guide, found.due) and one.threshold >= found.threshold:
            await office.stores.reminders.note(one.id, staff.id)
    await note(office, staff.id, "reminder.note", id)


def _mine(staff: Staff, department: str) -> bool:
    return staff.department in ("", department)
