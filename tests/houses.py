"""A whole house on a test's own database: real release, real ear, real stores."""

from pathlib import Path

from bot.clock import SystemDice, SystemIds
from bot.current import Current
from bot.first_release import Shipped
from bot.frontdesk import FrontDesk
from bot.house import House
from bot.pace import Pace
from bot.reception import Reception
from bot.settings import Settings
from data.civic.ports import Clock, Seal
from data.store.stores import Stores
from handlers.desk import Desk
from handlers.directory import DESKS, directory
from handlers.office import Office
from handlers.switchboard import Switchboard
from intents.search import GuideSearch
from intents.understand import Ear


def house_of(
    stores: Stores,
    shipped: Shipped,
    *,
    clock: Clock,
    seal: Seal,
    home: Path,
    ear: Ear | None = None,
    production: bool = False,
    extra_desks: tuple[Desk, ...] = (),
) -> House:
    """Put a house together; `ear` in place of the trained one, `production` as in earnest."""
    desks = directory((*DESKS, *extra_desks))
    office = Office(
        release=shipped.release,
        ear=ear or _ready(shipped)[0],
        search=_ready(shipped)[1],
        stores=stores,
        clock=clock,
        ids=SystemIds(),
        dice=SystemDice(),
        seal=seal,
        production=production,
    )
    current = Current(office, desks)
    reception = Reception(current, Switchboard(desks))
    return House(
        settings=Settings(home=home),
        stores=stores,
        directory=desks,
        current=current,
        frontdesk=FrontDesk(current, reception, Pace(clock)),
        reception=reception,
        clock=clock,
    )


_READY: dict[str, tuple[Ear, GuideSearch]] = {}
"""Ear and search of each release, opened once a run: they do not change, and are heavy."""


def _ready(shipped: Shipped) -> tuple[Ear, GuideSearch]:
    release = shipped.release
    if release.id not in _READY:
        _READY[release.id] = (shipped.ear(), GuideSearch(release))
    return _READY[release.id]
