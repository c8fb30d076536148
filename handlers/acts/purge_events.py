"""After the event: freeze its file, and, when the day has come, destroy all that is personal in it.

The keys of the people's names go first, so that who dies half-way has named nobody; the numbers
are kept, the record of deletion is signed, and the chain of the audit log stands as it was.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.ids import AreaCode, EventId, PersonId
from data.civic.safety import aftermath, relief
from data.civic.safety.aftermath import Deletion, EventFile, FileState, Numbers, Stood, signed
from data.civic.safety.identity import named
from data.civic.safety.whereabouts import Stage, Step, fold
from data.civic.warning.events import Event
from data.store.archive import event_key
from handlers.acts.note import note
from handlers.office import Office

SYSTEM = "system"
NEWEST = 1_000
"""Events that are looked through; a county has a dozen a year."""
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
        papers = await office.stores.papers.counts(file.id, await _informings(office, event))
        found.append(Due(file=file, name=event.name if event else file.id, papers=papers))
    return found


async def purge_due(office: Office) -> list[Deletion]:
    """Destroy what is due, finish what was begun, and sweep what came late. Idempotent."""
    now = office.clock.now()
    due = [one for one in await office.stores.event_files.unfinished() if one.due(now)]
    done = [await _purge(office, one) for one in due]
    for file in await office.stores.event_files.newest(SWEPT):
        if file.state is FileState.PURGED and await _left(office, file.id):
            await destroy(office, file.id)
    return done


async def destroy(office: Office, event: EventId) -> tuple[dict[str, int], int]:
    """Destroy an event's papers, and the keys of those in no other; tell the counts of both.

    Idempotent; a restored backup runs it for every record it finds.
    """
    stores, found = office.stores, await office.stores.events.get(event)
    informings = await _informings(office, found)
    people = await stores.papers.people(event, informings)
    others = await _others(office, event)
    for other in others:
        people -= await stores.papers.people(other.id, await _informings(office, other))
    keys = await stores.handles.destroy([event_key(event), *(named(one) for one in people)])
    gone = await stores.papers.destroy(event, informings)
    await stores.doors.forget(event)
    overlapped = found is None or any(_overlap(found, other) for other in others)
    if found is not None and found.closed_at is not None and not overlapped:
        gone |= await stores.papers.destroy_within(found.opened_at, found.closed_at)
    return gone, keys


async def _left(office: Office, event: EventId) -> bool:
    found = await office.stores.events.get(event)
    counts = await office.stores.papers.counts(event, await _informings(office, found))
    return any(counts.values())


async def _purge(office: Office, file: EventFile) -> Deletion:
    stores = office.stores
    if file.kept is None:
        kept = await _numbers(office, file.id)
        file = await stores.event_files.change(
            file.id, lambda one: aftermath.start_purge(one, kept)
        )
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


async def _numbers(office: Office, event: EventId) -> Numbers:
    """Count before anything goes: what stays of the event are these numbers."""
    stores, found = office.stores, await office.stores.events.get(event)
    issues = stores.relief_issues
    return Numbers(
        papers=await stores.papers.counts(event, await _informings(office, found)),
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


async def _informings(office: Office, event: Event | None) -> list[int]:
    """List the informings of an event, and of the warnings that belong to it."""
    if event is None:
        return []
    found = []
    for key in (event.id, *event.signals):
        found += [one.id for one in await office.stores.informings.of_event(key)]
    return sorted(set(found))


async def _others(office: Office, event: EventId) -> list[Event]:
    """List other events whose data stands."""
    stores = office.stores
    newest = [one for one in await stores.events.newest(NEWEST) if one.id != event]
    files = {one.id: one for one in await stores.event_files.newest(NEWEST)}
    return [
        one for one in newest if one.id not in files or files[one.id].state is not FileState.PURGED
    ]


def _overlap(one: Event, other: Event) -> bool:
    """Say whether two events went on at the same time."""
    ends = (one.closed_at, other.closed_at)
    return (ends[1] is None or one.opened_at <= ends[1]) and (
        ends[0] is None or other.opened_at <= ends[0]
    )
