"""Followings: a conversation that wants to hear of the warnings for a place, own or the family's.

They are told beside the roster: nobody is counted as informed by being told so.
"""

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


def concerns(informing: Informing, area: AreaCode) -> bool:
    """Say whether an informing is to be told to who follows a place.

    What is meant for certain risks alone is told to all who follow: it names whom it is for.
    """
    target = informing.target
    if target is None or informing.drill:
        return False
    return any(within(area, one) or within(one, area) for one in target.areas)
