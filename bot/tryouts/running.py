"""Run a tryout: every question through the very walk of a citizen, where nothing counts."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

from bot.channels.rendering import as_text
from bot.rehearsal import Rehearsal, Rehearsed, Said
from bot.tryouts.questions import Questions
from data.civic.knowing.trials import TrialRow
from data.civic.knowing.tryouts import Gap, Question, Tryout
from data.civic.knowing.verdicts import OPEN, judged
from data.civic.privacy import mask
from data.civic.talk.gist import gist_of
from handlers.office import Office
from intents.alike import joined

AT_ONCE = 48
"""Questions on their way together: one commit of the database serves them all."""
COMPARED = 3_000
"""The most frequent open questions that are compared with each other."""

Report = Callable[[float], None]


async def run(
    rehearsal: Rehearsal,
    office: Office,
    file: str,
    asked: Questions,
    *,
    report: Report = lambda _: None,
) -> Tryout:
    """Ask every question and look for the gaps; `report` is told the share that is done."""
    rows = await ask(rehearsal, office, asked.questions, report=report)
    gaps = await asyncio.to_thread(gaps_in, rows)
    return Tryout(
        file=file, release=office.release.id, questions=rows, gaps=gaps, empty=asked.empty
    )


async def ask(
    rehearsal: Rehearsal,
    office: Office,
    questions: Sequence[Question],
    *,
    at_once: int = AT_ONCE,
    report: Report = lambda _: None,
) -> tuple[TrialRow, ...]:
    """Ask every question, `at_once` of them together; rows in the order of the questions."""
    waiting = iter(enumerate(questions))
    rows: dict[int, TrialRow] = {}
    run_id = office.ids.new()

    async def ask_on() -> None:
        for place, question in waiting:
            said = Said(text=question.text, by=f"{run_id}-{place}")
            rows[place] = _row(place, question, await rehearsal.say(office, said))
            report(len(rows) / len(questions))

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(ask_on())
    return tuple(rows[place] for place in sorted(rows))


def _row(place: int, question: Question, done: Rehearsed) -> TrialRow:
    heard, reply = done.understanding, done.reply
    best = heard.candidates[:1]
    return TrialRow(
        number=place,
        text=mask(question.text),
        where=question.where,
        times=question.times,
        verdict=judged(heard.next, reply.outcome),
        intent=reply.intent or (best[0].intent if best else None),
        aspect=reply.aspect or heard.aspect,
        confidence=best[0].confidence if best else 0.0,
        said=mask(as_text(reply, care=False)),
        gist=gist_of(question.text),
    )


def gaps_in(questions: Sequence[TrialRow]) -> tuple[Gap, ...]:
    """Group the open questions by what they mean, the most frequent matter first."""
    by_gist: dict[str, list[TrialRow]] = {}
    for one in questions:
        if one.verdict in OPEN:
            by_gist.setdefault(one.gist, []).append(one)
    return tuple(sorted(_groups(list(by_gist.values())), key=lambda gap: -gap.count))


def _groups(same: list[list[TrialRow]]) -> Iterator[Gap]:
    same.sort(key=lambda many: -sum(one.times for one in many))
    compared, rest = same[:COMPARED], same[COMPARED:]
    gists = [many[0].gist for many in compared]
    guesses = [str(many[0].intent or "") for many in compared]
    for places in joined(gists, guesses):
        yield Gap(questions=tuple(one for place in places for one in compared[place]))
    yield from (Gap(questions=tuple(many)) for many in rest)
