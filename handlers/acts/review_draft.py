"""Take a draft through its review: submit, sign, send back, withdraw, schedule, open again.

Every step names the version that was shown (`seen`): nobody submits, signs or publishes what
stands otherwise now. Who does the same again, by a double click, changes nothing.
"""

from collections.abc import Callable
from datetime import datetime

from data.civic.errors import BadInput, Conflict, Mistakes, Refused
from data.civic.ids import DraftId
from data.civic.knowing.draft_parts import Remark
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.civic.people import Role, Staff
from handlers.acts.draft_checks import (
    SIGN,
    Check,
    Checked,
    Hindrance,
    checked,
    hindrance,
    signature_of,
    signing_roles,
    still_missing,
)
from handlers.acts.drafts import WRITE, find
from handlers.acts.note import note
from handlers.office import Office

TIME = (Role.EDITOR, Role.REVIEWER)
"""Who says when a draft is published."""
LONGEST_REASON = 500
LAST_DAYS = 366
"""How far ahead a draft may be scheduled."""


async def submit(
    office: Office, staff: Staff, draft: DraftId, *, seen: int, lane: Lane, check: Check
) -> Draft:
    """Hand a draft in for signatures; the emergency lane is published as soon as it is signed.

    Raises:
        Refused, NotFound: as `drafts.find`; only an editor submits.
        BadInput: it changes nothing.
        Mistakes: it cannot be read, or something in it would go unanswered.
        Conflict: somebody changed it meanwhile, or it is not open.
    """
    staff.must(*WRITE)
    found = await find(office, staff, draft)
    if found.state is DraftState.SUBMITTED and found.submitted_by == staff.id:
        return found
    must_be_seen(found, seen)
    if mistakes := (await checked(office, found, check)).mistakes:
        raise Mistakes(mistakes)
    now = office.clock.now()
    submitted = found.submit(by=staff.id, lane=lane, at=now)
    if lane is Lane.EMERGENCY:
        submitted = submitted.schedule(None, now)
    return await _kept(office, staff, submitted, "draft.submit", purpose=lane)


async def sign(office: Office, staff: Staff, draft: DraftId, *, seen: int, check: Check) -> Draft:
    """Vouch for a draft; with the last signature it waits for its time.

    Raises:
        Refused: an author, a stranger to what it touches, or somebody without the role.
        NotFound: there is no such draft.
        Mistakes: it cannot be read.
        Conflict: somebody changed it meanwhile, or it is not under review.
    """
    found = await find(office, staff, draft)
    if staff.id in {one.by for one in found.signatures}:
        return found
    must_be_seen(found, seen)
    now, known = office.clock.now(), await checked(office, found, check)
    if why := hindrance(staff, found, known.risk):
        _refuse(why, found, known)
    signed = found.sign(signature_of(staff, found, now))
    missing = still_missing(signed, known.risk)
    if missing is not None and missing.nothing:
        signed = signed.approve(now)
    return await _kept(office, staff, signed, "draft.sign", purpose=found.content)


async def send_back(
    office: Office, staff: Staff, draft: DraftId, *, seen: int, reason: str
) -> Draft:
    """Give a draft back to its authors with the reason.

    Raises:
        Refused, NotFound: as `drafts.find`; only who may sign sends back.
        BadInput: no reason is given, or it is too long.
        Conflict: somebody changed it meanwhile, or it is not under review.
    """
    staff.must(*SIGN)
    remark = Remark(by=staff.id, text=reasoned(reason), at=office.clock.now())

    def move(found: Draft) -> Draft:
        staff.must(*signing_roles(found.lane))
        return found.send_back(remark)

    return await _step(office, staff, draft, seen, move=move, act="draft.send_back")


async def withdraw(
    office: Office, staff: Staff, draft: DraftId, *, seen: int, reason: str = ""
) -> Draft:
    """Lay a draft aside; it can be opened again.

    Raises:
        Refused, NotFound: as `drafts.find`; only an editor withdraws.
        BadInput: the reason is too long.
        Conflict: somebody changed it meanwhile, or it is being published or was.
    """
    staff.must(*WRITE)
    text = reasoned(reason) if reason.strip() else ""
    remark = Remark(by=staff.id, text=text, at=office.clock.now())
    return await _step(
        office, staff, draft, seen, move=lambda found: found.withdraw(remark), act="draft.withdraw"
    )


async def schedule(
    office: Office, staff: Staff, draft: DraftId, *, seen: int, publish_at: datetime | None
) -> Draft:
    """Say when a draft is published; None: as soon as it is signed.

    Raises:
        Refused, NotFound: as `drafts.find`; an editor or a reviewer does it.
        BadInput: the time has passed, or is more than a year ahead.
        Conflict: somebody changed it meanwhile, or publishing has begun.
    """
    staff.must(*TIME)
    now = office.clock.now()
    if publish_at is not None and not 0 <= (publish_at - now).total_seconds() < LAST_DAYS * 86400:
        raise BadInput("the time has passed or is more than a year ahead: choose another")
    return await _step(
        office,
        staff,
        draft,
        seen,
        move=lambda found: found.schedule(publish_at, now),
        act="draft.schedule",
    )


async def reopen(office: Office, staff: Staff, draft: DraftId, *, seen: int) -> Draft:
    """Edit again what failed or was withdrawn.

    Raises:
        Refused, NotFound: as `drafts.find`; only an editor does it.
        Conflict: somebody changed it meanwhile, or it is in another state.
    """
    staff.must(*WRITE)
    now = office.clock.now()
    return await _step(
        office, staff, draft, seen, move=lambda found: found.reopen(now), act="draft.reopen"
    )


async def again(office: Office, staff: Staff, draft: DraftId, *, seen: int) -> Draft:
    """Try once more to publish what failed, under the same signatures.

    Raises:
        Refused, NotFound: as `drafts.find`; an editor or a reviewer does it.
        Conflict: somebody changed it meanwhile, or it has not failed.
    """
    staff.must(Role.EDITOR, *SIGN)
    now = office.clock.now()
    return await _step(
        office, staff, draft, seen, move=lambda found: found.again(now), act="draft.again"
    )


def must_be_seen(draft: Draft, seen: int) -> None:
    """Insist that a draft stands as it was shown.

    Raises:
        Conflict: somebody changed it since.
    """
    if draft.version != seen:
        raise Conflict(f"draft {draft.id} has changed since it was shown: look at it again")


def reasoned(text: str) -> str:
    """Tidy a reason.

    Raises:
        BadInput: it is empty or too long.
    """
    tidy = text.strip()
    if not 0 < len(tidy) <= LONGEST_REASON:
        raise BadInput(f"a reason has 1 to {LONGEST_REASON} characters")
    return tidy


async def _step(
    office: Office,
    staff: Staff,
    draft: DraftId,
    seen: int,
    *,
    move: Callable[[Draft], Draft],
    act: str,
) -> Draft:
    found = await find(office, staff, draft)
    must_be_seen(found, seen)
    return await _kept(office, staff, move(found), act)


async def _kept(
    office: Office, staff: Staff, draft: Draft, act: str, *, purpose: str = ""
) -> Draft:
    saved = await office.stores.drafts.save(draft)
    await note(office, staff.id, act, draft.id, purpose)
    return saved


_WHY = {
    Hindrance.AUTHOR: "its authors cannot sign it: another person must",
    Hindrance.ROLE: "only a reviewer signs; in the emergency lane a chief or a duty officer too",
    Hindrance.DEPARTMENT: "it belongs to another department: its reviewer, or the county's, signs",
}


def _refuse(why: Hindrance, draft: Draft, known: Checked) -> None:
    """Say why somebody may not sign."""
    if why is Hindrance.UNREADABLE:
        raise Mistakes(known.mistakes)
    if why in _WHY:
        raise Refused(f"draft {draft.id}: {_WHY[why]}")
    raise Conflict(f"draft {draft.id} is {draft.state}: look at it again")
