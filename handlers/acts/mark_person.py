"""Mark by hand that somebody needs help: one person by the own worker, or a short list by two.

Nothing here takes help away, and nothing makes a code red: there is no call for either.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.civic.areas import within
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, EventId, MarkListId, PersonId, StaffId
from data.civic.people import Role, Staff
from data.civic.privacy import mask_name
from data.civic.safety import marks
from data.civic.safety.identity import named
from data.civic.safety.marks import MOST_IN_EVENT, ListState, Mark, MarkKind, MarkList, mark_id
from data.civic.safety.rosters import Person
from data.civic.warning import events
from data.civic.warning.events import Event
from handlers.acts.note import note, note_look
from handlers.acts.own_grid import works_in
from handlers.acts.purposes import purpose_in
from handlers.office import Office

OFFICERS = (Role.DUTY, Role.CHIEF)
"""Two of these sign a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWish:
    """Whom an officer wants to mark together."""

    event: EventId
    area: AreaCode
    kind: MarkKind
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person of a list, as the second officer sees them."""

    handle: PersonId
    name: str = field(repr=False)
    """Masked: enough to compare with what one knows."""
    village: AreaCode


async def mark(
    office: Office,
    staff: Staff,
    person: PersonId,
    *,
    event: EventId,
    kind: MarkKind,
    purpose: str,
) -> Mark:
    """Mark one person of the own grid. Idempotent.

    Raises:
        Refused: only the worker who answers for the person's grid does.
        BadInput: no purpose is given.
        NotFound: there is no such event or person.
        Conflict: the event is closed, or the person's village is in no area of it.
    """
    staff.must(Role.GRID)
    why = purpose_in(purpose)
    found = await _event(office, event)
    (one,) = await _people(office, [person])
    if not await works_in(office, staff, one.village, one.grid):
        raise Refused(f"{staff.login} does not answer for this person: tell who does")
    _in_event(found, one)
    made = await _made(office, found, one, kind, by=(staff.id,))
    await note(office, staff.id, f"mark.{kind}", f"{event}/{named(person)}", why)
    return made


async def propose(
    office: Office,
    staff: Staff,
    wish: ListWish,
    *,
    purpose: str,
) -> MarkList:
    """Write a short list of people of one area of an event; a different officer has to sign it.

    Raises:
        Refused: the role is not held, or the area is another's.
        BadInput: no purpose, too many people, or somebody who does not live in the area.
        NotFound: there is no such event or person.
        Conflict: the event is closed, or its lists would mark too many.
    """
    staff.must(*OFFICERS, area=wish.area)
    why = purpose_in(purpose)
    found = await _event(office, wish.event)
    if not found.encloses([wish.area]):
        raise Conflict("the area is in no area of the event")
    made = MarkList(
        id=MarkListId(office.ids.new()),
        event=wish.event,
        area=wish.area,
        kind=wish.kind,
        people=tuple(dict.fromkeys(wish.people)),
        author=staff.id,
        at=office.clock.now(),
    )
    _in_area(await _people(office, made.people), made.area)
    await _room(office, made)
    await office.stores.mark_lists.add(made)
    await note(office, staff.id, "marks.propose", made.id, why)
    return made


async def approve(office: Office, staff: Staff, id_: MarkListId) -> MarkList:
    """Sign a list as the second officer: its people are marked. Idempotent.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such list.
        Conflict: one's own, no list to sign any more, or the event is closed.
    """
    found = await _list(office, staff, id_)
    event = await _event(office, found.event)
    await _room(office, found)
    now = office.clock.now()
    signed = await office.stores.mark_lists.change(
        id_, lambda one: marks.approve(one, staff.id, now)
    )
    for person in await _people(office, signed.people, gone=True):
        await _made(office, event, person, signed.kind, by=(signed.author, staff.id), of=id_)
    await note(office, staff.id, "marks.approve", id_)
    return signed


async def discard(office: Office, staff: Staff, id_: MarkListId) -> MarkList:
    """Throw a list away that nobody has signed. Idempotent.

    Raises:
        Refused, NotFound: as `approve`. Conflict: it is signed.
    """
    await _list(office, staff, id_)
    now = office.clock.now()
    gone = await office.stores.mark_lists.change(id_, lambda one: marks.discard(one, now))
    await note(office, staff.id, "marks.discard", id_)
    return gone


async def proposed(office: Office, staff: Staff, event: EventId) -> list[MarkList]:
    """List what waits for a second officer, of the own area.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*OFFICERS)
    found = await office.stores.mark_lists.of(event, ListState.PROPOSED)
    return [one for one in found if staff.may(*OFFICERS, area=one.area)]


async def listed(
    office: Office, staff: Staff, id_: MarkListId, *, purpose: str
) -> tuple[Listed, ...]:
    """Tell whom a list names, masked, so that who signs it knows; each look is noted before.

    Raises:
        Refused, NotFound: as `approve`. BadInput: no purpose is given.
    """
    found, why = await _list(office, staff, id_), purpose_in(purpose)
    people = await _people(office, found.people, gone=True)
    for one in people:
        await note_look(office, staff.id, "marks.names", named(one.id), why)
    return tuple(
        Listed(handle=one.id, name=mask_name(one.name), village=one.village) for one in people
    )


async def _made(
    office: Office,
    event: Event,
    person: Person,
    kind: MarkKind,
    *,
    by: tuple[StaffId, ...],
    of: MarkListId | None = None,
) -> Mark:
    """Mark somebody; a mark that counts already stays whose it is."""
    now = office.clock.now()
    fresh = Mark(
        id=mark_id(event.id, person.id, kind),
        event=event.id,
        person=person.id,
        village=person.village,
        kind=kind,
        by=by,
        at=now,
        list=of,
    )
    standing = await office.stores.marks.add(fresh)
    if standing.live:
        return standing
    return await office.stores.marks.change(
        fresh.id, lambda one: replace(marks.again(one, by, now), list=of)
    )


async def _room(office: Office, wanted: MarkList) -> None:
    """Insist that lists do not take the place of an order."""
    signed = await office.stores.mark_lists.of(wanted.event, ListState.APPROVED)
    people = {person for one in signed for person in one.people} | set(wanted.people)
    if len(people) > MOST_IN_EVENT:
        raise Conflict(
            f"lists mark at most {MOST_IN_EVENT} people in an event: decide a transfer order"
        )


def _in_area(people: Sequence[Person], area: AreaCode) -> None:
    if any(not within(one.village, area) for one in people):
        raise BadInput("somebody on the list does not live in the area: check the handles")


def _in_event(event: Event, person: Person) -> None:
    if not event.encloses([person.village]):
        raise Conflict("the person's village is in no area of the event")


async def _people(
    office: Office, handles: Sequence[PersonId], *, gone: bool = False
) -> list[Person]:
    """Fetch people; who is gone from the roster is left out, or asked for."""
    found = await office.stores.residents.some(handles)
    if len(found) < len(handles) and not gone:
        raise NotFound("nobody stands under one of these handles: ask for the list again")
    return found


async def _list(office: Office, staff: Staff, id_: MarkListId) -> MarkList:
    staff.must(*OFFICERS)
    found = await office.stores.mark_lists.get(id_)
    if found is None:
        raise NotFound("there is no such list: see those that wait")
    staff.must(*OFFICERS, area=found.area)
    return found


async def _event(office: Office, event: EventId) -> Event:
    found = await office.stores.events.get(event)
    if found is None:
        raise NotFound("there is no such event: marks are made in one that the chief has opened")
    return events.still_open(found)
