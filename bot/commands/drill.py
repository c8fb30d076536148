"""`drill`: a made-up county is warned, and it is measured when everybody has been reached."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.terminal import run, say
from bot.drill.happenings import Happening, digest_of
from bot.drill.plan import Plan
from bot.drill.playing import Drill
from bot.drill.queueing import queue
from bot.drill.record import Record, keep, open_record
from bot.drill.reporting import Report, page_of
from bot.drill.setting_up import staged
from bot.house import opened
from bot.logs import set_up
from bot.progress import bar
from bot.settings import Settings, read_settings
from data.civic.errors import BadInput, Conflict, Refused
from data.store.mongo import WORKERS_MS
from handlers.office import Office

PEOPLE = 22_648
"""As many as stood in the danger zones of Pingyang county in 2020, 94 % without a smartphone."""
PEOPLE_A_WORKER = 189
"""As many as that are with 120 grid workers."""
HTML, JSON = "drill.html", "drill.json"

Record_ = Annotated[Path | None, typer.Option("--record", help="Keep what happened in a folder.")]
Replay = Annotated[Path | None, typer.Option("--replay", help="Play a record again.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    plan: Plan
    folder: Path
    record: Path | None
    replayed: Record | None


def drill(
    people: Annotated[int, typer.Option(help="How many people are at risk.")] = PEOPLE,
    seed: Annotated[int, typer.Option(help="The same seed makes the same county.")] = 1,
    speed: Annotated[float, typer.Option(help="Times faster than life; 0: at once.")] = 0,
    record: Record_ = None,
    replay: Replay = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; without it under BIANMIN_HOME.")
    ] = None,
) -> None:
    """Drill a warning on a made-up county, in a database of its own; report who was reached when.

    Only simulated platforms on this machine are called: nothing can reach a real telephone.
    """
    set_up("error")
    known = open_record(replay, speed=speed) if replay else None
    workers = max(1, -(-people // PEOPLE_A_WORKER))
    new = Plan(people=people, workers=workers, seed=seed, speed=speed)
    plan = known.plan if known else new
    settings = read_settings()
    folder = out or settings.home / "drill"
    wish = _Wish(plan=plan, folder=folder, record=record, replayed=known)
    report = run(_drill(settings, wish))
    _tell(report)
    if not report.good:
        raise Conflict("somebody was lost, or something came twice: see the report")
    if known and known.counts != report.outcome.digest:
        raise Conflict(f"the counts differ from those recorded ({known.counts})")


async def _drill(settings: Settings, wish: _Wish) -> Report:
    if settings.production:
        raise Refused("a drill does not run in production: unset BIANMIN_ENV, or use another host")
    async with opened(settings, timeout_ms=WORKERS_MS) as house:
        say(f"drill: {wish.plan.people:,} made-up people, seed {wish.plan.seed} …")
        report, happened = await played(house.office(), wish.plan, wish.replayed)
    _write(wish.folder, report)
    if wish.record:
        counts = report.outcome.digest
        keep(wish.record, Record(plan=wish.plan, happenings=happened, counts=counts))
        say(f"recorded in {wish.record}: {len(happened):,} happenings")
    return report


async def played(
    office: Office, plan: Plan, replayed: Record | None = None
) -> tuple[Report, Sequence[Happening]]:
    """Play a drill beside a house; tell how it ended, and what happened in it."""
    record = replayed.happenings if replayed else None
    with bar("warning, response, order …") as move:
        async with staged(office, plan, record=record) as one:
            started = time.monotonic()
            outcome = await one.play(lambda now: move(_share(now)))
            took = time.monotonic() - started
            report = Report(
                plan=plan,
                outcome=outcome,
                happenings=digest_of(line.line() for line in one.happened),
                subscribers=len(one.county.subscribers),
                first_s=one.first_s,
                queued=await queue(one),
                took_s=took,
                replayed=replayed is not None,
            )
            return report, one.happened


def _share(now: Drill) -> float:
    """Tell how far the drill is: before the order by its time, then by who is informed."""
    if not now.moments:
        return 0.2 * now.clock.passed / max(1, now.plan.order_at)
    last = now.moments[-1]
    return 0.2 + 0.8 * last.confirmed / max(1, last.people)


def _write(folder: Path, report: Report) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / HTML).write_text(page_of(report), "utf-8")
        (folder / JSON).write_text(json.dumps(report.told(), indent=1) + "\n", "utf-8")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written ({error}): name another with --out") from error
    say(f"report: {folder / HTML} and {folder / JSON}")


def _tell(report: Report) -> None:
    out = report.outcome
    for share, minutes in out.minutes.items():
        say(f"  {share:>3} % informed        {_minutes(minutes)}")
    say(f"  confirmed or owned    {_minutes(out.owned)} until everybody was, by a named worker")
    say(f"  oldest unanswered     {out.longest} min")
    say(f"  lost {out.lost}, duplicates {out.twice}, messages {out.messages:,}")
    first = "none" if report.first_s is None else f"{report.first_s:.2f} s after the signature"
    say(f"  first message         {first}")
    queued = report.queued
    say(
        f"  queued                {queued.people:,} people in {queued.seconds:.1f} s; 100,000 take "
        f"{queued.hundred_thousand_s} s (at most 60)"
    )
    say(f"  inputs {report.happenings}, counts {out.digest}")


def _minutes(value: float | None) -> str:
    return "not within the drill" if value is None else f"{value} min"
