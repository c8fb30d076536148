"""The colours of all who live in villages: rules are asked once a class, not once a person."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import islice

from data.civic.ids import AreaCode, PersonId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.safety.colours import Colouring, Palette, Subject
from data.civic.safety.marks import Mark
from data.civic.safety.whereabouts import Step
from data.store.risk_classes import RiskClass
from handlers.colouring import Now, Resident, subject_of
from handlers.office import Office

BATCH = 200
"""Villages that are read at a time: some ten thousand people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coloured:
    """People of one village who have the same colour for the same reason."""

    village: AreaCode
    colouring: Colouring
    people: tuple[PersonId, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What is recorded of people one by one: only these are looked at one by one."""

    steps: Mapping[PersonId, Sequence[Step]]
    marks: Mapping[PersonId, Sequence[Mark]]

    def of_any(self, people: Iterable[PersonId]) -> set[PersonId]:
        """Tell of whom something is recorded."""
        return (self.steps.keys() | self.marks.keys()).intersection(people)


async def colours_of(
    office: Office, villages: Sequence[AreaCode], now: Now
) -> AsyncIterator[tuple[Coloured, ...]]:
    """Work out the colours of all who live in villages, some villages at a time."""
    palette = Palette(now.situation, office.release.rules.colours)
    marks = _marks_of(await office.stores.marks.of_events(now.ids))
    async with aclosing(_read(office, villages, now)) as batches:
        async for classes, steps in batches:
            own = _Own(steps=_steps_of(steps), marks=marks)
            yield await asyncio.to_thread(
                lambda some, own: tuple(_coloured(some, palette, now, own)), classes, own
            )


async def _read(
    office: Office, villages: Sequence[AreaCode], now: Now
) -> AsyncGenerator[tuple[list[RiskClass], list[Step]], None]:
    """Read some villages at a time; the server puts the next ones together meanwhile."""
    stores = office.stores

    async def read(batch: Sequence[AreaCode]) -> tuple[list[RiskClass], list[Step]]:
        return await asyncio.gather(
            stores.risk_classes.within(batch), stores.whereabouts.of_villages(batch, now.ids)
        )

    def begun() -> list[asyncio.Task[tuple[list[RiskClass], list[Step]]]]:
        return [asyncio.create_task(read(batch)) for batch in islice(batches, 1)]

    batches = (villages[at : at + BATCH] for at in range(0, len(villages), BATCH))
    coming = begun()
    try:
        while coming:
            found = await coming.pop()
            coming = begun()
            yield found
    finally:
        for one in coming:
            one.cancel()
        await asyncio.gather(*coming, return_exceptions=True)


def counted(coloured: Iterable[Coloured]) -> dict[AreaCode, Counter[CodeColour]]:
    """Count colours village by village."""
    counts: dict[AreaCode, Counter[CodeColour]] = {}
    for one in coloured:
        counts.setdefault(one.village, Counter())[one.colouring.colour] += len(one.people)
    return counts


def _coloured(
    classes: Sequence[RiskClass], palette: Palette, now: Now, own: _Own
) -> Iterator[Coloured]:
    for one in classes:
        for subject, people in _subjects(one, now, own).items():
            yield Coloured(
                village=one.village, colouring=palette.colour_of(subject), people=tuple(people)
            )


def _subjects(one: RiskClass, now: Now, own: _Own) -> dict[Subject, list[PersonId]]:
    """Part a class by what is recorded of its people, mostly nothing."""
    alike, known = Subject(village=one.village, tags=one.tags), own.of_any(one.people)
    found: dict[Subject, list[PersonId]] = defaultdict(list)
    if len(known) < len(one.people):
        found[alike] = [person for person in one.people if person not in known]
    for person in known:
        resident = Resident(person=person, village=one.village, tags=one.tags)
        steps, marks = own.steps.get(person, ()), own.marks.get(person, ())
        found[subject_of(resident, now, steps, marks)].append(person)
    return found


def _steps_of(steps: Iterable[Step]) -> dict[PersonId, list[Step]]:
    found: dict[PersonId, list[Step]] = defaultdict(list)
    for one in steps:
        found[one.person].append(one)
    return found


def _marks_of(marks: Iterable[Mark]) -> dict[PersonId, list[Mark]]:
    found: dict[PersonId, list[Mark]] = defaultdict(list)
    for one in marks:
        if one.live:
            found[one.person].append(one)
    return found
