"""Moved and listed (应转尽转), village by village, with the two gaps behind the numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import AreaCode, OrderId, PersonId
from data.civic.safety.whereabouts import Stage, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One person of a village, and where the person is."""

    person: PersonId
    standing: Standing
    """In all events that go on."""
    orders: frozenset[OrderId] = frozenset()
    """Of the event that is asked for."""
    deadline: datetime | None = None
    """By when an order that is in force wants the person gone."""

    @property
    def listed(self) -> bool:
        """Say whether an order of the event holds the person."""
        return bool(self.standing.held_by & self.orders)

    @property
    def unlisted(self) -> bool:
        """Say whether the person has left though no order of any event holds them."""
        return self.standing.moved and not self.standing.held_by

    def overdue(self, at: datetime) -> bool:
        """Say whether the person should have left by now."""
        late = self.deadline is not None and self.deadline < at
        return late and self.listed and not self.standing.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One village: every number is the length of a list."""

    village: AreaCode
    listed: int
    moved: int
    """Of those listed."""
    not_moved: tuple[PersonId, ...]
    not_listed: tuple[PersonId, ...]
    """Recorded as moved, though no order covers them."""
    overdue: tuple[PersonId, ...]
    stages: Mapping[Stage, int]
    """Of those listed."""


def progress(village: AreaCode, people: Iterable[Known], at: datetime) -> Progress:
    """Count who of a village has left."""
    everybody = sorted(people, key=lambda one: one.person)
    listed = [one for one in everybody if one.listed]
    return Progress(
        village=village,
        listed=len(listed),
        moved=sum(one.standing.moved for one in listed),
        not_moved=tuple(one.person for one in listed if not one.standing.moved),
        not_listed=tuple(one.person for one in everybody if one.unlisted),
        overdue=tuple(one.person for one in listed if one.overdue(at)),
        stages=Counter(one.standing.stage for one in listed),
    )
