"""`codes keys`, `codes export`, `codes verify`: keys of safety codes, and checking them offline."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table

from bot.body_fields import in_words
from bot.clock import SystemClock
from bot.codewire import KitOut, kit_out
from bot.commands.terminal import lines_in, run, say, show_table, write_json
from bot.house import opened
from bot.logs import set_up
from bot.settings import read_settings
from bot.signing import code_check
from data.civic.calendar import local
from data.civic.errors import BadInput, Mistake, Mistakes
from data.civic.safety.verifying import Keys, Revocations, Verdict, verify
from handlers.acts import code_keys
from handlers.codes import readable

ACTOR = "command line"

app = typer.Typer(help="Safety codes: their keys, and checking them.", no_args_is_help=True)
keys = typer.Typer(help="The key pairs that sign codes.", no_args_is_help=True)
app.add_typer(keys, name="keys")

KitFile = Annotated[Path, typer.Option(help="As `codes export` wrote it.")]
At = Annotated[str, typer.Option(help="The moment to judge at, as 2026-11-22T03:12:00+08:00.")]
Force = Annotated[bool, typer.Option("--force", help="Also where printed codes stop counting.")]


@keys.command("list")
def list_keys() -> None:
    """List the keys that count, the one that signs first, with the printed codes of each."""
    set_up("warning")
    run(_list())


@keys.command()
def rotate(force: Force = False) -> None:  # noqa: FBT002  (a flag of the command line)
    """Make a new key: it signs from now on, the one before counts, the one before that ends."""
    set_up("warning")
    run(_rotate(force=force))


@app.command()
def export(file: Annotated[Path, typer.Argument(help="Where to write it, .json.")]) -> None:
    """Write public keys and revoked codes, dated, for checking without a network."""
    set_up("warning")
    text = run(_export())
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write {file}: {error.strerror}") from error
    say(f"wrote {file}: bianmin codes verify --kit {file} < codes.txt")


@app.command("verify")
def verify_codes(kit: KitFile, at: At = "") -> None:
    """Judge codes, one a line → one JSON object a line; needs no database and no house key.

    The clock of this machine counts as one without a network: what it cannot know it says.
    """
    set_up("warning")
    known, clock = _kit(kit), SystemClock()
    fits = {one.id: code_check(bytes.fromhex(one.public)) for one in known.keys}
    handles = frozenset(int(one, 16) for one in known.revoked)
    listed = Keys(dated=known.at, fits=fits)
    revoked = Revocations(dated=known.at, version=known.version, handles=handles)
    moment = _moment(at) if at else None
    for _, line in lines_in():
        if line.strip():
            now = moment or clock.now()
            write_json(_told(line, verify(line, now, listed, revoked, clock_set=known.at)))


async def _list() -> None:
    table = Table("key", "made", "signs", "printed codes")
    async with opened(read_settings()) as house:
        for place, one in enumerate(await code_keys.listed(house.office())):
            made = f"{local(one.key.made_at):%Y-%m-%d %H:%M}"
            signs = "yes" if place == 0 else "no, still counts"
            table.add_row(f"{one.key.id:04x}", made, signs, str(one.printed))
    show_table(table)


async def _rotate(*, force: bool) -> None:
    async with opened(read_settings()) as house:
        made = await code_keys.rotate(house.office(), by=ACTOR, force=force)
    say(f"key {made.id:04x} signs from now on; devices need it: they fetch it when next online")


async def _export() -> str:
    async with opened(read_settings()) as house:
        return kit_out(await code_keys.kit_of(house.office())).model_dump_json(indent=1) + "\n"


def _kit(file: Path) -> KitOut:
    try:
        return KitOut.model_validate_json(file.read_bytes())
    except OSError as error:
        what = f"cannot be read: {error.strerror}; make it with bianmin codes export"
        raise Mistakes((Mistake(where=str(file), what=what),)) from error
    except ValidationError as error:
        raise Mistakes((Mistake(where=str(file), what=in_words(error)),)) from error


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"no moment {text}: write it as 2026-11-22T03:12:00+08:00") from error
    if at.tzinfo is None:
        raise BadInput("a moment needs its zone, as +08:00")
    return at


def _told(line: str, verdict: Verdict) -> dict[str, object]:
    code = verdict.code
    return {
        "code": line[:12],
        "standing": verdict.standing,
        "why": verdict.why,
        "kind": readable(code.kind) if code else None,
        "handle": f"{code.handle:016x}" if code else None,
        "issued": code.issued.isoformat() if code else None,
        "expires": code.expires.isoformat() if code else None,
        "keys_age_s": int(verdict.keys_age.total_seconds()),
        "revocations_age_s": int(verdict.revocations_age.total_seconds()),
    }
