"""`warn list`, `warn show`, `inform status`, `uninformed`: how it stands, on the command line."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import typer
from rich.table import Table

from bot.commands.operators import operator
from bot.commands.terminal import run, say, show_table
from bot.house import opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.areas import Gazetteer
from data.civic.calendar import local
from data.civic.errors import NotFound
from data.civic.ids import AreaCode, SignalId
from data.civic.people import Role
from data.civic.sending.batches import Gone
from data.civic.sending.rows import RowState, Rung
from data.civic.warning.messages import MessageType
from data.civic.warning.signals import Signal
from handlers.acts import read_informings, read_warnings, uninformed
from handlers.acts.in_force import InForce
from handlers.acts.uninformed import Level, Uninformed
from handlers.received import title_of

Number = Annotated[int, typer.Argument(help="As `inform list` names it.", min=1, max=(1 << 23) - 1)]
Purpose = Annotated[str, typer.Option(help="Why the names are looked at: kept in the audit log.")]
Village = Annotated[str, typer.Option(help="12 digits; without it only counts are shown.")]
Drill = Annotated[bool, typer.Option("--drill", help="What is in force in a drill.")]

app = typer.Typer(help="Warnings in force.", no_args_is_help=True)
inform = typer.Typer(help="How far an informing is.", no_args_is_help=True)


@app.command("list")
def list_warnings(drill: Drill = False) -> None:  # noqa: FBT002  (a flag of the command line)
    """List what is in force, and which feeds are silent."""
    set_up("warning")
    run(_list(drill=drill))


@app.command()
def show(signal: Annotated[str, typer.Argument(help="As `warn list` names it.")]) -> None:
    """Show one warning: every message of it, in the order sent."""
    set_up("warning")
    run(_show(SignalId(signal)))


@inform.command("list")
def list_informings() -> None:
    """List the informings of the county, the newest first, with their numbers."""
    set_up("warning")
    run(_list_informings())


@inform.command()
def status(number: Number) -> None:
    """Show how far an informing is, by state and by way."""
    set_up("warning")
    run(_status(number))


def uninformed_people(
    number: Number,
    village: Village = "",
    purpose: Purpose = "",
) -> None:
    """Count who is not informed, village by village; with --village name them, door by door."""
    set_up("warning")
    run(_names(number, AreaCode(village), purpose) if village else _counts(number))


async def _list(*, drill: bool) -> None:
    async with opened(read_settings()) as house:
        office = house.office()
        found = await read_warnings.overview(office, operator(office, Role.DUTY), drill=drill)
        _tell_signals(found.in_force, office.release.places)
        _tell_silence(found.in_force)
        _tell_doubts(found.in_force)


def _tell_signals(here: InForce, places: Gazetteer) -> None:
    if not here.signals:
        say("nothing is in force" if here.quiet else "no signal is in force that has arrived")
        return
    table = Table("signal", "colour", "issuer", "sent", "areas", "headline")
    for one in here.signals:
        table.add_row(
            one.signal.id,
            one.colour,
            one.message.sender,
            f"{local(one.message.sent):%Y-%m-%d %H:%M}",
            ", ".join(places.name(area) for area in sorted(one.signal.named)),
            one.message.headline,
        )
    show_table(table)


def _tell_silence(here: InForce) -> None:
    if here.silence is None:
        return
    if not here.silence.feeds:
        say("no feed is configured: nobody may say that there is no warning; ask the observatory")
        return
    heard = here.silence.last_heard
    since = f"last heard {local(heard):%Y-%m-%d %H:%M}" if heard else "never heard"
    say(f"silent: {', '.join(here.silence.feeds)}, {since}; telephone the observatory")


def _tell_doubts(here: InForce) -> None:
    """Say what else forbids to say that there is no warning."""
    for one in here.coming:
        say(f"takes effect {local(one.message.effective):%Y-%m-%d %H:%M}: {one.message.headline}")
    for one in here.expired:
        say(f"has run out and was not lifted: {one.message.headline}")
    if here.unsettled:
        say(f"a message waits since {local(here.unsettled):%Y-%m-%d %H:%M}: decide in the console")


async def _show(id_: SignalId) -> None:
    async with opened(read_settings()) as house:
        signal = await house.stores.signals.get(id_)
        if signal is None:
            raise NotFound(f"there is no signal {id_}: bianmin warn list names those in force")
        _tell_steps(signal, house.office().release.places)


def _tell_steps(signal: Signal, places: Gazetteer) -> None:
    for step in signal.steps:
        message = step.message
        colour = "" if message.type is MessageType.CANCEL else f" {message.colour}"
        say(f"{local(message.sent):%Y-%m-%d %H:%M} {message.type}{colour}: {message.headline}")
        say(f"  {message.sender} · {', '.join(places.name(area) for area in step.areas)}")
        say(f"  {message.description}")


async def _status(number: int) -> None:
    async with opened(read_settings()) as house:
        office = house.office()
        staff = operator(office, Role.DUTY)
        found = await read_informings.progress(office, staff, number, level=Level.COUNTY)
        total = found.board.total
        informing = found.board.informing
        say(f"informing {number}: {informing.kind}, {informing.state}, {total.people} people")
        table = Table("state", "people")
        for state in RowState:
            if count := total.states.get(state, 0):
                table.add_row(state.name.lower(), str(count))
        if total.to_come:
            table.add_row("waiting", str(total.to_come))
        show_table(table)
        _tell_ways(found.by_way)
        say(f"not informed: {total.uninformed}")


def _tell_ways(by_way: Mapping[Rung, Gone]) -> None:
    """Say how often each way was gone, and how often it came to nothing."""
    sent = {rung: gone.sent for rung, gone in by_way.items() if gone.sent}
    refused = {rung: gone.refused for rung, gone in by_way.items() if gone.refused}
    nobody = refused.pop(Rung.DOOR, 0)
    say(f"sent: {_listed(sent) or 'nothing yet'}")
    if refused:
        say(f"not taken: {_listed(refused)}")
    if nobody:
        say(f"door: nobody answers for the grid of {nobody}; name a worker in the console")


def _listed(counts: Mapping[Rung, int]) -> str:
    return ", ".join(f"{rung.name.lower()} {count}" for rung, count in counts.items())


async def _counts(number: int) -> None:
    async with opened(read_settings()) as house:
        office = house.office()
        staff = operator(office, Role.DUTY)
        board = await uninformed.board(office, staff, number, level=Level.VILLAGE)
        table = Table("code", "village", "people", "not informed", "with a worker")
        for line in board.lines:
            name = office.release.places.full_name(line.area)
            numbers = (line.people, line.uninformed, line.with_worker)
            table.add_row(line.area, name, *(str(one) for one in numbers))
        show_table(table)
        say(f"{board.total.uninformed} of {board.total.people} people are not informed")


async def _list_informings() -> None:
    async with opened(read_settings()) as house:
        office = house.office()
        found = await read_informings.listed(office, operator(office, Role.DUTY))
        table = Table("number", "begun", "kind", "state", "planned", "says")
        for one in found:
            begun, said = f"{local(one.created_at):%Y-%m-%d %H:%M}", title_of(one)
            table.add_row(str(one.id), begun, one.kind, one.state, str(one.planned), said)
        if found:
            show_table(table)
        say(f"{len(found)} informings" if found else "nobody has been informed of anything yet")


async def _names(number: int, village: AreaCode, purpose: str) -> None:
    async with opened(read_settings()) as house:
        office = house.office()
        found = await uninformed.names(
            office, operator(office, Role.DUTY), number, village=village, purpose=purpose
        )
        _tell_doors(found)


def _tell_doors(found: Iterable[Uninformed]) -> None:
    table = Table("door", "name", "telephone", "state")
    people = list(found)
    for one in people:
        table.add_row(
            one.household.address if one.household else "",
            one.person.name if one.person else "taken off the roster",
            (one.person.phone or "none") if one.person else "",
            one.row.state.name.lower(),
        )
    if people:
        show_table(table)
    say(f"{len(people)} people are not informed")
