"""People and households on the roster: what is kept of each, on which ground, and until when."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from data.civic.ids import AreaCode, ConversationId, GridId, HouseholdId, PersonId
from data.civic.risks import RiskTag
from data.civic.safety.grounds import Basis
from data.civic.shapes import Point

MOST_IDS = 1 << 40
"""Handles of people and households lie between 0 and this; rows of a warning build on it."""
KEPT = timedelta(days=730)
"""How long an entry is kept after it was last checked: two seasons."""
FRESH = timedelta(days=365)
"""How long a check counts: rosters are gone through before every season."""
GROWN_UP = 14
"""Years from which somebody may speak for oneself. Source: PIPL Art. 28 and 31."""

MOBILE = re.compile(r"1\d{10}")


class Rung(StrEnum):
    """How somebody can be reached, from the quickest way to the surest."""

    CHAT = "chat"
    SMS = "sms"
    VOICE = "voice"
    """A telephone that takes no text messages."""
    DOOR = "door"
    """No telephone at all: somebody must knock."""


class Mobility(StrEnum):
    """How somebody gets about, which decides who comes and with what."""

    WALKS = "walks"
    SUPPORTED = "supported"
    """Walks with somebody's arm."""
    WHEELCHAIR = "wheelchair"
    BEDRIDDEN = "bedridden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """Somebody of the family who may be told and may answer in a person's place."""

    name: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person; the name, the telephone and all that stands beside them are sealed at rest."""

    id: PersonId
    household: HouseholdId
    village: AreaCode
    grid: GridId | None = None
    name: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)
    phone_hash: str | None = field(default=None, repr=False)
    """Keyed, for finding and comparing: `identity.phone_hash`."""
    id_hash: str | None = field(default=None, repr=False)
    """Of the ID number, which is kept nowhere: `identity.id_hash`."""
    id_last4: str = field(default="", repr=False)
    home: Point | None = field(default=None, repr=False)
    tags: frozenset[RiskTag] = frozenset()
    mobility: Mobility = Mobility.WALKS
    language: str = ""
    """What is spoken at the door: a dialect or a foreign language."""
    has_smartphone: bool = False
    conversation: ConversationId | None = field(default=None, repr=False)
    """Bound by the citizen's own registration in the chat."""
    born_year: int | None = field(default=None, repr=False)
    proxies: tuple[Proxy, ...] = ()
    temporary_until: date | None = None
    """Guests, workers and the widened: the last day on which the entry stands."""
    checked_on: date
    """When somebody last asked whether all of this is so."""
    notice_version: str
    """Which notice told the person what is kept and why."""
    basis: Basis
    purge_on: date
    """On this day the entry is deleted."""
    synthetic: bool = False
    """Made up for a drill or a bench: nobody's."""
    version: int = 0

    @property
    def lives_alone(self) -> bool:
        """Say whether nobody of the household could pass a warning on."""
        return RiskTag.LIVING_ALONE in self.tags

    @property
    def reach(self) -> Rung:
        """Tell the first rung of the ladder that can reach this person."""
        if self.conversation:
            return Rung.CHAT
        if self.phone is None:
            return Rung.DOOR
        return Rung.SMS if MOBILE.fullmatch(self.phone) else Rung.VOICE

    def is_child(self, today: date) -> bool:
        """Say whether only a guardian may speak for this person; unknown is grown up."""
        return self.born_year is not None and today.year - self.born_year < GROWN_UP

    def is_stale(self, today: date) -> bool:
        """Say whether the entry has not been checked since the last season."""
        return today - self.checked_on > FRESH


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People who share a door: one answer is an answer for all of them."""

    id: HouseholdId
    village: AreaCode
    key: str | None = field(default=None, repr=False)
    """Keyed hash of the village and the number by which clerks know it (户号)."""
    number: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    """How the grid worker finds the door; sealed at rest."""
    purge_on: date


def purge_day(checked_on: date, temporary_until: date | None) -> date:
    """Tell the day on which an entry is deleted unless somebody checks it again."""
    if temporary_until is not None:
        return temporary_until + timedelta(days=1)
    return checked_on + KEPT
