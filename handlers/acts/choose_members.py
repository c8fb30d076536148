"""Whose a family's code is: who of them has come is ticked, for some stay behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.civic.ids import EventId
from data.civic.safety.rosters import Person
from data.civic.safety.scans import Way
from data.civic.safety.whereabouts import MOVED, Stage, Step, by_person, fold
from data.civic.warning.drills import is_drill
from handlers.office import Office

EVENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of a household before the desk."""

    person: Person = field(repr=False)
    stage: Stage
    """As it is recorded until now."""
    ticked: bool
    """Who is recorded elsewhere is not; who leaves is who is recorded here."""


async def members(
    office: Office, event: EventId, way: Way, shelter: str, people: Sequence[Person]
) -> tuple[Member, ...]:
    """List who lives behind a door, and whom the desk has most likely before it."""
    stores = office.stores
    alive = await stores.events.alive(drill=is_drill(event), limit=EVENTS)
    events = sorted({event, *(one.id for one in alive)})
    steps = by_person(await stores.whereabouts.of_people([one.id for one in people], events))
    return tuple(_member(one, way, shelter, steps[one.id]) for one in people)


def _member(person: Person, way: Way, shelter: str, steps: Sequence[Step]) -> Member:
    standing = fold(steps).standing
    there = standing.last.shelter if standing.last else ""
    here = standing.stage is Stage.SHELTER and there == shelter
    ticked = here if way is Way.OUT else here or standing.stage not in MOVED
    return Member(person=person, stage=standing.stage, ticked=ticked)
