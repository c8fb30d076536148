"""`roster import|workers|list|template`: who is to be warned and brought to safety."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.commands.operators import operator
from bot.commands.terminal import run, say, show_table
from bot.house import opened
from bot.logs import set_up
from bot.progress import bar
from bot.settings import read_settings
from bot.workbooks.roster_template import template as template_of
from bot.workbooks.rosters import Roster, read_roster
from bot.workbooks.sheets import LARGEST
from bot.workbooks.workers import read_workers
from data.civic.errors import BadInput, Mistake, Mistakes
from data.civic.people import Role
from data.civic.safety.worker_rows import WorkerRow
from data.content.roster_words import roster_words
from data.content.worker_words import worker_words
from data.store.mongo import WORKERS_MS
from handlers.acts import grids, rosters
from handlers.acts.import_workers import WorkersImported, import_workers
from handlers.acts.rosters import Imported, Wish

SHOWN = 50
"""Mistakes that are listed; who has more has one cause."""

DryRun = Annotated[bool, typer.Option("--dry-run", help="Check, change nothing.")]
Partial = Annotated[bool, typer.Option("--partial", help="Take the rows that are right.")]

app = typer.Typer(help="The roster: people at risk, households, grids.", no_args_is_help=True)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A roster, .xlsx or .csv.")],
    purpose: Annotated[str, typer.Option(help="Why it is imported: kept in the audit log.")],
    dry_run: DryRun = False,  # noqa: FBT002  (a flag of the command line)
    partial: Partial = False,  # noqa: FBT002  (the same)
) -> None:
    """Import a roster: all of it or nothing, unless --partial; a second time changes nothing."""
    set_up("warning")
    wish = Wish(purpose=purpose, dry_run=dry_run, partial=partial)
    with bar("roster") as moved:
        roster = read_roster(file.name, _content(file), roster_words())
        moved(0.2)
        done = run(_import(roster, wish, lambda share: moved(0.2 + 0.8 * share)))
    _tell(done, roster.notices, dry_run=dry_run)
    if done.mistakes and not (done.written or dry_run):
        raise Mistakes(_shortened(done.mistakes))


@app.command("workers")
def import_grid_workers(
    file: Annotated[Path, typer.Argument(help="Grid workers, .xlsx or .csv.")],
    purpose: Annotated[str, typer.Option(help="Why they are imported: kept in the audit log.")],
    dry_run: DryRun = False,  # noqa: FBT002  (a flag of the command line)
) -> None:
    """Import grid workers, their deputies and grids: all of it or nothing."""
    set_up("warning")
    rows = read_workers(file.name, _content(file), worker_words())
    done = run(_import_workers(rows, purpose, dry_run=dry_run))
    if done.mistakes:
        raise Mistakes(_shortened(done.mistakes))
    what = f"{done.added} workers added, {done.changed} changed, {done.same} as they were"
    begins = "imported" if done.written else "would import"
    say(f"{begins}: {what}; {done.assigned} grids have another worker")


@app.command("list")
def list_villages() -> None:
    """Count people, those without a telephone and those without a grid worker, by village."""
    set_up("warning")
    run(_list())


@app.command()
def template(file: Annotated[Path, typer.Argument(help="Where to write it, .xlsx.")]) -> None:
    """Write an empty roster with its headings and how to fill it in."""
    set_up("warning")
    if file.exists():
        raise BadInput(f"{file} stands already: choose another name")
    try:
        file.write_bytes(template_of(roster_words()))
    except OSError as error:
        raise BadInput(f"cannot write {file}: {error.strerror}") from error
    say(f"wrote {file}: fill it in, then bianmin roster import {file} --dry-run --purpose …")


async def _import(roster: Roster, wish: Wish, tell: rosters.Tell) -> Imported:
    async with opened(read_settings(), timeout_ms=WORKERS_MS) as house:
        office = house.office()
        return await rosters.import_roster(
            office, operator(office, Role.ADMIN), roster.rows, wish, words=roster_words(), tell=tell
        )


async def _import_workers(
    rows: Sequence[WorkerRow], purpose: str, *, dry_run: bool
) -> WorkersImported:
    async with opened(read_settings(), timeout_ms=WORKERS_MS) as house:
        office = house.office()
        return await import_workers(
            office, operator(office, Role.ADMIN), rows, purpose=purpose, dry_run=dry_run
        )


async def _list() -> None:
    table = Table("code", "village", "people", "without telephone", "without worker")
    async with opened(read_settings()) as house:
        office = house.office()
        counted = await grids.coverage(office, operator(office, Role.ADMIN))
        for one in counted.by_village:
            name = office.release.places.full_name(one.village)
            numbers = (one.people, one.without_phone, one.without_worker)
            table.add_row(one.village, name, *(str(number) for number in numbers))
    if not counted.by_village:
        say("nobody yet: bianmin roster template FILE, then bianmin roster import FILE")
        return
    show_table(table)
    say(
        f"{counted.people} people, {counted.without_phone} without a telephone, "
        f"{counted.without_worker} without a grid worker"
    )


def _tell(done: Imported, notices: Sequence[str], *, dry_run: bool) -> None:
    what = f"{done.added} people added, {done.changed} changed, {done.same} as they were"
    where = f"in {len(done.villages)} villages"
    if done.written:
        left = f"; {len(done.mistakes)} mistakes left out" if done.mistakes else ""
        say(f"imported: {what}, {where}{left}")
    elif dry_run:
        say(f"would import: {what}, {where}, {len(done.mistakes)} mistakes; nothing was changed")
    for one in notices:
        say(one)
    if done.mistakes and (done.written or dry_run):
        for mistake in _shortened(done.mistakes):
            say(f"  {mistake}")


def _shortened(mistakes: Sequence[Mistake]) -> tuple[Mistake, ...]:
    more = len(mistakes) - SHOWN
    rest = (Mistake(where="…", what=f"and {more} more"),) if more > 0 else ()
    return (*mistakes[:SHOWN], *rest)


def _content(file: Path) -> bytes:
    """Read a file, and one byte more than is taken."""
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(LARGEST + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise Mistakes((Mistake(where=str(file), what=what),)) from error
