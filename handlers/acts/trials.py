"""Trials: begin one, read one, and hand to the inbox what was answered wrongly or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.errors import NotFound
from data.civic.ids import ConversationId, DraftId, MessageId, ReleaseId
from data.civic.knowing.drafts import Draft
from data.civic.knowing.trials import Trial, TrialId, TrialKind, TrialRow
from data.civic.knowing.verdicts import Verdict
from data.civic.people import Role, Staff
from data.civic.talk.harm import harm_of, stake_of
from data.civic.talk.unanswered import UnansweredQuestion, Why
from handlers.acts import keep_question
from handlers.acts.note import note
from handlers.office import Office

TRY = (Role.EDITOR, Role.REVIEWER)
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file of questions, as it was read."""

    kind: TrialKind
    file: str
    questions: int
    asked: int
    empty: int
    faults: tuple[str, ...]


async def begin(
    office: Office, staff: Staff, sent: Sent, *, release: ReleaseId, draft: Draft | None = None
) -> Trial:
    """Keep a trial that is about to run.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*TRY)
    trial = Trial(
        id=TrialId(office.ids.new()),
        kind=sent.kind,
        file=sent.file,
        by=staff.id,
        at=office.clock.now(),
        release=release,
        draft=draft.id if draft else None,
        content=draft.content if draft else "",
        questions=sent.questions,
        asked=sent.asked,
        empty=sent.empty,
        faults=sent.faults,
    )
    await office.stores.trials.put(trial)
    await note(office, staff.id, f"trial.{sent.kind}", trial.id)
    return trial


async def find(office: Office, staff: Staff, trial: TrialId, kind: TrialKind) -> Trial:
    """Find a trial.

    Raises:
        Refused: the role is not held.
        NotFound: there is none, or its time is over.
    """
    staff.must(*TRY)
    found = await office.stores.trials.get(trial)
    if found is None or found.kind is not kind:
        raise NotFound("there is no such trial, or its time is over: see the list")
    return found


async def listed(
    office: Office, staff: Staff, kind: TrialKind, draft: DraftId | None, limit: int
) -> list[Trial]:
    """List trials, the newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*TRY)
    return await office.stores.trials.list(kind, draft, limit)


async def rows_of(office: Office, trial: Trial) -> tuple[TrialRow, ...]:
    """Read the rows of a trial, in the order of its file."""
    return await office.stores.trials.rows(trial.id, MOST_ROWS)


async def mark(office: Office, staff: Staff, trial: Trial, numbers: Sequence[int]) -> int:
    """Hand rows to the inbox; tell how many. Idempotent: a row goes there once.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*TRY)
    wanted = set(numbers)
    rows = [one for one in await rows_of(office, trial) if one.number in wanted and not one.marked]
    for row in rows:
        await keep_question.put(office, _question(office, trial, row))
    if rows:
        await office.stores.trials.mark(trial.id, [one.number for one in rows])
        await note(office, staff.id, "trial.mark", trial.id)
    return len(rows)


def _question(office: Office, trial: Trial, row: TrialRow) -> UnansweredQuestion:
    why = Why.USELESS if row.verdict is Verdict.ANSWERED else Why.UNKNOWN
    return UnansweredQuestion(
        message=MessageId(f"trial/{trial.id}/{row.number}"),
        conversation=ConversationId(f"trial/{trial.id}"),
        text=row.text,
        guess=row.intent,
        confidence=row.confidence,
        why=why,
        area=office.release.places.county,
        at=office.clock.now(),
        answer=row.said[: keep_question.LONGEST],
        gist=row.gist,
        harm=harm_of(why, stake_of(office.release, row.intent, row.aspect)),
        release=trial.release,
    )
