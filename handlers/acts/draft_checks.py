"""Check a draft: what is wrong in it, what it touches, who may sign and who still must."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.errors import Mistake, Mistakes
from data.civic.ids import ReleaseId
from data.civic.knowing.draft_parts import Signature
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.civic.knowing.releases import Origin, Release
from data.civic.knowing.risks import Missing, Risk, missing, owns, risk_of
from data.civic.people import Role, Staff
from data.content.reader import read
from data.store.releases import ReleaseFiles
from handlers.acts.draft_files import base_of, whole_of
from handlers.office import Office
from handlers.own_words import completed

Check = Callable[[Release], tuple[Mistake, ...]]
"""Lists what would go unanswered in a release: the directory's `check`."""

COMMANDING = (Role.CHIEF, Role.DUTY)
SIGN = (Role.REVIEWER, *COMMANDING)
KEPT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is wrong in a draft, and what it touches."""

    mistakes: tuple[Mistake, ...] = ()
    risk: Risk | None = None
    """None: it cannot be read."""
    release: Release | None = None
    """What it says."""


class Hindrance(StrEnum):
    """Why somebody may not sign a draft."""

    STATE = "state"
    """It is not under review."""
    AUTHOR = "author"
    SIGNED = "signed"
    """This person has signed it."""
    ROLE = "role"
    DEPARTMENT = "department"
    """It belongs to other departments."""
    UNREADABLE = "unreadable"


_checked: dict[tuple[ReleaseId, str], Checked] = {}
"""By what was read: digests, so nothing grows stale."""

_checking = asyncio.Lock()


async def checked(office: Office, draft: Draft, check: Check) -> Checked:
    """Check a draft. Tenths of a second the first time, at once afterwards.

    Raises:
        StoreUnavailable: a text is missing, or the database does not answer.
    """
    key = (draft.base, draft.content)
    async with _checking:  # two pages that ask at once read it once
        if key not in _checked:
            before, whole = await _base(office, draft), await whole_of(office, draft)
            _checked[key] = await asyncio.to_thread(_read_after, before, whole, tuple(draft.edits))
            while len(_checked) > KEPT:
                del _checked[next(iter(_checked))]
        known = _checked[key]
    return known if known.release is None else replace(known, mistakes=check(known.release))


def signing_roles(lane: Lane) -> tuple[Role, ...]:
    """Tell which roles sign and send back in a lane."""
    return SIGN if lane is Lane.EMERGENCY else (Role.REVIEWER,)


def hindrance(staff: Staff, draft: Draft, risk: Risk | None) -> Hindrance | None:
    """Tell why somebody may not sign; None: nothing stands against it."""
    strange = draft.lane is Lane.ORDINARY and risk is not None and not owns(staff.department, risk)
    against = {
        Hindrance.STATE: draft.state is not DraftState.SUBMITTED,
        Hindrance.ROLE: not staff.may(*signing_roles(draft.lane)),
        Hindrance.AUTHOR: staff.id in draft.authors,
        Hindrance.SIGNED: staff.id in {one.by for one in draft.signatures},
        Hindrance.UNREADABLE: risk is None,
        Hindrance.DEPARTMENT: strange,
    }
    return next((why for why, stands in against.items() if stands), None)


async def candidates(office: Office, draft: Draft, risk: Risk | None) -> list[Staff]:
    """List who may sign a draft, or could if it were submitted as it reads now."""
    submitted = replace(draft, state=DraftState.SUBMITTED)
    everybody = await office.stores.staff.list()
    return [one for one in everybody if hindrance(one, submitted, risk) is None]


def still_missing(draft: Draft, risk: Risk | None) -> Missing | None:
    """Tell which signatures a draft lacks; None: it cannot be read."""
    return None if risk is None else missing(risk, draft.lane, draft.signatures)


def would_complete(staff: Staff, draft: Draft, risk: Risk | None) -> bool:
    """Say whether enough have signed once this person has, who may."""
    if risk is None or hindrance(staff, draft, risk) is not None:
        return False
    signatures = (*draft.signatures, signature_of(staff, draft, draft.changed_at))
    return missing(risk, draft.lane, signatures).nothing


def signature_of(staff: Staff, draft: Draft, at: datetime) -> Signature:
    """Write down who signs which content, when."""
    return Signature(
        by=staff.id,
        name=staff.name,
        department=staff.department,
        content=draft.content,
        at=at,
        commanding=staff.may(*COMMANDING),
    )


async def _base(office: Office, draft: Draft) -> Release:
    """Give what the draft is based on; what is served has been read already."""
    if office.release.id == draft.base:
        return office.release
    base = await base_of(office, draft.base)
    return await asyncio.to_thread(lambda: completed(_read(base)))


def _read_after(before: Release, whole: ReleaseFiles, paths: tuple[str, ...]) -> Checked:
    """Read it with the words that its base is lent: one that it takes out stays missing."""
    try:
        after = completed(_read(whole), only=before.lent)
    except Mistakes as error:
        return Checked(mistakes=error.mistakes)
    return Checked(risk=risk_of(before, after, paths), release=after)


def _read(one: ReleaseFiles) -> Release:
    return read(one.files, manifest=one.manifest, origin=Origin.CONSOLE)
