"""The command line `bianmin`: every command says what it did, or what is wrong and what to do."""

import sys
from typing import NoReturn

import structlog
import typer
from rich.console import Console
from typer.exceptions import TyperException

from bot.commands import (
    audit,
    backup,
    check,
    codes,
    content,
    converse,
    demo,
    drill,
    ear,
    feeds,
    guides,
    keys,
    purge,
    roster,
    serve,
    staff,
    tryout,
    warn,
    work,
)
from data.civic.errors import BianminError, Mistakes

app = typer.Typer(
    name="bianmin",
    help="便民: the back end of a county's mini-program and its citizen chat assistant.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(serve.serve)
app.command()(work.work)
app.command()(demo.demo)
app.command()(drill.drill)
app.command()(check.check)
app.command()(ear.understand)
app.command()(ear.evaluate)
app.command("ear-bench")(ear.ear_bench)
app.command()(converse.converse)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(purge.purge)
app.command()(tryout.tryout)
app.add_typer(staff.app, name="staff")
app.add_typer(audit.app, name="audit")
app.add_typer(keys.app, name="keys")
app.add_typer(codes.app, name="codes")
app.add_typer(guides.app, name="guides")
app.add_typer(content.app, name="content")
app.add_typer(feeds.app, name="feeds")
app.add_typer(roster.app, name="roster")
app.add_typer(warn.app, name="warn")
app.add_typer(warn.inform, name="inform")
app.command("uninformed")(warn.uninformed_people)

log = structlog.get_logger()
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def main() -> NoReturn:
    """Run one command; an error becomes words on standard error and a non-zero exit code."""
    try:
        app(standalone_mode=False)
    except typer.Exit as ended:
        sys.exit(ended.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        errors.print("stopped")
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(141)
    except Mistakes as error:
        errors.print(f"{len(error.mistakes)} mistake(s):\n{error}")
        sys.exit(2)
    except BianminError as error:
        errors.print(str(error))
        sys.exit(1)
    except TyperException as error:
        errors.print(f"{error.format_message()}\nSee: bianmin --help")
        sys.exit(error.exit_code)
    except Exception as error:
        log.exception("command failed")
        errors.print(f"unexpected: {type(error).__name__}: {error}")
        sys.exit(70)
    sys.exit(0)
