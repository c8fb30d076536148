"""Hand a draft in after it was looked at which answers it changes."""

from dataclasses import dataclass

from data.civic.errors import BadInput
from data.civic.ids import DraftId
from data.civic.knowing.drafts import Draft, Lane
from data.civic.people import Staff
from handlers.acts import review_draft
from handlers.acts.draft_checks import Check
from handlers.acts.foresee import Foreseen, Turned
from handlers.acts.note import note
from handlers.office import Office


class NotLooked(BadInput):
    """Some answers become worse, and nobody has said that he looked at them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was shown before a draft was handed in."""

    version: int
    """The draft's version."""
    foreseen: Foreseen
    ticked: bool
    """It was said: I have looked at what becomes worse."""


async def submit(
    office: Office, staff: Staff, draft: DraftId, look: Look, *, check: Check
) -> Draft:
    """Hand it in; where answers become worse, only if it is said that they were looked at.

    Raises:
        NotLooked: it is not said.
        As `review_draft.submit`.
    """
    worse = look.foreseen.turned(Turned.WORSE)
    if worse and not look.ticked:
        raise NotLooked(f"{len(worse)} answers become worse: look at them first")
    handed_in = await review_draft.submit(
        office, staff, draft, seen=look.version, lane=Lane.ORDINARY, check=check
    )
    if worse:
        await note(office, staff.id, "draft.worse", draft, purpose=f"{len(worse)} looked at")
    return handed_in
