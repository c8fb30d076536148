"""List the drafts that wait for somebody's signature."""

from pathlib import PurePosixPath

from data.civic.ids import BundleId, GuideId, IntentId
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.knowing.releases import Release
from data.civic.knowing.risks import COUNTY, Risk
from data.civic.people import Staff
from handlers.acts.draft_checks import SIGN, hindrance
from handlers.office import Office

MOST = 200


async def waiting(office: Office, staff: Staff) -> list[Draft]:
    """List the submitted drafts that this person may sign, the last changed first.

    Whose a draft is is told by which files it changes, without reading them: enough for a
    number on the first page; the draft's own page knows it exactly.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SIGN)
    submitted = await office.stores.drafts.list([DraftState.SUBMITTED], MOST)
    return [
        one for one in submitted if hindrance(staff, one, _touched(office.release, one)) is None
    ]


def _touched(release: Release, draft: Draft) -> Risk:
    """Guess whose matters a draft touches; where a file is new, it may be anybody's."""
    owners = {_owner(release, PurePosixPath(path)) for path in draft.edits if _is_read(path)}
    known = frozenset(one for one in owners if one is not None)
    return Risk(departments=known if len(known) == len(owners) else frozenset())


def _is_read(path: str) -> bool:
    """Say whether citizens are told what stands in a file; the rest only trains or tests."""
    return not path.startswith(("held_out/", "golden/", "other/"))


def _owner(release: Release, path: PurePosixPath) -> str | None:
    match path.parts[0]:
        case "intents":
            intent = release.intents.get(IntentId(path.stem))
            return intent.department if intent else None
        case "guides":
            guide = release.guides.get(GuideId(path.stem))
            return guide.department if guide else None
        case "bundles":
            bundle = release.bundles.get(BundleId(path.stem))
            return bundle.department if bundle else None
        case "adopted":
            return path.stem
    return COUNTY
