"""`tryout`: what the assistant would have made of the questions that citizens already asked."""

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.terminal import run, say
from bot.current import open_release
from bot.house import House, opened
from bot.logs import set_up
from bot.progress import bar
from bot.rehearsal import rehearsing
from bot.settings import read_settings
from bot.tryouts import running
from bot.tryouts.questions import Questions, questions_in
from bot.tryouts.reporting import page_of, table_of
from bot.workbooks.sheets import LARGEST
from data.civic.errors import Mistake, Mistakes, NotFound
from data.civic.ids import ReleaseId
from data.civic.knowing.tryouts import Tryout
from data.store.releases import StoredRelease
from handlers.office import Office
from intents.search import GuideSearch


def tryout(
    file: Annotated[Path, typer.Argument(help="What citizens asked: .xlsx, .csv or .txt.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; without it beside the file.")
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="Digest of a release, or its beginning.")
    ] = None,
) -> None:
    """Try the assistant on up to 10,000 questions; write a report as a page and a table."""
    set_up("error")
    content = _content(file)
    made = run(_tried(file.name, content, release))
    _write(out or file.parent, file.stem, *made)


async def _tried(name: str, content: bytes, release: str | None) -> tuple[Tryout, str, bytes]:
    settings = read_settings()
    async with opened(settings) as house:
        office = await _office(house, release)
        titles = office.release.words["tryout_columns"].full.split()
        asked = await asyncio.to_thread(questions_in, name, content, titles)
        done = await _run(house, office, name, asked)
        faults = asked.faults
        return (
            done,
            page_of(done, office.release, faults),
            table_of(done, office.release, faults),
        )


async def _run(house: House, office: Office, name: str, asked: Questions) -> Tryout:
    async with rehearsing(office, house.directory) as rehearsal:
        with bar(f"{len(asked.questions)} questions") as report:
            return await running.run(rehearsal, office, name, asked, report=report)


async def _office(house: House, release: str | None) -> Office:
    """Take the current release, or the one that is named.

    Raises:
        NotFound: none, or more than one, begins so.
    """
    office = house.office()
    if release is None:
        return office
    known = await house.stores.releases.list(1_000)
    named = [one.id for one in known if one.id.startswith(release.strip().lower())]
    if len(named) != 1:
        raise NotFound(f"{len(named)} releases begin with {release!r}: write more of its digest")
    stored = await house.stores.releases.load(ReleaseId(named[0]))
    return await asyncio.to_thread(_with, office, house, stored)


def _with(office: Office, house: House, stored: StoredRelease) -> Office:
    release, ear = open_release(stored, house.directory)
    return replace(office, release=release, ear=ear, search=GuideSearch(release))


def _write(folder: Path, stem: str, done: Tryout, page: str, table: bytes) -> None:
    written = {f"{stem}-tryout.html": page.encode(), f"{stem}-tryout.csv": table}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in written.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        what = f"cannot be written: {error.strerror}. Name another folder with --out"
        raise Mistakes((Mistake(where=str(folder), what=what),)) from error
    counts = Counter(done.counts)
    told = ", ".join(f"{counts[one]} {one}" for one in done.counts if counts[one])
    say(f"{done.asked} questions: {told}. Report: {' and '.join(written)} in {folder}")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(LARGEST + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise Mistakes((Mistake(where=str(file), what=what),)) from error
