"""Drafts: open one, find one, change its files; who changed what since is named."""

import re
from collections.abc import Mapping

from data.civic.errors import BadInput, Conflict, NotFound, TooLarge
from data.civic.ids import DraftId
from data.civic.knowing.drafts import LIVE, Draft, DraftState
from data.civic.people import Role, Staff
from data.store.contents import PIECE, digest_of
from handlers.acts.draft_files import base_of, file_of, files_of
from handlers.acts.note import note
from handlers.office import Office

__all__ = [
    "discard",
    "file_of",
    "files_of",
    "find",
    "listed",
    "mine_or_new",
    "open_draft",
    "rename",
    "save",
]

WRITE = (Role.EDITOR,)
READ = (Role.EDITOR, Role.REVIEWER, Role.DUTY, Role.CHIEF)
LONGEST_TITLE = 60
NAMED = 20
"""How many files of one save the audit log names."""
TRIES = 5
"""How often a colleague may save another file of the same draft in the same moment."""

FOLDERS = (
    *("intents", "guides", "bundles", "wording", "lexicon", "rules", "places"),
    *("sources", "adopted", "other", "held_out", "golden"),
)
_PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/\w[^/\\\x00-\x1f]{{0,80}}\.(?:toml|tsv|txt)")

Texts = Mapping[str, bytes | None]
"""Path → its new text; None: the file is removed."""


async def open_draft(office: Office, staff: Staff, title: str = "") -> Draft:
    """Open a new draft on the release that is current.

    Raises:
        Refused: the role is not held.
        BadInput: the title is too long.
        NotFound: no release was ever made.
    """
    staff.must(*WRITE)
    now, named = office.clock.now(), titled(title)
    base = await office.stores.releases.current()
    if base is None:
        raise NotFound("no release is served yet: start the house once")
    draft = Draft(
        id=DraftId(office.ids.new()),
        title=named,
        base=base,
        created_by=staff.id,
        created_at=now,
        changed_at=now,
    )
    await office.stores.drafts.put(draft)
    await note(office, staff.id, "draft.open", draft.id)
    return draft


async def find(office: Office, staff: Staff, draft: DraftId) -> Draft:
    """Find a draft.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such draft.
    """
    staff.must(*READ)
    found = await office.stores.drafts.get(draft)
    if found is None:
        raise NotFound("there is no such draft: see the list of drafts")
    return found


async def listed(
    office: Office, staff: Staff, limit: int, states: tuple[DraftState, ...] = LIVE
) -> list[Draft]:
    """List drafts in these states, the last changed first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    return await office.stores.drafts.list(states, limit)


async def mine_or_new(office: Office, staff: Staff, title: str = "") -> Draft:
    """Take the newest open draft that this person made or edited, or else a new one so called.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*WRITE)
    found = await office.stores.drafts.newest_of(staff.id, DraftState.OPEN)
    return found or await open_draft(office, staff, title)


async def rename(office: Office, staff: Staff, draft: DraftId, title: str) -> Draft:
    """Say what a draft is about.

    Raises:
        Refused, NotFound: as `find`; only an editor names it.
        BadInput: the title is too long.
        Conflict: it is not open, or somebody changed it in the same moment.
    """
    staff.must(*WRITE)
    found = await find(office, staff, draft)
    named = found.titled(titled(title), office.clock.now())
    if named is found:
        return found
    saved = await office.stores.drafts.save(named)
    await note(office, staff.id, "draft.rename", draft)
    return saved


async def save(
    office: Office, staff: Staff, draft: DraftId, texts: Texts, seen: Mapping[str, str]
) -> Draft:
    """Change files of a draft, all or none; `seen` are the digests of what was shown.

    Idempotent: the same texts again change nothing. A colleague who saves another file of the
    same draft in the same moment is no conflict.

    Raises:
        Refused, NotFound: as `find`; only an editor writes.
        BadInput: a path is none of a release's. TooLarge: a text is larger than 4 MB.
        EditedMeanwhile: somebody changed a file since it was shown; it names who and when.
        Conflict: the draft is not open.
    """
    staff.must(*WRITE)
    _must_fit(texts)
    await find(office, staff, draft)
    await office.stores.drafts.keep([text for text in texts.values() if text is not None])
    for _ in range(TRIES):
        before = await find(office, staff, draft)
        after = await _edited(office, staff, before, texts, seen)
        if after is before:
            return before
        try:
            saved = await office.stores.drafts.save(after)
        except Conflict:
            continue
        await note(office, staff.id, "draft.save", draft, purpose=_named(texts))
        return saved
    raise Conflict(f"draft {draft} is being changed by many at once: save again")


async def discard(office: Office, staff: Staff, draft: DraftId, path: str, *, seen: str) -> Draft:
    """Take one edit back: the file reads as in the base release again.

    Idempotent: what is not edited stays so.

    Raises:
        As `save`.
    """
    found = await find(office, staff, draft)
    if path not in found.edits:
        return found
    base = await base_of(office, found.base)
    return await save(office, staff, draft, {path: base.files.get(path)}, {path: seen})


async def _edited(
    office: Office, staff: Staff, before: Draft, texts: Texts, seen: Mapping[str, str]
) -> Draft:
    base = (await base_of(office, before.base)).manifest.files
    after = before
    for path, text in texts.items():
        after = after.edited(
            path,
            None if text is None else digest_of(text),
            base=base.get(path, ""),
            seen=seen.get(path, ""),
            by=staff.id,
            at=office.clock.now(),
        )
    return after


def titled(title: str) -> str:
    """Tidy a title.

    Raises:
        BadInput: it is too long.
    """
    tidy = " ".join(title.split())
    if len(tidy) > LONGEST_TITLE:
        raise BadInput(f"a title has at most {LONGEST_TITLE} characters")
    return tidy


def _named(texts: Texts) -> str:
    """Name the files of one save, the first of many."""
    more = f" and {len(texts) - NAMED} more" if len(texts) > NAMED else ""
    return " ".join(list(texts)[:NAMED]) + more


def _must_fit(texts: Texts) -> None:
    for path, text in texts.items():
        if not _PATH.fullmatch(path):
            raise BadInput(f"{path[:100]!r} is no file of a release: folder/name.toml")
        if text is not None and len(text) > PIECE:
            raise TooLarge(f"{path} has more than {PIECE >> 20} MB: divide it")
