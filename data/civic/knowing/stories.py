"""Stories of releases: from which draft one was made, who wrote it and who signed it."""

from dataclasses import dataclass

from data.civic.ids import DraftId, StaffId
from data.civic.knowing.draft_parts import Signature
from data.civic.knowing.drafts import Draft, Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How a release came about; one of files or of the command line has none."""

    draft: DraftId
    title: str
    lane: Lane
    authors: tuple[StaffId, ...]
    signatures: tuple[Signature, ...]
    paths: tuple[str, ...]
    """Which files it changed; of many the first."""
    changed: int
    """How many."""


MOST_PATHS = 50


def story_of(draft: Draft) -> Story:
    """Tell the story of the release that a draft becomes."""
    return Story(
        draft=draft.id,
        title=draft.title,
        lane=draft.lane,
        authors=tuple(sorted(draft.authors)),
        signatures=draft.signatures,
        paths=tuple(sorted(draft.edits))[:MOST_PATHS],
        changed=len(draft.edits),
    )
