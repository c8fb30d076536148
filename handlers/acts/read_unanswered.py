"""Read the questions that were not answered well, of the own area."""

from data.civic.people import Role, Staff
from data.civic.talk.unanswered import UnansweredQuestion
from handlers.office import Office

READ = (Role.AGENT, Role.DUTY, Role.EDITOR, Role.REVIEWER)
MOST = 1_000
"""How many of the newest are looked through for the own area."""


async def unanswered(office: Office, staff: Staff) -> list[UnansweredQuestion]:
    """List them, newest first, in masked words.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    found = await office.stores.unanswered.list(MOST)
    return [one for one in found if staff.may(*READ, area=one.area)]
