"""`audit verify`: is the chain of deeds whole?"""

import typer

from bot.commands.terminal import run, say
from bot.house import store_opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.errors import BadInput
from handlers.acts.verify_audit import verify as verify_chain

app = typer.Typer(help="Who did what, chained by hashes.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `verify` a command of its own, also while it is the only one."""


@app.command()
def verify() -> None:
    """Check every entry of the audit log against the one before it."""
    set_up("warning")
    run(_verify())


async def _verify() -> None:
    async with store_opened(read_settings()) as stores:
        count, broken = await verify_chain(stores.audit)
    if broken is not None:
        raise BadInput(
            f"the audit log is broken at entry {broken} of {count}: it was changed, removed or "
            "moved; keep the database as it is and compare it with the backups"
        )
    say(f"the audit log is whole: {count} entries")
