"""The office: everything that desks and acts are given, in one frozen bundle."""

from dataclasses import dataclass

from data.civic.knowing.releases import Release
from data.civic.ports import Clock, Dice, Ids, Seal
from data.store.stores import Stores
from intents.search import GuideSearch
from intents.understand import Ear


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The release that is current now, the ear that goes with it, the stores and the ports."""

    release: Release
    ear: Ear
    search: GuideSearch
    stores: Stores
    clock: Clock
    ids: Ids
    dice: Dice
    seal: Seal
    production: bool
    """In production what no department has adopted is shown as not stated."""
