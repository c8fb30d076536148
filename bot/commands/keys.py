"""`keys make`: make the house key, once, where an installation begins."""

import typer

from bot.commands.terminal import say
from bot.keys import house_key
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.errors import Conflict

app = typer.Typer(help="The house key: back it up, it cannot be made again.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `make` a command of its own, also while it is the only one."""


@app.command()
def make() -> None:
    """Make the house key; refused where one stands."""
    set_up("warning")
    place = read_settings().house_key
    if place.exists():
        raise Conflict(f"a house key stands at {place} already: nothing was changed")
    house_key(place, make=True)
    say(f"made the house key {place}: copy it to a safe place, backups are useless without it")
