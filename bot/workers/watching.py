"""Watch a release for an hour after its switch; go back by itself where answers get worse."""

import structlog

from data.civic.errors import Conflict
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.civic.knowing.watching import BEFORE, WINDOW, Tally, has_jumped
from handlers.acts.draft_checks import Check
from handlers.acts.return_release import SYSTEM, switch
from handlers.acts.returned import reason
from handlers.office import Office

LOOK_AT_ANSWERS_S = 30.0
NEWEST = 5
"""How many drafts are looked at for the one that is served."""

log = structlog.get_logger()


async def watch(office: Office, check: Check) -> bool:
    """Go back to the release before, where so many more questions are left unanswered; or not.

    What was published in the emergency lane stays, for the questions of such an hour are others
    anyhow; so does what somebody chose to serve again. Idempotent.

    Raises:
        Mistakes: the release before cannot be served by this program; the new one stays.
    """
    draft = await _watched(office)
    if draft is None or draft.release is None:
        return False
    before, since = await _tallies(office, draft)
    if not has_jumped(before=before, since=since):
        return False
    log.warning("release answers worse", release=draft.release, before=before, since=since)
    try:
        await switch(
            office,
            draft.base,
            seen=draft.release,
            by=SYSTEM,
            reason=reason(before=before, since=since),
            check=check,
        )
    except Conflict:  # somebody was quicker
        return False
    return True


async def _watched(office: Office) -> Draft | None:
    """Find the draft that is served since less than an hour; None: nothing is to be watched."""
    releases = office.stores.releases
    current = await releases.current()
    published = await office.stores.drafts.list((DraftState.PUBLISHED,), NEWEST)
    draft = next((one for one in published if one.release == current), None)
    if draft is None or draft.lane is Lane.EMERGENCY or await releases.chosen():
        return None
    young = office.clock.now() - draft.changed_at < WINDOW
    return draft if young and draft.base != draft.release else None


async def _tallies(office: Office, draft: Draft) -> tuple[Tally, Tally]:
    """Sum up the day before the switch under the release before, and what came since."""
    outcomes, switched = office.stores.outcomes, draft.changed_at
    before = await outcomes.tally(draft.base, since=switched - BEFORE, until=switched)
    if draft.release is None:
        return before, Tally()
    since = await outcomes.tally(draft.release, since=switched, until=office.clock.now())
    return before, since
