"""`purge`: what would be destroyed, and when; with --carry-out, what is due is."""

from typing import Annotated

import typer
from rich.table import Table

from bot.backups.renewing import renew_keyring
from bot.commands.terminal import run, say, show_table
from bot.house import opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.safety.aftermath import Deletion
from data.civic.sending.informing import Informing
from data.store.mongo import WORKERS_MS
from handlers.acts.purge_events import Due, freeze_closed, purge_due, standing
from handlers.acts.purge_old import still_warned
from handlers.acts.purge_rosters import purge_due as purge_rosters


def purge(
    carry_out: Annotated[  # noqa: FBT002  (a flag of the command line)
        bool, typer.Option("--carry-out", help="Destroy what is due; else nothing is changed.")
    ] = False,
) -> None:
    """List events whose personal data stands, until when, and who holds it."""
    set_up("warning")
    if not carry_out:
        due, warned = run(_standing())
        _tell(due)
        _tell_warned(warned)
        return
    people, records = run(_carry_out())
    for one in records:
        counts = ", ".join(f"{name} {count}" for name, count in one.counts.items() if count)
        say(f"destroyed {one.event}: {counts or 'nothing was left'}; record {one.id} is signed")
    say(f"{len(records)} events purged, {people} people taken off the roster")


async def _standing() -> tuple[list[Due], list[Informing]]:
    async with opened(read_settings(), timeout_ms=WORKERS_MS) as house:
        office, days = house.office(), house.settings.purge_after_days
        return await standing(office), await still_warned(office, days=days)


async def _carry_out() -> tuple[int, list[Deletion]]:
    async with opened(read_settings(), timeout_ms=WORKERS_MS) as house:
        office = house.office()
        days = house.settings.purge_after_days
        await freeze_closed(office, days=days)
        done = await purge_due(office, days=days), await purge_rosters(office)
        await renew_keyring(house.settings, house.stores, at=house.clock.now())
        return done[1], done[0]


def _tell(due: list[Due]) -> None:
    if not due:
        say("nothing stands: no closed event has personal data")
        return
    table = Table("event", "name", "state", "until", "held by", "papers")
    for one in due:
        hold = next((h for h in one.file.holds if h.ended_at is None), None)
        papers = ", ".join(f"{name} {count}" for name, count in one.papers.items() if count)
        holder = (hold.approved_by or f"{hold.asked_by} (asked)") if hold else ""
        table.add_row(
            one.file.id, one.name, one.file.state, str(one.file.purge_on), holder, papers or "none"
        )
    show_table(table)
    say("nothing was changed: bianmin purge --carry-out destroys what is due")


def _tell_warned(informings: list[Informing]) -> None:
    for one in informings:
        told = f"who was told by informing {one.id} stays"
        say(f"{told}: warning {one.event} is in force, and its lift goes to them")
