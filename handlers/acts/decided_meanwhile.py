"""What a colleague has made of a question since it was shown is asked about, never overwritten."""

from collections.abc import Sequence
from datetime import datetime

from data.civic.errors import Conflict
from data.civic.ids import GroupId
from data.civic.people import Staff
from data.civic.talk.groups import QuestionGroup
from handlers.office import Office


class DecidedMeanwhile(Conflict):
    """A colleague has decided on a group since it was shown: `group` says who, when and what."""

    def __init__(self, group: QuestionGroup) -> None:
        super().__init__(f"group {group.id} is {group.state} by a colleague since: look at it")
        self.group = group


async def must_be_as_seen(
    office: Office, staff: Staff, groups: Sequence[GroupId], seen: datetime | None
) -> None:
    """Insist that no colleague has decided on any of these groups since `seen`; None: whenever.

    Raises:
        DecidedMeanwhile: somebody has.
    """
    if seen is None:
        return
    for one in groups:
        group = await office.stores.question_groups.get(one)
        if group and group.decided and group.decided.by != staff.id and group.decided.at > seen:
            raise DecidedMeanwhile(group)
