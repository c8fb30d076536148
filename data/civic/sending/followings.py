"""Followings: a conversation that wants to hear of the warnings for a place, own or the family's.

They are told beside the roster: nobody is counted as informed by being told so.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data.civic.areas import within
from data.civic.ids import AreaCode, ConversationId
from data.civic.sending.informing import Informing


class Whose(StrEnum):
    """Whose place it is."""

    OWN = "own"
    FAMILY = "family"


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """One conversation and one place."""

    conversation: ConversationId = field(repr=False)
    area: AreaCode
    whose: Whose = Whose.OWN
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who of those that follow a place is told of an informing."""

    informing: int
    areas: tuple[AreaCode, ...]
    since: datetime
    """Whoever has followed since then or longer."""
    told: frozenset[int] = frozenset()
    """A lift or a correction: only who was told one of these; none: everybody."""
    untold: frozenset[int] = frozenset()
    """Nobody who was told one of these: they are sent the correction."""


def concerned(
    informing: Informing, meant: Collection[AreaCode], areas: Iterable[AreaCode]
) -> tuple[AreaCode, ...]:
    """List those of some areas whose followers an informing concerns, in the order of the codes.

    `meant` is where it is told; what is meant for certain risks alone is told to all who follow:
    it names whom it is for. Where it has ended nobody is told.
    """
    return tuple(
        area
        for area in sorted(areas)
        if any(within(area, one) or within(one, area) for one in meant)
        and not informing.has_ended_in(area)
    )
