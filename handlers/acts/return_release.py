"""Go back to any release that was ever served: its words, its dictionary and its model together."""

import asyncio

from data.civic.errors import BadInput, Conflict, Mistake, Mistakes
from data.civic.ids import DraftId, ReleaseId, StaffId
from data.civic.people import Role, Staff
from data.store.releases import ReleaseLine, StoredRelease
from handlers.acts.draft_checks import Check
from handlers.acts.drafts import READ
from handlers.acts.note import note
from handlers.acts.review_draft import reasoned
from handlers.office import Office
from handlers.own_words import completed
from intents.artifact import open_model

RETURN = (Role.REVIEWER, Role.CHIEF)
SYSTEM = StaffId("system")
LOOKED_BACK = 200
"""So many of the newest releases are left at most."""


async def listed(office: Office, staff: Staff, limit: int) -> tuple[ReleaseLine, ...]:
    """List releases, the newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    return await office.stores.releases.list(limit)


async def return_to(
    office: Office,
    staff: Staff,
    release: ReleaseId,
    *,
    seen: ReleaseId,
    reason: str,
    check: Check,
) -> None:
    """Serve an older release again, where `seen` is served until now.

    Idempotent: what is served already stays. It is read before it is served: what this program
    can no longer answer with is refused.

    Raises:
        Refused: the role is not held.
        BadInput: no reason is given, or it is too long.
        NotFound: there is no such release. StoreUnavailable: it is damaged.
        Mistakes: it cannot be served by this program.
        Conflict: another release has become current since the page was shown.
    """
    staff.must(*RETURN)
    why = reasoned(reason)
    current = await office.stores.releases.current()
    if current == release:
        return
    if current != seen:
        raise Conflict("another release has become current meanwhile: look again")
    await switch(office, release, seen=seen, by=staff.id, reason=why, check=check)


async def switch(
    office: Office,
    release: ReleaseId,
    *,
    seen: ReleaseId,
    by: StaffId,
    reason: str,
    check: Check,
) -> None:
    """Serve another release, whoever decided it: staff above, or the watch over the answers.

    Raises:
        NotFound, StoreUnavailable, Mistakes, Conflict: as `return_to`.
    """
    stored = await office.stores.releases.load(release)
    if mistakes := await asyncio.to_thread(_unfit, stored, check):
        raise Mistakes(mistakes)
    await office.stores.releases.make_current(release, expected=seen, chosen=True)
    await note(office, by, "release.return", release, purpose=f"from {seen}: {reason}")
    await _ask_again(office, stored.manifest.id)


async def _ask_again(office: Office, release: ReleaseId) -> None:
    """Put back into the inbox what only the releases that were left had learnt."""
    left: list[DraftId] = []
    for line in await office.stores.releases.list(LOOKED_BACK):
        if line.id == release:
            break
        if line.story is not None:
            left.append(line.story.draft)
    await office.stores.question_groups.open_again(left)


def _unfit(stored: StoredRelease, check: Check) -> tuple[Mistake, ...]:
    """List why this program cannot serve a release: its words, its desks, its model."""
    try:
        open_model(stored.model, digest=stored.manifest.model)
        return check(completed(stored.read()))
    except Mistakes as error:
        return error.mistakes
    except BadInput as error:
        return (Mistake(where="model", what=str(error)),)
