"""Teach the assistant from questions it did not answer: this intent, a new one, or not ours.

What is taught stands in a draft: nothing a citizen reads changes before it is published.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import DraftId, GroupId, IntentId
from data.civic.knowing.drafts import Draft, EditedMeanwhile
from data.civic.knowing.likeness import flat
from data.civic.people import Role, Staff
from data.civic.privacy import mask
from data.civic.talk.groups import Decision, GroupState
from data.content import teaching
from data.content.drafted import Drafted
from data.content.faults import Fault, faults
from data.content.forms.intents import path_of
from data.content.shapes.intents import IntentShape
from data.content.teaching import NewIntent
from handlers.acts import drafts
from handlers.acts.check_examples import checked
from handlers.acts.decided_meanwhile import must_be_as_seen
from handlers.acts.departments import departments
from handlers.acts.draft_files import whole_of
from handlers.acts.note import note
from handlers.acts.read_draft import drafted_of
from handlers.office import Office

TEACH = (Role.EDITOR,)
LONGEST, MOST = 100, 200
"""Characters of an example, and examples that are taught at once."""
NEEDED = 10
"""Examples that a new intent needs."""
TRIES = 3

_STARS = re.compile(r"\d*\*{3,}[\dXx]*")


class Problem(StrEnum):
    """What is wrong with a sentence that is to be taught."""

    PERSONAL = "personal"
    """It holds somebody's number, masked or not."""
    TOO_LONG = "too_long"
    EMPTY = "empty"
    """Marks alone."""
    HELD_OUT = "held_out"
    """It is measured on, and must never be learnt."""
    OTHERS = "others"
    """It is an example of another intent."""
    NONE = "none"
    """There is no sentence at all, or none is left."""
    TOO_FEW = "too_few"
    """A new intent needs more."""
    TOO_MANY = "too_many"
    KNOWN = "known"
    """All of them are taught already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A sentence that cannot be taught, and why; an empty one: all of them."""

    problem: Problem
    text: str = ""
    intent: IntentId | None = None
    """Whose example it is."""


class Unfit(BadInput):
    """What was to be taught cannot be: every sentence with its problem, every field's fault."""

    def __init__(self, wrong: Sequence[Wrong], faulty: Sequence[Fault] = ()) -> None:
        super().__init__("; ".join([*(one.problem for one in wrong), *(f.what for f in faulty)]))
        self.wrong = tuple(wrong)
        self.faulty = tuple(faulty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is to be learnt from which groups."""

    groups: tuple[GroupId, ...]
    texts: tuple[str, ...]
    seen: datetime | None = None
    """When the groups were shown: what a colleague did since is asked about; None: nothing is."""

    @classmethod
    def of(cls, groups: Sequence[GroupId], typed: str, *, seen: datetime | None = None) -> "Lesson":
        """Make a lesson of what stands in a form: a sentence a line, each once."""
        tidy = (" ".join(line.split()).lstrip("#").strip() for line in typed.splitlines())
        texts = tuple(dict.fromkeys(filter(None, tidy)))
        return cls(groups=tuple(groups), texts=texts, seen=seen)


Change = Callable[[Mapping[str, bytes]], dict[str, bytes]]


def as_example(text: str) -> str:
    """Write a question that was kept as an example: masked numbers are left out."""
    return " ".join(_STARS.sub("", text).split())


async def teach(office: Office, staff: Staff, lesson: Lesson, intent: IntentId) -> Draft:
    """Add the sentences to the examples of an intent, in the newest draft of this person.

    Raises:
        Refused: the role is not held.
        DecidedMeanwhile: a colleague has decided on a group since it was shown.
        NotFound: there is no such intent.
        Unfit: a sentence cannot be taught; every one with why.
    """
    known = office.release.intents.get(intent)
    draft, says = await _begun(office, staff, lesson, known.title if known else "")
    if intent not in says.intents:
        raise NotFound(f"there is no intent {intent!r}: choose one of the list")
    await _check(office, says, lesson, of=intent)

    def change(files: Mapping[str, bytes]) -> dict[str, bytes]:
        if path_of(intent) not in files:
            raise NotFound(f"the intent {intent!r} was removed meanwhile: choose another")
        return teaching.taught(files, intent, lesson.texts)

    saved, title = await _saved(office, staff, draft.id, change), says.intents[intent].title
    return await _marked(office, staff, saved, lesson, GroupState.TAUGHT, title)


async def teach_new(office: Office, staff: Staff, lesson: Lesson, new: NewIntent) -> Draft:
    """Make an intent of the sentences, in the newest draft of this person.

    Raises:
        Refused, DecidedMeanwhile: as `teach`.
        Conflict: there is such an intent already.
        Unfit: a sentence or a field does not fit; every one with why.
    """
    draft, says = await _begun(office, staff, lesson, new.title)
    if new.id in says.intents:
        raise Conflict(f"there is an intent {new.id} already: take another title")
    faulty = list(faults(IntentShape, new.table(lesson.texts)))
    if new.guide is not None and new.guide not in says.guides:
        faulty.append(Fault(field="guide", code="no_guide", what="no such guide"))
    if new.department and new.department not in await departments(office, says):
        faulty.append(Fault(field="department", code="no_department", what="no such department"))
    titles = {one.title for one in says.intents.values()}
    if new.title in titles:
        faulty.append(Fault(field="title", code="title_taken", what="another has this title"))
    told = [one for one in faulty if not one.field.startswith("examples")]
    await _check(office, says, lesson, of=new.id, least=NEEDED, faulty=told)
    saved = await _saved(
        office, staff, draft.id, lambda files: teaching.made(files, new, lesson.texts)
    )
    return await _marked(office, staff, saved, lesson, GroupState.TAUGHT, new.title)


async def not_ours(office: Office, staff: Staff, lesson: Lesson) -> Draft:
    """Let the assistant learn that the sentences are not our matter, in the newest draft.

    Raises:
        Refused, DecidedMeanwhile: as `teach`.
        Unfit: a sentence cannot be taught; every one with why.
    """
    draft, says = await _begun(office, staff, lesson)
    await _check(office, says, lesson, of=IntentId(""))
    saved = await _saved(
        office, staff, draft.id, lambda files: teaching.not_ours(files, lesson.texts)
    )
    return await _marked(office, staff, saved, lesson, GroupState.NOT_OURS)


async def dismiss(
    office: Office, staff: Staff, groups: Sequence[GroupId], *, seen: datetime | None = None
) -> None:
    """Say that there is nothing to be taught in these groups, as `seen` then. Idempotent.

    Raises:
        Refused, DecidedMeanwhile: as `teach`.
    """
    staff.must(*TEACH)
    await must_be_as_seen(office, staff, groups, seen)
    await _set(office, staff, groups, GroupState.DISMISSED)


async def reopen(office: Office, staff: Staff, groups: Sequence[GroupId]) -> None:
    """Put groups back into the inbox. Idempotent.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*TEACH)
    await _set(office, staff, groups, GroupState.OPEN)


async def _set(office: Office, staff: Staff, groups: Sequence[GroupId], state: GroupState) -> None:
    decided = Decision(by=staff.id, at=office.clock.now())
    if await office.stores.question_groups.mark(groups, state, decided):
        await note(office, staff.id, f"questions.{state}", " ".join(groups))


async def _begun(
    office: Office, staff: Staff, lesson: Lesson, title: str = ""
) -> tuple[Draft, Drafted]:
    """Take this person's draft; a new one is called as what is taught, so that others know it."""
    staff.must(*TEACH)
    await must_be_as_seen(office, staff, lesson.groups, lesson.seen)
    draft = await drafts.mine_or_new(office, staff, title[: drafts.LONGEST_TITLE])
    return draft, await drafted_of(office, draft)


async def _saved(office: Office, staff: Staff, draft: DraftId, change: Change) -> Draft:
    """Change files of the draft; what a colleague saved in the same moment stays."""
    for _ in range(TRIES):
        found = await drafts.find(office, staff, draft)
        whole = await whole_of(office, found)
        changed = change(whole.files)
        if not changed:
            raise Unfit([Wrong(problem=Problem.KNOWN)])
        seen = {path: whole.manifest.files.get(path, "") for path in changed}
        try:
            return await drafts.save(office, staff, draft, changed, seen)
        except EditedMeanwhile:
            continue
    raise Conflict(f"draft {draft} is being changed by many at once: save again")


async def _marked(
    office: Office, staff: Staff, draft: Draft, lesson: Lesson, state: GroupState, title: str = ""
) -> Draft:
    decided = Decision(by=staff.id, at=office.clock.now(), title=title)
    await office.stores.question_groups.mark(
        lesson.groups, state, decided, draft=draft.id, release=office.release.id
    )
    await note(office, staff.id, f"questions.{state}", draft.id, purpose=" ".join(lesson.groups))
    return draft


async def _check(
    office: Office,
    says: Drafted,
    lesson: Lesson,
    *,
    of: IntentId,
    least: int = 1,
    faulty: Sequence[Fault] = (),
) -> None:
    wrong = [*_unfit(lesson.texts, least)]
    said = [one for one in lesson.texts if flat(one)]
    found = await checked(office, says, said, of=of)
    wrong += [Wrong(problem=Problem.HELD_OUT, text=one) for one in found.held_out]
    at = {one.text: IntentId(one.whose) for one in found.others}
    wrong += [Wrong(problem=Problem.OTHERS, text=one, intent=at[one]) for one in at]
    if wrong or faulty:
        raise Unfit(wrong, faulty)


def _unfit(texts: Sequence[str], least: int) -> list[Wrong]:
    wrong = [Wrong(problem=why, text=one) for one in texts if (why := _why(one)) is not None]
    if not texts:
        wrong.append(Wrong(problem=Problem.NONE))
    elif len(texts) < least:
        wrong.append(Wrong(problem=Problem.TOO_FEW))
    if len(texts) > MOST:
        wrong.append(Wrong(problem=Problem.TOO_MANY))
    return wrong


def _why(text: str) -> Problem | None:
    if _STARS.search(text) or mask(text) != text:
        return Problem.PERSONAL
    if len(text) > LONGEST:
        return Problem.TOO_LONG
    return None if flat(text) else Problem.EMPTY
