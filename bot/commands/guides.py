"""`guides export`, `guides adopt`: workbooks go to departments; their return adopts (认领)."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.commands.terminal import run, say
from bot.house import install_shipped, open_seal, store_opened
from bot.logs import set_up
from bot.settings import Settings, read_settings
from bot.workbooks.cells import LARGEST
from bot.workbooks.judging import Judged, Returner, judged
from bot.workbooks.layout import WorkbookWords, workbook_words
from bot.workbooks.opening import Returned, rows_in
from bot.workbooks.rows import rows_by_department
from bot.workbooks.writing import Contents, workbook
from data.civic.calendar import local
from data.civic.errors import BadInput, Conflict, Mistake, Mistakes
from data.civic.knowing.releases import Release
from data.content.adopting import Adoptions
from data.store.releases import StoredRelease
from data.store.stores import Stores
from handlers.acts.adopt import adopt as adopt_words
from handlers.directory import directory

app = typer.Typer(help="What guides say: let departments adopt it.", no_args_is_help=True)


class By(StrEnum):
    """How the rows are divided into workbooks."""

    DEPARTMENT = "department"


class Only(StrEnum):
    """Which rows are exported."""

    UNREAD = "unread"


@app.command()
def export(
    by: Annotated[By, typer.Option(help="One workbook for each.")] = By.DEPARTMENT,
    out: Annotated[
        Path | None, typer.Option(help="Folder; without it `workbooks` below BIANMIN_HOME.")
    ] = None,
    only: Annotated[Only | None, typer.Option(help="Samples, and facts nobody has read.")] = None,
) -> None:
    """Write what the guides of the current release say into one workbook a department."""
    set_up("warning")
    settings, words = read_settings(), workbook_words()
    release = run(_current(settings))
    books = _workbooks(release, words, only_unread=only is Only.UNREAD)
    if not books:
        say(f"nothing is left to read in release {release.version}")
        return
    folder = out or settings.home / "workbooks"
    _write(folder, books)
    say(f"wrote {len(books)} workbooks, one a {by}, of release {release.version} to {folder}")


@app.command()
def adopt(
    files: Annotated[list[Path], typer.Argument(help="Workbooks that departments sent back.")],
    by: Annotated[str, typer.Option(help="Your name: it stands in the audit log.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, change nothing.")] = False,  # noqa: FBT002
) -> None:
    """Take what departments say of their guides into a new release, all of it or nothing."""
    set_up("warning")
    if not by.strip():
        raise BadInput("--by: give your name, it stands in the audit log")
    words = workbook_words()
    rows = _returned(files, words)
    run(_adopt(read_settings(), rows, words, by=by.strip(), dry_run=dry_run))


async def _adopt(
    settings: Settings, rows: Sequence[Returned], words: WorkbookWords, *, by: str, dry_run: bool
) -> None:
    now = SystemClock().now()
    async with _at_current(settings) as (stores, base):
        release = base.read()
        returner = Returner(name=by, today=local(now).date())
        found = judged(rows, release, words, returner)
        made = base.manifest.id
        if not dry_run:
            try:
                made = await adopt_words(stores, base, found.adoptions, by=by, at=now)
            except Conflict as error:
                raise Conflict(f"nothing was adopted: {error}") from error
    _tell(found, release, made[:8], dry_run=dry_run)


def _tell(found: Judged, release: Release, made: str, *, dry_run: bool) -> None:
    """Say in one sentence what was done, and name what is not theirs."""
    given = found.adoptions
    what = ", ".join(_counted(given.of(name), name) for name in given.departments)
    left = f"{found.left} rows without an opinion, {found.settled} that say what stands already"
    if dry_run and what:
        say(f"would adopt {what}; nothing was changed ({left})")
    elif not what or made == release.version:
        say(f"nothing new to adopt; release {release.version} stays current ({left})")
    else:
        say(f"adopted {what}; release {made} is current ({left})")
    for one in found.not_theirs:
        say(f"not theirs: {one}")


def _counted(given: Adoptions, department: str) -> str:
    guides = len({one.spot.guide for one in given.elements})
    counts = Counter(
        "taken down" if one.correction and not one.correction.stated else "corrected"
        for one in given.elements
        if one.corrects
    )
    parts = [f"{len(given.elements)} elements of {guides} guides"] if given.elements else []
    parts += [f"{len(given.areas)} areas"] if given.areas else []
    changed = ", ".join(f"{count} {how}" for how, count in sorted(counts.items()))
    return f"{' and '.join(parts)} for {department}" + (f" ({changed})" if changed else "")


def _returned(files: Sequence[Path], words: WorkbookWords) -> list[Returned]:
    """Read the rows of all workbooks, or name everything that is wrong with any."""
    rows: list[Returned] = []
    wrong: list[Mistake] = []
    for file in files:
        try:
            rows += rows_in(file.name, _content(file), words)
        except Mistakes as error:
            wrong += error.mistakes
    if wrong:
        raise Mistakes(tuple(wrong))
    return rows


def _content(file: Path) -> bytes:
    """Read a file, and one byte more than is taken."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise Mistakes((Mistake(where=str(file), what=what),)) from error


def _workbooks(release: Release, words: WorkbookWords, *, only_unread: bool) -> dict[str, bytes]:
    books: dict[str, bytes] = {}
    wrong: list[Mistake] = []
    for department, rows in rows_by_department(release, words, only_unread=only_unread).items():
        file = f"{department}.xlsx"
        contents = Contents(file=file, department=department, release=release.version, rows=rows)
        try:
            books[file] = workbook(contents, words)
        except Mistakes as error:
            wrong += error.mistakes
    if wrong:
        raise Mistakes(tuple(wrong))
    return books


def _write(folder: Path, books: dict[str, bytes]) -> None:
    """Write the workbooks; one that stands there may be filled in already and is left alone."""
    standing = [name for name in books if (folder / name).exists()]
    if standing:
        raise BadInput(
            f"{folder} holds {', '.join(standing)} already, perhaps filled in: "
            "move them, or give another --out"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in books.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise BadInput(f"cannot write to {folder}: {error.strerror}") from error


async def _current(settings: Settings) -> Release:
    async with _at_current(settings) as (_, base):
        return base.read()


@asynccontextmanager
async def _at_current(settings: Settings) -> AsyncIterator[tuple[Stores, StoredRelease]]:
    """Open the stores and the current release, also where production would not start with it."""
    async with store_opened(settings) as stores:
        seal = open_seal(settings)
        current = await install_shipped(settings, stores, directory(), seal, SystemClock())
        yield stores, await stores.releases.load(current)
