"""`staff add`, `password`, `reset-second`, `list`, `token`: who works here."""

import sys
from typing import Annotated

import typer
from rich.table import Table

from bot.commands import tokens
from bot.commands.terminal import run, say, show_table
from bot.house import opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.errors import BadInput, NotFound
from data.civic.ids import AreaCode
from data.civic.people import Role
from handlers.acts import second_factor, staff_accounts

ACTOR = "command line"

app = typer.Typer(help="Staff accounts. No account has a default password.", no_args_is_help=True)
app.add_typer(tokens.app, name="token")

Login = Annotated[str, typer.Argument(help="2 to 32 of a-z 0-9 . _ -")]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from stdin.")]


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The person's name, as it stands in the audit log.")],
    roles: Annotated[str, typer.Option(help=",".join(Role))],
    area: Annotated[str, typer.Option(help="Division code; none: the county.")] = "",
    department: Annotated[str, typer.Option(help="The bureau the person works for.")] = "",
    password_stdin: Stdin = False,  # noqa: FBT002  (a flag of the command line)
) -> None:
    """Add a member of staff; the password is asked for, or read from standard input."""
    set_up("warning")
    wanted = staff_accounts.roles_from(roles.split(","))
    run(
        _add(
            login=login,
            name=name,
            roles=wanted,
            area=area,
            department=department,
            password=_password(from_stdin=password_stdin),
        )
    )


@app.command()
def password(login: Login, password_stdin: Stdin = False) -> None:  # noqa: FBT002
    """Give somebody a new password; open sessions end."""
    set_up("warning")
    run(_set(login, _password(from_stdin=password_stdin)))


@app.command("reset-second")
def reset_second(login: Login) -> None:
    """Take away the second factor of one who lost telephone and recovery codes; sessions end."""
    set_up("warning")
    run(_reset_second(login))


@app.command("list")
def list_all() -> None:
    """List all members of staff."""
    set_up("warning")
    run(_list())


async def _list() -> None:
    table = Table("login", "name", "roles", "area", "department", "active")
    async with opened(read_settings()) as house:
        for one in await house.stores.staff.list():
            roles = ", ".join(sorted(one.roles))
            active = "yes" if one.active else "no"
            table.add_row(one.login, one.name, roles, one.area, one.department, active)
    if table.row_count:
        show_table(table)
    else:
        say("nobody yet: bianmin staff add LOGIN --name … --roles agent,editor")


async def _add(
    *, login: str, name: str, roles: frozenset[Role], area: str, department: str, password: str
) -> None:
    async with opened(read_settings()) as house:
        office = house.office()
        new = staff_accounts.NewStaff(
            login=login,
            name=name,
            roles=roles,
            area=AreaCode(area or office.release.places.county),
            department=department,
            password=password,
        )
        staff = await staff_accounts.add(office, new, by=ACTOR)
    say(f"added {staff.login} ({', '.join(sorted(staff.roles))}) for area {staff.area}")


async def _set(login: str, password: str) -> None:
    async with opened(read_settings()) as house:
        await staff_accounts.set_password(house.office(), login, password, by=ACTOR)
    say(f"{login} has a new password; sessions that were open have ended")


async def _reset_second(login: str) -> None:
    async with opened(read_settings()) as house:
        staff = await house.stores.staff.by_login(login)
        if staff is None:
            raise NotFound(f"nobody has the login {login}: see bianmin staff list")
        await second_factor.reset(house.office(), staff, by=ACTOR)
    say(f"{login} signs in with the password alone, and can add an app again")


def _password(*, from_stdin: bool) -> str:
    """Take the password without showing it.

    Raises:
        BadInput: nobody is there to ask, and none comes from standard input.
    """
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadInput("no terminal to ask for the password: use --password-stdin")
    return str(typer.prompt("password", hide_input=True, confirmation_prompt=True))
