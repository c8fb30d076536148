"""A file of lines in one field: shown, sent back, checked line by line, saved."""

from collections.abc import Callable, Sequence

from bot.console.editing.bench import Bench
from bot.console.editing.sheet import SEEN, Filling, clash_of
from data.civic.errors import Conflict
from data.civic.knowing.drafts import EditedMeanwhile
from data.content.faults import Fault
from data.content.forms.form import Filled
from data.content.writing import lines_as_file
from handlers.acts import drafts

TEXT = "text"

CheckLines = Callable[[Sequence[str]], Sequence[Fault]]


async def opened_text(bench: Bench, path: str) -> Filling:
    """Show a file."""
    text, digest = await drafts.file_of(bench.office, bench.draft, path)
    return Filling(values={TEXT: _text(text)}, seen=digest, new=text is None)


async def sent_text(bench: Bench, path: str, given: Filled, check: CheckLines) -> Filling | None:
    """Save a file; None: it is saved. Else the form again, with what was typed in it.

    Raises:
        Refused: this person may not write. Conflict: the draft is not open.
    """
    seen, lines = given.get(SEEN, ""), given.get(TEXT, "").splitlines()
    wrong = check(lines)
    if wrong:
        return Filling(values=given, seen=seen, wrong={TEXT: wrong[0]})
    try:
        await drafts.save(
            bench.office, bench.staff, bench.draft.id, {path: lines_as_file(lines)}, {path: seen}
        )
    except EditedMeanwhile:
        return await _clash(bench, path, given)
    return None


async def with_lines(
    bench: Bench, path: str, change: Callable[[Sequence[str]], Sequence[str]]
) -> None:
    """Change lines of a file by a button; a colleague's other lines stay as they are.

    Raises:
        Refused: this person may not write. Conflict: the draft is not open.
    """
    draft = bench.draft
    for _ in range(3):
        text, digest = await drafts.file_of(bench.office, draft, path)
        now = lines_as_file(change(_text(text).splitlines()))
        try:
            await drafts.save(bench.office, bench.staff, draft.id, {path: now}, {path: digest})
        except EditedMeanwhile:
            draft = await drafts.find(bench.office, bench.staff, draft.id)
        else:
            return
    raise Conflict(f"{path} is being changed by many at once: try again")


async def _clash(bench: Bench, path: str, given: Filled) -> Filling:
    draft = await drafts.find(bench.office, bench.staff, bench.draft.id)
    text, digest = await drafts.file_of(bench.office, draft, path)
    clash = await clash_of(bench, path, {TEXT: _text(text)}, gone=text is None)
    return Filling(values=given, seen=digest, clash=clash)


def _text(text: bytes | None) -> str:
    return (text or b"").decode("utf-8-sig", errors="replace")
