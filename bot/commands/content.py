"""`content export`, `content import`: content as sheets, into a draft that staff review."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.terminal import run, say
from bot.house import House, opened
from bot.logs import set_up
from bot.settings import read_settings
from bot.workbooks.bulk import BulkWords, as_csv, as_xlsx, lines_in
from bot.workbooks.sheets import LARGEST
from data.civic.errors import BadInput, Mistake, Mistakes, NotFound
from data.civic.ids import DraftId, StaffId
from data.civic.knowing.drafts import Draft
from data.civic.people import Staff
from data.content.bulk.lines import Kind
from handlers.acts import bulk, drafts

app = typer.Typer(help="Content as sheets, .xlsx or .csv.", no_args_is_help=True)

What = Annotated[Kind, typer.Argument(help="What the sheet holds.")]
By = Annotated[str, typer.Option("--as", help="Log-in name of the editor whose work it is.")]


@app.command("export")
def export_sheet(
    kind: What,
    file: Annotated[Path, typer.Argument(help="Where to write it: .xlsx or .csv.")],
    by: By,
) -> None:
    """Write a sheet of the current release."""
    set_up("error")
    if file.suffix not in (".xlsx", ".csv"):
        raise BadInput(f"{file.name}: write .xlsx or .csv")
    count, content = run(_exported(kind, file.suffix, by))
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}") from error
    say(f"wrote {count} lines of {kind} to {file}")


@app.command("import")
def import_sheet(
    kind: What,
    file: Annotated[Path, typer.Argument(help="The sheet: .xlsx or .csv.")],
    by: By,
    draft: Annotated[str, typer.Option(help="Title of the draft that is made.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try, keep nothing.")] = False,  # noqa: FBT002
    partial: Annotated[bool, typer.Option("--partial", help="Take the good lines only.")] = False,  # noqa: FBT002
) -> None:
    """Take a sheet into a new draft; citizens see it when the draft is signed and published."""
    set_up("error")
    try:
        with file.open("rb") as opened_file:
            content = opened_file.read(LARGEST + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise Mistakes((Mistake(where=str(file), what=what),)) from error
    title = draft or f"{kind}: {file.name}"[: drafts.LONGEST_TITLE]
    how = "dry" if dry_run else "partial" if partial else "whole"
    say(run(_imported(kind, file.name, content, by=by, title=title, how=how)))


async def _exported(kind: Kind, suffix: str, by: str) -> tuple[int, bytes]:
    async with opened(read_settings()) as house:
        office, staff = house.office(), await _staff(house, by)
        draft = _as_served(house)
        rows = await bulk.sheet_of(office, staff, draft, kind)
        write = as_xlsx if suffix == ".xlsx" else as_csv
        words = BulkWords(words=office.release.words)
        return len(rows), await asyncio.to_thread(write, kind, rows, words)


async def _imported(kind: Kind, name: str, content: bytes, *, by: str, title: str, how: str) -> str:
    async with opened(read_settings()) as house:
        office, staff = house.office(), await _staff(house, by)
        words = BulkWords(words=office.release.words)
        lines, faults = await asyncio.to_thread(lines_in, kind, name, content, words)
        served = _as_served(house)
        sheet = (kind, lines, faults)
        whole, good = await bulk.plan(office, staff, served, sheet, house.directory.check)
        made = good if how == "partial" else whole
        told = (
            f"{made.new} new, {made.changed} changed, {made.removed} removed, {made.same} as before"
        )
        if made.mistakes and how != "partial":
            raise Mistakes(made.mistakes)
        if how == "dry" or not made.texts:
            return f"{told}; nothing was kept"
        draft = await drafts.open_draft(office, staff, title)
        await bulk.keep(office, staff, draft, kind, made)
        left = f"; {made.left_out} lines left out" if made.left_out else ""
        return f"{told}{left}: draft {draft.title!r}, to be signed at the console"


def _as_served(house: House) -> Draft:
    """Give the current release as a draft that changes nothing, and is never kept."""
    office = house.office()
    now = office.clock.now()
    nobody = StaffId("")
    return Draft(
        id=DraftId("current"),
        title="",
        base=office.release.id,
        created_by=nobody,
        created_at=now,
        changed_at=now,
    )


async def _staff(house: House, login: str) -> Staff:
    found = await house.stores.staff.by_login(login.strip().lower())
    if found is None:
        raise NotFound(f"nobody signs in as {login!r}: see `bianmin staff list`")
    return found
