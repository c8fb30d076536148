"""Tryouts: a county's own questions, and what the assistant would have made of them."""

import asyncio

from aiohttp import web

from bot.console.routes import Pages, Visitor
from bot.console.sent import file_sent, pairs_of_staff
from bot.console.show import page, see_other, table
from bot.doors import HOUSE, TRIALS
from bot.tryouts.desk import Asking
from bot.tryouts.marks import marked_in
from bot.tryouts.questions import Questions, questions_in
from bot.tryouts.running import gaps_in
from data.civic.errors import BadInput, Mistakes, TooLarge
from data.civic.knowing.trials import Trial, TrialId, TrialKind, TrialState
from data.civic.knowing.tryouts import Tryout
from data.civic.knowing.verdicts import Verdict
from handlers.acts import trials
from handlers.acts.read_conversation import names_of
from handlers.acts.trials import TRY, Sent
from handlers.office import Office

LISTED, GAPS, SAMPLES, FAULTS = 50, 50, 40, 100

pages = Pages()


@pages.on("GET /tryouts", *TRY)
async def listed(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """List the tryouts of the last month, and take a new file."""
    return await _list(request, visitor)


@pages.on("POST /tryouts", *TRY)
async def begin(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take a file and begin; what cannot be read is said on the same page."""
    office = request.app[HOUSE].office()
    try:
        file = await file_sent(request, "file")
        titles = office.release.words["tryout_columns"].full.split()
        asked = await asyncio.to_thread(questions_in, file.name, file.content, titles)
    except (BadInput, TooLarge) as error:
        return await _list(request, visitor, problems=(str(error),))
    except Mistakes as error:
        return await _list(request, visitor, problems=tuple(map(str, error.mistakes)))
    sent = sent_of(TrialKind.TRYOUT, file.name, asked)
    trial = await trials.begin(office, visitor.staff, sent, release=office.release.id)
    request.app[TRIALS].begin(trial, Asking(office=office, questions=asked.questions))
    return see_other(f"/tryouts/{trial.id}")


@pages.on("GET /tryouts/{trial}", *TRY)
async def tryout(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Show how far a tryout is, and what came of it."""
    office = request.app[HOUSE].office()
    # How far it is comes first: what has ended in between is found as done.
    share = request.app[TRIALS].share(TrialId(request.match_info["trial"]))
    trial = await _trial(request, visitor, office)
    found = await _made(office, trial) if trial.state is TrialState.DONE else None
    return page(
        request,
        "trials/tryout.html",
        trial=trial,
        share=share,
        tryout=found,
        gaps=found.gaps[:GAPS] if found else (),
        samples=found.samples(Verdict.ANSWERED, SAMPLES) if found else (),
        faults=trial.faults[:FAULTS],
        intents=office.release.intents,
        notice=request.query.get("notice", ""),
    )


@pages.on("GET /tryouts/{trial}/table.csv", *TRY)
async def as_table(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Give every question with its answer as CSV; no cell is a formula."""
    office = request.app[HOUSE].office()
    trial = await _trial(request, visitor, office)
    rows = await trials.rows_of(office, trial)
    given = {"trial": trial, "rows": rows, "intents": office.release.intents}
    return table(request, "trials/tryout.csv", name=f"tryout-{trial.id[:8]}", **given)


@pages.on("POST /tryouts/{trial}/mark", *TRY)
async def mark(request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Hand what was ticked, or what a table marks, to the inbox."""
    office = request.app[HOUSE].office()
    trial = await _trial(request, visitor, office)
    given = await pairs_of_staff(request)
    numbers = [int(text) for name, text in given if name == "row" and _is_number(text)]
    try:
        file = await file_sent(request, "table")
    except BadInput:
        pass  # only ticks were sent
    else:
        rows = await trials.rows_of(office, trial)
        wrong = office.release.words["tryout_wrong"].full
        try:
            numbers += await asyncio.to_thread(marked_in, file.name, file.content, rows, wrong)
        except Mistakes:
            return see_other(f"/tryouts/{trial.id}?notice=unread")
    done = await trials.mark(office, visitor.staff, trial, numbers)
    return see_other(f"/tryouts/{trial.id}?notice={f'marked-{done}' if done else 'none'}")


def sent_of(kind: TrialKind, name: str, asked: Questions) -> Sent:
    """Tell what a file holds."""
    return Sent(
        kind=kind,
        file=name,
        questions=len(asked.questions),
        asked=sum(one.times for one in asked.questions),
        empty=asked.empty,
        faults=tuple(map(str, asked.faults)),
    )


async def _made(office: Office, trial: Trial) -> Tryout:
    rows = await trials.rows_of(office, trial)
    gaps = await asyncio.to_thread(gaps_in, rows)
    return Tryout(
        file=trial.file, release=trial.release, questions=rows, gaps=gaps, empty=trial.empty
    )


async def _trial(request: web.Request, visitor: Visitor, office: Office) -> Trial:
    named = TrialId(request.match_info["trial"])
    return await trials.find(office, visitor.staff, named, TrialKind.TRYOUT)


async def _list(
    request: web.Request, visitor: Visitor, problems: tuple[str, ...] = ()
) -> web.Response:
    office = request.app[HOUSE].office()
    found = await trials.listed(office, visitor.staff, TrialKind.TRYOUT, None, LISTED)
    return page(
        request,
        "trials/tryouts.html",
        trials=found,
        names=await names_of(office, [one.by for one in found]),
        running={one.id for one in found if request.app[TRIALS].share(one.id) is not None},
        problems=problems,
        status=400 if problems else 200,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6
