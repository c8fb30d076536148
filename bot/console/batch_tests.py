"""Batch tests of a draft: a file of questions with expected answers, kept and comparable."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.drafts import draft_named
from bot.console.routes import Pages, Visitor
from bot.console.sent import file_sent
from bot.console.show import page, see_other, table
from bot.doors import HOUSE, TRIALS, WORKSHOP
from bot.tryouts.desk import Asking
from bot.tryouts.expecting import test_in
from bot.workshop import Stage
from data.civic.errors import BadInput, Mistakes, NotFound, TooLarge
from data.civic.knowing.drafts import Draft
from data.civic.knowing.trials import Trial, TrialId, TrialKind, TrialRow, TrialState
from handlers.acts import drafts, trials
from handlers.acts.read_conversation import names_of
from handlers.acts.trials import TRY, Sent
from handlers.office import Office

LISTED, SHOWN, FAULTS = 50, 500, 100

_NUMBERS = re.compile(r"[\d*]+")

pages = Pages()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A question, and what an earlier run made of it; None: it did not ask that."""

    row: TrialRow
    before: TrialRow | None

    @property
    def differs(self) -> bool:
        """Say whether another answer came of it."""
        return self.before is None or _answer(self.before) != _answer(self.row)


def _answer(row: TrialRow) -> tuple[object, ...]:
    """Tell what came of a question, but for the numbers in it: those of tickets are always new."""
    return row.intent, row.aspect, row.verdict, row.missed, _NUMBERS.sub("", row.said)


@pages.on("GET /drafts/{draft}/tests", *TRY)
async def listed(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the tests of a draft, and take a new file."""
    draft = await _draft(request, visitor)
    return await _list(request, visitor, draft)


@pages.on("GET /drafts/{draft}/tests/template.csv", *TRY)
async def template(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give an empty test with its columns, and the golden questions as a beginning."""
    await _draft(request, visitor)
    release = request.app[HOUSE].office().release
    given = {"columns": release.words["test_columns"].full.split(), "release": release}
    return table(request, "trials/template.csv", name="batch-test", **given)


@pages.on("POST /drafts/{draft}/tests", *TRY)
async def begin(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take a file and ask the draft, once it is made; else say how far that is."""
    draft, workshop = await _draft(request, visitor), request.app[WORKSHOP]
    workshop.begin(draft)
    if workshop.progress(draft).state is not Stage.READY:
        return see_other(f"/drafts/{draft.id}/tests?notice=making")
    office = (await workshop.prepared(draft)).office
    try:
        file = await file_sent(request, "file")
        test = await asyncio.to_thread(test_in, file.name, file.content, office.release)
    except (BadInput, TooLarge) as error:
        return await _list(request, visitor, draft, problems=(str(error),))
    except Mistakes as error:
        return await _list(request, visitor, draft, problems=tuple(map(str, error.mistakes)))
    sent = Sent(
        kind=TrialKind.TEST,
        file=file.name,
        questions=len(test.questions),
        asked=len(test.questions),
        empty=0,
        faults=tuple(map(str, test.faults)),
    )
    trial = await trials.begin(office, visitor.staff, sent, release=office.release.id, draft=draft)
    asking = Asking(office=office, questions=test.questions, expected=test.expected)
    request.app[TRIALS].begin(trial, asking)
    return see_other(f"/drafts/{draft.id}/tests/{trial.id}")


@pages.on("GET /drafts/{draft}/tests/{trial}", *TRY)
async def test(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show how far a test is, and what came of it, beside an earlier one if asked for."""
    office, draft = request.app[HOUSE].office(), await _draft(request, visitor)
    # How far it is comes first: what has ended in between is found as done.
    share = request.app[TRIALS].share(TrialId(request.match_info["trial"]))
    trial = await _trial(request, visitor, office, draft)
    others = [one for one in await _done(office, visitor, draft) if one.id != trial.id]
    wanted = request.query.get("with", "")
    with_ = next((one for one in others if one.id == wanted), None)
    rows = await trials.rows_of(office, trial)
    compared = await _beside(office, rows, with_)
    shown = compared if request.query.get("all") or with_ else _wrong(compared)
    return page(
        request,
        "trials/test.html",
        draft=draft,
        trial=trial,
        share=share,
        others=others,
        with_trial=with_,
        compared=shown[:SHOWN],
        more=max(len(shown) - SHOWN, 0),
        whole=bool(request.query.get("all")),
        faults=trial.faults[:FAULTS],
        release=office.release,
    )


@pages.on("GET /drafts/{draft}/tests/{trial}/table.csv", *TRY)
async def as_table(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give every row of a test as CSV; no cell is a formula."""
    office, draft = request.app[HOUSE].office(), await _draft(request, visitor)
    trial = await _trial(request, visitor, office, draft)
    rows = await trials.rows_of(office, trial)
    given = {"rows": rows, "release": office.release}
    return table(request, "trials/test.csv", name=f"test-{trial.id[:8]}", **given)


async def _draft(request: web.Request, visitor: Visitor) -> Draft:
    return await drafts.find(request.app[HOUSE].office(), visitor.staff, draft_named(request))


async def _trial(request: web.Request, visitor: Visitor, office: Office, draft: Draft) -> Trial:
    named = TrialId(request.match_info["trial"])
    found = await trials.find(office, visitor.staff, named, TrialKind.TEST)
    if found.draft != draft.id:
        raise NotFound("this test is of another draft: see the list")
    return found


async def _done(office: Office, visitor: Visitor, draft: Draft) -> list[Trial]:
    found = await trials.listed(office, visitor.staff, TrialKind.TEST, draft.id, LISTED)
    return [one for one in found if one.state is TrialState.DONE]


async def _beside(office: Office, rows: Sequence[TrialRow], with_: Trial | None) -> list[Compared]:
    """Put each row beside the same question of another run; without one all stand alone."""
    if with_ is None:
        return [Compared(row=row, before=None) for row in rows]
    before = {row.text: row for row in await trials.rows_of(office, with_)}
    pairs = [Compared(row=row, before=before.get(row.text)) for row in rows]
    return [one for one in pairs if one.differs]


def _wrong(rows: Sequence[Compared]) -> list[Compared]:
    return [one for one in rows if one.row.missed]


async def _list(
    request: web.Request, visitor: Visitor, draft: Draft, problems: tuple[str, ...] = ()
) -> web.Response:
    office, workshop = request.app[HOUSE].office(), request.app[WORKSHOP]
    workshop.begin(draft)
    found = await trials.listed(office, visitor.staff, TrialKind.TEST, draft.id, LISTED)
    return page(
        request,
        "trials/tests.html",
        draft=draft,
        making=workshop.progress(draft),
        trials=found,
        names=await names_of(office, [one.by for one in found]),
        running={one.id for one in found if request.app[TRIALS].share(one.id) is not None},
        problems=problems,
        notice=request.query.get("notice", ""),
        status=400 if problems else 200,
    )
