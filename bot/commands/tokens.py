"""`staff token make`, `list`, `revoke`: keys of staff to the API, for their own programs."""

from datetime import timedelta
from typing import Annotated

import typer
from rich.table import Table

from bot.commands.terminal import run, say, show_table
from bot.house import opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.calendar import local
from handlers.acts import api_tokens

ACTOR = "command line"

app = typer.Typer(
    help="Keys to /api/v1/staff. A key may what its holder may.", no_args_is_help=True
)

Login = Annotated[str, typer.Argument(help="Whose key.")]
Name = Annotated[str, typer.Option(help="What the key is for.")]


@app.command()
def make(
    login: Login,
    name: Name,
    days: Annotated[int, typer.Option(help="How long it lasts, at most 366.")] = 90,
) -> None:
    """Make a key and show it, this once."""
    set_up("warning")
    run(_make(login, name, days))


@app.command("list")
def list_all(login: Login) -> None:
    """List the keys of one member of staff that open something now."""
    set_up("warning")
    run(_list(login))


@app.command()
def revoke(login: Login, name: Name) -> None:
    """Make a key invalid at once."""
    set_up("warning")
    run(_revoke(login, name))


async def _make(login: str, name: str, days: int) -> None:
    async with opened(read_settings()) as house:
        lasts = timedelta(days=days)
        token, made = await api_tokens.make(house.office(), login, name=name, lasts=lasts, by=ACTOR)
    day = local(made.expires_at).date().isoformat()
    say(token)
    say(f"token {made.name!r} of {login}, valid until {day}; it is not shown again")


async def _list(login: str) -> None:
    table = Table("name", "made", "valid until")
    async with opened(read_settings()) as house:
        for one in await api_tokens.valid(house.office(), login):
            days = (local(at).date().isoformat() for at in (one.created_at, one.expires_at))
            table.add_row(one.name, *days)
    if table.row_count:
        show_table(table)
    else:
        say(f"{login} has no valid token: bianmin staff token make {login} --name …")


async def _revoke(login: str, name: str) -> None:
    async with opened(read_settings()) as house:
        gone = await api_tokens.revoke(house.office(), login, name=name, by=ACTOR)
    say(f"token {gone.name!r} of {login} opens nothing any more")
