"""Whom a warning or an order is meant for, and how many they are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from data.civic.areas import within
from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.risks import RiskTag
from data.civic.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Everybody in one of the areas or shapes; with tags, only those who bear one of them.

    Raises:
        BadInput: it means nobody.
    """

    areas: tuple[AreaCode, ...] = ()
    tags: frozenset[RiskTag] = frozenset()
    shapes: tuple[Shape, ...] = ()

    def __post_init__(self) -> None:
        if not (self.areas or self.shapes):
            raise BadInput("no area and no shape: say whom it is meant for")

    def names(self, village: AreaCode) -> bool:
        """Say whether one of the areas holds a village wholly."""
        return any(within(village, area) for area in self.areas)


def overlap(some: Iterable[AreaCode], others: Collection[AreaCode]) -> tuple[AreaCode, ...]:
    """Tell the areas that lie in one of each, none in another of them."""
    both = [
        one if within(one, other) else other
        for one in some
        for other in others
        if within(one, other) or within(other, one)
    ]
    return tuple(
        one
        for one in dict.fromkeys(both)
        if not any(within(one, other) and one != other for other in both)
    )


class VillageReach(NamedTuple):
    """How many of one village are meant; a preview makes thousands of them."""

    village: AreaCode
    people: int
    without_phone: int
    without_worker: int
    """People for whom no grid worker answers."""
    border: bool = False
    """A shape cuts through the village: who lives inside is settled person by person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many are meant, and how many of them a message alone will not find."""

    people: int
    without_phone: int
    without_worker: int
    by_village: tuple[VillageReach, ...]
    unsettled: int = 0
    """People in villages on the border who were counted by their village, not one by one."""

    @classmethod
    def of(cls, villages: Iterable[VillageReach], *, unsettled: int = 0) -> "Reach":
        """Add villages up; those of which nobody is meant are left out."""
        rows = tuple(sorted((one for one in villages if one.people), key=lambda one: one.village))
        return cls(
            people=sum(one.people for one in rows),
            without_phone=sum(one.without_phone for one in rows),
            without_worker=sum(one.without_worker for one in rows),
            by_village=rows,
            unsettled=unsettled,
        )
