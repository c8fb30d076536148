"""Colours are worked out when somebody asks: what is in force, where people are, who is marked.

Nothing here says who may ask: that stands in the acts.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.civic.ids import AreaCode, EventId, PersonId
from data.civic.risks import RiskTag
from data.civic.safety.colours import Colouring, Palette, Seen, Subject
from data.civic.safety.holding import deadline, rule_steps
from data.civic.safety.marks import Mark, MarkKind
from data.civic.safety.progress import Known
from data.civic.safety.rosters import Person
from data.civic.safety.since import since
from data.civic.safety.situation import Situation
from data.civic.safety.whereabouts import Standing, Step, fold
from data.civic.warning.events import Event
from data.civic.warning.unsettled import unsettled
from handlers.office import Office
from handlers.waiting_messages import waiting_messages

MOST, MOST_RETURNS = 1_000, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What is in force, and the events that go on: of a drill, or in earnest."""

    situation: Situation
    events: Mapping[EventId, Event]

    @property
    def ids(self) -> tuple[EventId, ...]:
        """Name the events."""
        return tuple(self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """What is known of one person without opening what is sealed."""

    person: PersonId
    village: AreaCode
    tags: frozenset[RiskTag]

    @classmethod
    def of(cls, person: Person) -> "Resident":
        """Take what counts of a person."""
        return cls(person=person.id, village=person.village, tags=person.tags)


async def now_of(office: Office, *, drill: bool = False) -> Now:
    """Gather what is in force now."""
    at, stores = office.clock.now(), office.stores
    signals, responses, events, feeds, waiting = await asyncio.gather(
        stores.signals.lasting(at, drill=drill, limit=MOST),
        stores.responses.alive(drill=drill, limit=MOST),
        stores.events.alive(drill=drill, limit=MOST),
        stores.feeds.configured(),
        waiting_messages(office, at, drill=drill),
    )
    orders = [one for event in events for one in await stores.orders.of(event.id, MOST)]
    returns = [one for event in events for one in await stores.returns.of(event.id, MOST_RETURNS)]
    situation = Situation(
        at=at,
        signals=tuple(sorted(signals, key=lambda one: one.id)),
        responses=tuple(sorted(responses, key=lambda one: one.id)),
        orders=tuple(sorted(orders, key=lambda one: one.id)),
        returns=tuple(sorted(returns, key=lambda one: one.id)),
        feeds=tuple(sorted(feeds, key=lambda one: one.feed.id)),
        unsettled=unsettled(waiting, feeds, at),
    )
    return Now(situation=situation, events={one.id: one for one in events})


async def colouring_of(office: Office, person: Person, now: Now) -> Colouring:
    """Work out the colour of one person's code."""
    return (await coloured(office, person, now))[0]


async def coloured(office: Office, person: Person, now: Now) -> tuple[Colouring, datetime | None]:
    """Work out the colour of one person's code, and since when it is so."""
    steps = await office.stores.whereabouts.of_person(person.id, now.ids)
    marks = await office.stores.marks.of_person(person.id, now.ids)
    resident = Resident.of(person)
    subject = subject_of(resident, now, steps, marks)
    colouring = Palette(now.situation, office.release.rules.colours).colour_of(subject)
    standing = standing_in(resident, now.situation, steps)
    moved_at = standing.last.at if standing.last and standing.moved else None
    live = [one.at for one in marks if one.live and one.event in now.events]
    begun = since(colouring, now.situation, moved_at=moved_at, marked_at=max(live, default=None))
    return colouring, begun


def subject_of(
    resident: Resident, now: Now, steps: Sequence[Step], marks: Sequence[Mark]
) -> Subject:
    """Say what counts of a person for the colour."""
    kinds: frozenset[MarkKind] = frozenset(
        one.kind for one in marks if one.live and one.event in now.events
    )
    standing = standing_in(resident, now.situation, steps)
    return Subject(
        village=resident.village,
        tags=resident.tags,
        whereabouts=frozenset({Seen.of(standing)}) if steps else frozenset(),
        marks=kinds,
    )


def standing_in(resident: Resident, situation: Situation, steps: Iterable[Step]) -> Standing:
    """Fold what is recorded of a person, and what orders and returns say, of all events that go on.

    Nobody is in two places: who was seen somewhere in one event is there in every other as well.
    """
    by_rule = rule_steps(
        situation.orders,
        situation.returns,
        person=resident.person,
        home=resident.village,
        tags=resident.tags,
    )
    return fold([*by_rule, *steps]).standing


def known(event: EventId, resident: Resident, situation: Situation, steps: Iterable[Step]) -> Known:
    """Say where one person is, whether an event's orders hold them, and by when they must leave."""
    orders = [one for one in situation.orders if one.event == event]
    return Known(
        person=resident.person,
        standing=standing_in(resident, situation, steps),
        orders=frozenset(one.id for one in orders),
        deadline=deadline(orders, resident.village, resident.tags),
    )
