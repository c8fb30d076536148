"""Vouch for what guides say (认领) inside a draft: the department's own clerk, word by word."""

import asyncio
from collections.abc import Mapping, Sequence

from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict, Refused
from data.civic.ids import DraftId, GuideId
from data.civic.knowing.adoptions import Adoption, Spot, differs, said
from data.civic.knowing.drafts import EditedMeanwhile
from data.civic.knowing.guides import Element
from data.civic.people import Staff
from data.content.adopting import Adoptions, path_of, with_adoptions
from data.content.drafted import Drafted, lapsed_of
from handlers.acts import drafts
from handlers.acts.draft_files import whole_of
from handlers.acts.note import note
from handlers.acts.read_draft import drafted_of
from handlers.office import Office

TRIES = 3

Ticks = Mapping[str, str]
"""A spot as it is written (`guide/element`) → the digest of the words that were read there."""


def may_vouch(staff: Staff, department: str) -> bool:
    """Say whether somebody may vouch for a department: one of its own, or of the whole county."""
    return staff.may(*drafts.WRITE) and staff.department in ("", department)


async def vouch(office: Office, staff: Staff, draft: DraftId, ticks: Ticks) -> int:
    """Adopt what was ticked, in the name of the departments that own it; tell how many.

    Idempotent: what is adopted already in these words is not adopted again.

    Raises:
        Refused: the role is not held, or a guide is another department's.
        BadInput: a spot is no spot of the draft.
        Conflict: other words stand than were read; or the draft is not open.
    """
    staff.must(*drafts.WRITE)
    for _ in range(TRIES):
        found = await drafts.find(office, staff, draft)
        says = await drafted_of(office, found)
        given = _adoptions(office, staff, says, ticks)
        if not given.elements:
            return 0
        whole = await whole_of(office, found)
        texts = await asyncio.to_thread(_written, whole.files, says, given)
        seen = {path: whole.manifest.files.get(path, "") for path in texts}
        try:
            await drafts.save(office, staff, draft, texts, seen)
        except EditedMeanwhile:
            continue
        await note(office, staff.id, "guides.adopt", draft)
        return len(given.elements)
    raise Conflict("several colleagues adopt at once: try again")


def _adoptions(office: Office, staff: Staff, says: Drafted, ticks: Ticks) -> Adoptions:
    made = []
    today = local(office.clock.now()).date()
    for written, digest in ticks.items():
        spot, element, department = _at(says, written)
        if not may_vouch(staff, department):
            raise Refused(f"{staff.login} is not of {department}: its own staff vouch for it")
        if differs(digest, element):
            raise Conflict(f"{spot}: other words stand there than you read: look again")
        if not element.adopted:
            made.append(
                Adoption(spot=spot, digest=digest, department=department, by=staff.name, on=today)
            )
    return Adoptions(elements=tuple(made))


def _at(says: Drafted, written: str) -> tuple[Spot, Element, str]:
    guide = says.guides.get(GuideId(written.partition("/")[0]))
    known = {str(spot): spot for spot in said(guide)} if guide is not None else {}
    if guide is None or written not in known:
        raise BadInput(f"{written[:80]!r} is no element of a guide of this draft: look again")
    return known[written], said(guide)[known[written]], guide.department


def _written(
    files: Mapping[str, bytes], says: Drafted, given: Adoptions
) -> Mapping[str, bytes | None]:
    """Write the files of those departments, without what counts no more."""
    now = with_adoptions(files, given, lapsed_of(files, says.sources))
    paths: Sequence[str] = [path_of(one) for one in given.departments]
    return {path: now[path] for path in paths}
