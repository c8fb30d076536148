"""Where trials run behind the pages: a few questions at a time, so that citizens come first."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog

from bot.rehearsal import RehearsalRoom
from bot.tryouts.running import ask
from data.civic.errors import BianminError
from data.civic.knowing.trials import (
    Expected,
    Trial,
    TrialId,
    TrialKind,
    TrialRow,
    TrialState,
    missed,
)
from data.civic.knowing.tryouts import Question
from handlers.office import Office

AT_ONCE = 4
"""Questions on their way together; a citizen's message waits behind so many at most."""

RIGHT, WRONG = "right", "wrong"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a trial asks, and of whom."""

    office: Office = field(repr=False)
    """With the release or the draft that is tried."""
    questions: Sequence[Question] = field(repr=False)
    expected: Mapping[str, Expected] = field(default_factory=dict)
    """Text → what it is expected to be answered with."""


class TrialDesk:
    """Runs one trial after the other, and knows how far each is."""

    def __init__(self, rehearsals: RehearsalRoom) -> None:
        self._rehearsals = rehearsals
        self._turn = asyncio.Lock()
        self._shares: dict[TrialId, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, trial: Trial, asking: Asking) -> None:
        """Begin a trial that was kept as running; what comes of it is kept at its end."""
        self._shares[trial.id] = 0.0
        task = asyncio.create_task(self._run(trial, asking))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def share(self, trial: TrialId) -> float | None:
        """Tell how far a trial is, 0 to 1; None: it does not run here."""
        return self._shares.get(trial)

    async def stop(self) -> None:
        """Break off what runs; the page says so, and it can be begun again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, trial: Trial, asking: Asking) -> None:
        trials = asking.office.stores.trials
        try:
            async with self._turn:
                rows = await self._rows(trial, asking)
            await trials.add_rows(trial, rows)
            counts = counted(trial.kind, rows)
            await trials.put(replace(trial, state=TrialState.DONE, counts=counts))
        except BianminError as error:
            log.warning("trial broken", trial=trial.id, error=type(error).__name__)
            await trials.put(replace(trial, state=TrialState.BROKEN))
        finally:
            del self._shares[trial.id]

    async def _rows(self, trial: Trial, asking: Asking) -> tuple[TrialRow, ...]:
        def report(share: float) -> None:
            self._shares[trial.id] = share

        rehearsal = await self._rehearsals.open()
        rows = await ask(rehearsal, asking.office, asking.questions, at_once=AT_ONCE, report=report)
        wanted = (asking.expected.get(one.text, Expected()) for one in asking.questions)
        return tuple(
            replace(row, expected=one, missed=missed(one, row))
            for row, one in zip(rows, wanted, strict=True)
        )


def counted(kind: TrialKind, rows: Sequence[TrialRow]) -> dict[str, int]:
    """Count what came of the questions, with those that stand twice."""
    counts = Counter[str]()
    for row in rows:
        judged = WRONG if row.missed else RIGHT
        counts[row.verdict.value if kind is TrialKind.TRYOUT else judged] += row.times
    return dict(counts)
