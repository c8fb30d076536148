"""After the event: freeze its file, and, when the day has come, destroy all that is personal in it.

The keys of the people's names go first, so that who dies half-way has named nobody; the numbers
are kept, the record of deletion is signed, and the chain of the audit log stands as it was.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from data.civic.ids import AreaCode, EventId, PersonId
from data.civic.safety import aftermath, relief
from data.civic.safety.aftermath import (
    LEAST_DAYS,
    Deletion,
    EventFile,
    FileState,
    Numbers,
    Stood,
    signed,
)
from data.civic.safety.credentials import Holder
from data.civic.safety.identity import named
from data.civic.safety.whereabouts import Stage, Step, fold
from data.civic.warning.events import Event
from data.store.archive import event_key, informing_key
from handlers.acts.note import note
from handlers.acts.purge_old import purge_old
from handlers.acts.unpurged import NEWEST, told_in, unpurged, warned_until
from handlers.office import Office

SYSTEM = "system"
SWEPT = 20
"""Purged events that are looked at again: a telephone may bring a scan weeks later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One event whose data stands, and what would go."""

    file: EventFile
    name: str
    papers: dict[str, int]


async def freeze_closed(office: Office, *, days: int) -> list[EventFile]:
    """Open the file of every event that the chief has closed. Idempotent."""
    stores, made = office.stores, []
    for event in await stores.events.newest(NEWEST):
        if event.closed_at is None or await stores.event_files.get(event.id) is not None:
            continue
        file = await stores.event_files.add(aftermath.begin(event.id, event.closed_at, days=days))
        await note(office, SYSTEM, "event.freeze", event.id, f"until {file.purge_on}")
        made.append(file)
    return made


async def standing(office: Office) -> list[Due]:
    """List the events whose personal data stands, the first due first, with what there is."""
    found = []
    for file in await office.stores.event_files.unfinished():
        event = await office.stores.events.get(file.id)
        papers = await _counts(office, file.id)
        found.append(Due(file=file, name=event.name if event else file.id, papers=papers))
    return found


async def purge_due(office: Office, *, days: int) -> list[Deletion]:
    """Destroy what is due, finish what was begun, and sweep what came late. Idempotent.

    What is of no event goes when it is `days` old.
    """
    now = office.clock.now()
    due = [one for one in await office.stores.event_files.unfinished() if one.due(now)]
    done = [made for one in due if (made := await purge(office, one)) is not None]
    for file in await office.stores.event_files.newest(SWEPT):
        if file.state is FileState.PURGED and await _left(office, file.id):
            await destroy(office, file.id)
    gone = await purge_old(office, days=days)
    if any(gone.values()):
        await note(office, SYSTEM, "papers.purge", "papers", f"{sum(gone.values())} papers")
    return done


async def purge(office: Office, file: EventFile) -> Deletion | None:
    """Destroy the data of one event; None: somebody holds it by now, or it is gone already."""
    stores = office.stores
    if file.kept is None:
        kept = await _numbers(office, file.id)
        file = await stores.event_files.change(
            file.id, lambda one: aftermath.start_purge(one, kept, office.clock.now())
        )
    if file.state is not FileState.PURGING:
        return None
    _, keys = await destroy(office, file.id)
    papers = dict(file.kept.papers) if file.kept else {}
    record = Deletion(
        id=f"event-{file.id}",
        event=file.id,
        at=office.clock.now(),
        counts={**papers, "keys": keys},
        why=f"the event was closed on {file.closed_at:%Y-%m-%d}, its data is kept until "
        f"{file.purge_on}",
    )
    made = await stores.deletions.add(signed(record, office.seal.sign))
    await note(office, SYSTEM, "event.purge", file.id, f"{sum(papers.values())} papers")
    await stores.event_files.change(
        file.id, lambda one: aftermath.end_purge(one, office.clock.now())
    )
    return made


async def destroy(office: Office, event: EventId) -> tuple[dict[str, int], int]:
    """Destroy an event's papers, and the keys of those in no other; tell the counts of both.

    Who was told of a warning that another event holds, too, stands until that one is purged; of
    one that is in force, until its lift has been told.
    Idempotent; a restored backup runs it for every record it finds.
    """
    stores, others = office.stores, await _others(office, event)
    informings = await _own(office, event, others)
    names = await _names(office, event, informings)
    for other in others:
        names -= await _names(office, other.id, await told_in(office, other))
    own = (informing_key(one) for one in informings)
    keys = await stores.handles.destroy([event_key(event), *own, *names])
    gone = await stores.papers.destroy(event, sorted(informings))
    await stores.doors.forget(event)
    await stores.stays.recount()
    return gone, keys


async def _left(office: Office, event: EventId) -> bool:
    informings = await _own(office, event, await _others(office, event))
    return any((await office.stores.papers.counts(event, sorted(informings))).values())


async def _own(office: Office, event: EventId, others: Sequence[Event]) -> set[int]:
    """Name the informings of an event that none of the others holds, and whose warning is over."""
    found = await told_in(office, await _over(office, await office.stores.events.get(event)))
    for other in others if found else ():
        found -= await told_in(office, other)
    return found


async def _over(office: Office, event: Event | None) -> Event | None:
    """Take out of an event its warnings that go on; one that ended has days to tell its lift."""
    since = office.clock.now() - timedelta(days=LEAST_DAYS)
    ends = {id_: await warned_until(office, id_) for id_ in event.signals} if event else {}
    over = tuple(id_ for id_, at in ends.items() if at is None or at < since)
    return replace(event, signals=over) if event else None


async def _names(office: Office, event: EventId, informings: Collection[int]) -> set[str]:
    """Name everybody of whom there is a paper in an event, as the audit log does."""
    papers = office.stores.papers
    people = await papers.people(event, sorted(informings))
    doors = await papers.households(event)
    return {*map(named, people), *(str(Holder(household=one)) for one in doors)}


async def _counts(office: Office, event: EventId) -> dict[str, int]:
    informings = await told_in(office, await office.stores.events.get(event))
    return await office.stores.papers.counts(event, sorted(informings))


async def _numbers(office: Office, event: EventId) -> Numbers:
    """Count before anything goes: what stays of the event are these numbers."""
    stores, found = office.stores, await office.stores.events.get(event)
    issues = stores.relief_issues
    return Numbers(
        papers=await _counts(office, event),
        stood=tuple(await _stood(office, found)) if found else (),
        relief=tuple(await issues.sums(event)),
        extra=tuple(relief.extra_of(one) for one in await issues.beyond(event)),
    )


async def _stood(office: Office, event: Event) -> list[Stood]:
    """Count by village where people were last recorded."""
    counted: list[Stood] = []
    places = office.release.places
    villages = sorted({one.code for area in event.areas for one in places.villages(area)})
    for village in villages:
        steps = await office.stores.whereabouts.of_villages([village], [event.id])
        stages = Counter(_last(some) for some in _by_person(steps).values())
        counted += [
            Stood(village=AreaCode(village), stage=stage, people=number)
            for stage, number in sorted(stages.items())
        ]
    return counted


def _by_person(steps: Sequence[Step]) -> dict[PersonId, list[Step]]:
    found: dict[PersonId, list[Step]] = {}
    for one in steps:
        found.setdefault(one.person, []).append(one)
    return found


def _last(steps: Sequence[Step]) -> Stage:
    return fold(steps).standing.stage


async def _others(office: Office, event: EventId) -> list[Event]:
    """List other events whose data stands."""
    return [one for one in await unpurged(office) if one.id != event]
