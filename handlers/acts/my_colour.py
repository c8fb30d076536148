"""See the colour of a code: one's own, or that of whom one brings to safety; for nobody else.

There is no question "may this person pass": whoever asks names the person, the event and the
purpose, answers for the person, and stands in the log that the person may read.
"""

from dataclasses import dataclass, field
from datetime import datetime

from data.civic.areas import within
from data.civic.errors import Conflict, NotFound
from data.civic.ids import ConversationId, EventId, PersonId
from data.civic.people import Role, Staff
from data.civic.safety.colours import Colouring
from data.civic.safety.identity import named
from data.civic.safety.rosters import Person
from data.civic.safety.whereabouts import Stage
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from handlers.acts.note import citizen, note_look
from handlers.acts.own_grid import works_in
from handlers.acts.purposes import purpose_in
from handlers.acts.speaks_for import entrusted
from handlers.colouring import Now, Resident, coloured, now_of, standing_in
from handlers.office import Office

NOT_YOURS = "nobody whom you bring to safety has this handle: see your own list"
"""The same answer for who is unknown and who is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeColouring:
    """The colour of one person's code, and why."""

    person: Person = field(repr=False)
    colouring: Colouring
    since: datetime | None = None
    """Since when; None: nothing gave it, or nobody knows."""


async def own(office: Office, conversation: ConversationId) -> list[CodeColouring]:
    """Tell the colours of those for whom a conversation speaks: oneself, and family who agreed."""
    people = await spoken_for(office, conversation)
    if not people:
        return []
    now, who = await now_of(office), citizen(office, conversation)
    for person in people:
        await note_look(office, who, "colour.own", named(person.id))
    return [await _coloured(office, one, now) for one in people]


async def spoken_for(office: Office, conversation: ConversationId) -> list[Person]:
    """List those for whom a conversation speaks, each once."""
    return [one for one, _ in await entrusted(office, conversation)]


async def of_person(
    office: Office, staff: Staff, person: PersonId, *, event: EventId, purpose: str
) -> CodeColouring:
    """Tell the colour of somebody whom one brings to safety in an event that goes on.

    That is the worker who answers for the person's grid, and the desk of a shelter in whose area
    the person lives or was brought. The look is noted before anything is shown.

    Raises:
        Refused: the role is not held.
        BadInput: no purpose is given.
        NotFound: the person is another's, or there is no such event. Conflict: it is closed.
    """
    staff.must(Role.GRID, Role.SHELTER)
    why = purpose_in(purpose)
    now = await now_of(office, drill=is_drill(event))
    if event not in now.events:
        await _gone(office, event)
    found = await office.stores.residents.get(person)
    if found is None or not await _brings(office, staff, found, now.events[event], now):
        raise NotFound(NOT_YOURS)
    await note_look(office, staff.id, "colour.read", f"{event}/{named(person)}", why)
    return await _coloured(office, found, now)


async def _coloured(office: Office, person: Person, now: Now) -> CodeColouring:
    colouring, since = await coloured(office, person, now)
    return CodeColouring(person=person, colouring=colouring, since=since)


async def _brings(office: Office, staff: Staff, person: Person, event: Event, now: Now) -> bool:
    if not event.encloses([person.village]):
        return False
    if await works_in(office, staff, person.village, person.grid):
        return True
    if staff.may(Role.SHELTER, area=person.village):
        return True
    steps = await office.stores.whereabouts.of_person(person.id, now.ids)
    standing = standing_in(Resident.of(person), now.situation, steps)
    here = standing.village is not None and within(standing.village, staff.area)
    return staff.may(Role.SHELTER) and here and standing.stage is Stage.SHELTER


async def _gone(office: Office, event: EventId) -> None:
    if await office.stores.events.get(event) is None:
        raise NotFound("there is no such event: see the list")
    raise Conflict("the event is closed: colours are shown while it goes on")
