"""`understand`, `evaluate`, `ear-bench`: ask the ear, measure it."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from bot.commands.terminal import lines_in, run, say, show_table, write_json
from bot.current import open_release
from bot.first_release import checked, shipped_release
from bot.house import store_opened
from bot.logs import set_up
from bot.progress import bar
from bot.settings import Settings, read_settings
from data.civic.errors import BadInput
from data.civic.ids import IntentId, ReleaseId
from data.civic.knowing.releases import Labelled
from data.civic.talk.messages import Understanding
from data.content.files import shipped
from handlers.directory import directory
from intents.ear_bench import bench
from intents.evaluate import Report, Row
from intents.evaluate import evaluate as measured
from intents.understand import Ear

ReleaseOption = Annotated[
    str,
    typer.Option(
        "--release",
        help="A release in the store, by its id, or `current`; without it the content files.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def understand(release: ReleaseOption = "") -> None:
    """Read one text a line, write what the ear makes of it as one JSON object a line."""
    set_up("warning")
    ear = open_ear(release)
    for _, text in lines_in():
        write_json(as_json(text, ear.understand(text)))


def evaluate(
    file: Annotated[Path, typer.Argument(help="text<TAB>intent[<TAB>weight], a line each.")],
    release: ReleaseOption = "",
    json: JsonOption = False,  # noqa: FBT002  (a flag of the command line)
) -> None:
    """Measure the ear on labelled sentences: accuracy, top-3, macro-F1, answered, wrong."""
    set_up("warning")
    rows = read_rows(file)  # before the seconds that the ear takes
    report = measured(open_ear(release), rows)
    if json:
        write_json(
            {
                "accuracy": report.accuracy,
                "top3": report.top3,
                "macro_f1": report.macro_f1,
                "answered": report.answered,
                "wrong_answered": report.wrong_answered,
            }
        )
    else:
        _show(report)


def ear_bench(
    train: Annotated[Path, typer.Option(help="text<TAB>label, to learn from.")],
    test: Annotated[Path, typer.Option(help="text<TAB>label, to measure on.")],
) -> None:
    """Fit the same engine on any labelled set and print what it reaches, as JSON."""
    set_up("warning")
    taught = [Labelled(text=text, intent=label) for text, label, _ in read_rows(train)]
    asked = [Labelled(text=text, intent=label) for text, label, _ in read_rows(test)]
    write_json(asdict(bench(checked(directory(), shipped()), taught, asked)))


def open_ear(release: str) -> Ear:
    """Open the ear of a stored release, or of the content files as they stand."""
    settings = read_settings()
    if release:
        return run(_stored(settings, release))
    with bar("training") as report:
        return shipped_release(settings.home / "models", directory(), report=report).ear()


async def _stored(settings: Settings, wanted: str) -> Ear:
    async with store_opened(settings) as stores:
        id_ = await stores.releases.current() if wanted == "current" else ReleaseId(wanted)
        if id_ is None:
            raise BadInput("no release is current yet: start `bianmin serve` once")
        _, ear = open_release(await stores.releases.load(id_), directory())
        return ear


def read_rows(file: Path) -> list[Row]:
    """Read labelled sentences.

    Raises:
        BadInput: the file cannot be read, or a line has no label; the line is named.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot read {file}: {error}") from error
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise BadInput(f"{file} is empty: write text<TAB>intent, a line each")
    return [_row(file, number, line) for number, line in lines]


def _row(file: Path, number: int, line: str) -> Row:
    fields = line.split("\t")
    try:
        weight = float(fields[2]) if len(fields) > 2 else 1.0
        return fields[0], IntentId(fields[1].strip()), weight
    except (IndexError, ValueError) as error:
        raise BadInput(f"{file}:{number}: write text<TAB>intent[<TAB>weight]") from error


def as_json(text: str, heard: Understanding) -> dict[str, Any]:
    """Write an understanding as the fixed interface has it."""
    best = heard.candidates[0] if heard.candidates else None
    second = heard.candidates[1] if len(heard.candidates) > 1 else None
    slots = heard.slots
    named: dict[str, Any] = {
        "case_number": slots.case_number,
        "id_number": slots.id_number,
        "id_valid": slots.id_valid,
        "phone": slots.phone,
        "place": slots.place,
        "date_text": slots.date_text,
        "people": slots.people,
        "plate": slots.plate,
    }
    return {
        "text": text,
        "intent": best.intent if best else None,
        "aspect": heard.aspect,
        "confidence": round(best.confidence, 4) if best else 0.0,
        "runner_up": second.intent if second else None,
        "sure": heard.sure,
        "danger": heard.danger is not None,
        "slots": {name: value for name, value in named.items() if value is not None},
        "next": heard.next,
    }


def _show(report: Report) -> None:
    table = Table("measure", "value", title="the ear, measured")
    table.add_row("sentences", str(report.rows))
    table.add_row("accuracy (top-1)", f"{report.accuracy:.1%}")
    table.add_row("top-3", f"{report.top3:.1%}")
    table.add_row("macro-F1", f"{report.macro_f1:.1%}")
    table.add_row("answered", f"{report.answered:.1%}")
    table.add_row("wrong when answered", f"{report.wrong_answered:.1%}")
    show_table(table)
    for meant, heard, weight in report.confused[:20]:
        say(f"  {weight:g} × {meant} heard as {heard}")
