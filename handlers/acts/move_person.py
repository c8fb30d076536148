"""Record where somebody is: by staff, by named family; of oneself, what one intends.

A step that came late settles by the time at which it was so. What the table of moves does not
know is refused at once. What a scan says is left behind by the desks: `handlers/lodging.py`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.civic.areas import within
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import AreaCode, ConversationId, EventId, PersonId, StepId
from data.civic.people import Role, Staff
from data.civic.safety.identity import named
from data.civic.safety.rosters import Person
from data.civic.safety.whereabouts import By, Stage, Standing, Step
from data.civic.warning.drills import is_drill
from data.civic.warning.events import Event
from handlers.acts.grid_duty import EVERYBODY, must_answer_for, own_grids
from handlers.acts.note import citizen, note
from handlers.acts.purposes import purpose_in
from handlers.acts.speaks_for import own_people, voice_of
from handlers.colouring import Now, Resident, now_of, standing_in
from handlers.left_by_word import sign_out
from handlers.office import Office

AHEAD = timedelta(minutes=5)
"""How far a device's clock may be ahead after it was corrected."""
AT_THE_DESK = frozenset({Stage.SHELTER, Stage.MOVING, Stage.HOSPITAL})
"""What the desk of a shelter records: who comes, who leaves, who is taken to hospital."""
UNKNOWN = "nobody stands under this handle: ask for the list again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Where somebody is said to be."""

    event: EventId
    person: PersonId
    stage: Stage
    id: StepId | None = None
    """The same id again is the same step; None: a new one is made."""
    at: datetime | None = None
    """When it was so; None: now."""
    village: AreaCode | None = None
    shelter: str = ""
    helper: str = field(default="", repr=False)


async def by_staff(office: Office, staff: Staff, said: Report, *, purpose: str) -> Standing:
    """Record what staff have seen or been told; noted with its purpose.

    Raises:
        Refused: the role is not held, or the person is another's.
        BadInput: no purpose, a place that is missing, or a time that is still to come.
        NotFound: there is no such person or event.
        Conflict: the event is closed, or the table knows no such move.
    """
    why = purpose_in(purpose)
    person, event = await _person(office, said.person), await _event(office, said.event)
    await _must_report(office, staff, person, said)
    step = _step(office, person, said, by=By.STAFF, who=staff.id)
    _fits(event, person, step, office.clock.now())
    standing = await _taken(office, person, step)
    await note(office, staff.id, f"whereabouts.{said.stage}", _subject(step), why)
    return standing


async def by_family(office: Office, conversation: ConversationId, said: Report) -> Standing:
    """Record what a proxy says, by the name under which the person has agreed to the proxy.

    Raises:
        Refused: the person has not agreed that this conversation speaks for them.
        BadInput, NotFound, Conflict: as `by_staff`.
    """
    spoken = (await voice_of(office, conversation)).family
    mine = next((one for one in spoken if one.person.id == said.person), None)
    if mine is None:
        raise Refused("this conversation does not speak for the person: ask for their agreement")
    step = _step(office, mine.person, said, by=By.FAMILY, who=mine.registration.name)
    return await _by_citizen(office, conversation, mine.person, step)


async def by_self(office: Office, conversation: ConversationId, said: Report) -> Standing:
    """Record what somebody says of themselves: that they agree, leave or stay.

    Raises:
        Refused: the conversation is another's.
        BadInput: nobody says of themselves that they have arrived: a scan, staff or family do.
        NotFound, Conflict: as `by_staff`.
    """
    people = await own_people(office, conversation)
    person = next((one for one in people if one.id == said.person), None)
    if person is None:
        raise Refused("this conversation is not that of the person: register first")
    step = _step(office, person, said, by=By.SELF)
    return await _by_citizen(office, conversation, person, step)


async def standing_of(office: Office, person: Person, event: EventId) -> Standing:
    """Tell where somebody is, by all that is recorded in an event and in those that go on."""
    now = await now_of(office, drill=is_drill(event))
    return await _standing(office, person, event, now)


async def _by_citizen(
    office: Office, conversation: ConversationId, person: Person, step: Step
) -> Standing:
    _fits(await _event(office, step.event), person, step, office.clock.now())
    standing = await _taken(office, person, step)
    who = citizen(office, conversation)
    await note(office, who, f"whereabouts.{step.stage}", _subject(step))
    return standing


async def _taken(office: Office, person: Person, step: Step) -> Standing:
    """Keep a step that the table knows; the same once more changes nothing."""
    now = await now_of(office, drill=is_drill(step.event))
    stored = await office.stores.whereabouts.get(step.id)
    if stored is None:
        before = await _standing(office, person, step.event, now)
        after = await _standing(office, person, step.event, now, step)
        if after.last != step and step.at >= (before.last.at if before.last else step.at):
            raise Conflict(_unfit(before, step))
    await office.stores.whereabouts.add(step)
    await sign_out(office, sorted({step.event, *now.ids}), [person.id])
    return await _standing(office, person, step.event, now)


async def _standing(
    office: Office, person: Person, event: EventId, now: Now, *also: Step
) -> Standing:
    events = sorted({event, *now.ids})
    steps = await office.stores.whereabouts.of_person(person.id, events)
    return standing_in(Resident.of(person), now.situation, [*steps, *also])


async def _must_report(office: Office, staff: Staff, person: Person, said: Report) -> None:
    here = said.village is not None and within(said.village, staff.area)
    if staff.may(Role.SHELTER) and here and said.stage in AT_THE_DESK:
        return
    try:
        await must_answer_for(office, staff, person.village, person.grid)
    except Refused:
        if not await _has_here(office, staff, person, said.event):
            raise


async def _has_here(office: Office, staff: Staff, person: Person, event: EventId) -> bool:
    """Say whether somebody stays with relatives in a village whose people are the staff's."""
    where = (await standing_of(office, person, event)).with_relatives
    if where is None:
        return False
    mine = staff.may(Role.GRID, area=where) and await own_grids(office, staff, where)
    return bool(mine) or staff.may(*EVERYBODY, area=where)


def _step(office: Office, person: Person, said: Report, *, by: By, who: str = "") -> Step:
    return Step(
        id=said.id or StepId(office.ids.new()),
        event=said.event,
        person=person.id,
        home=person.village,
        stage=said.stage,
        by=by,
        at=said.at or office.clock.now(),
        who=who,
        village=said.village,
        shelter=said.shelter,
        helper=said.helper,
    )


def _fits(event: Event, person: Person, step: Step, now: datetime) -> None:
    """Insist that the event is about this person and moment."""
    if not event.encloses([person.village]):
        raise Conflict("the person's village is in no area of the event")
    if step.at > now + AHEAD:
        raise BadInput("this time is still to come: check the clock of the device")
    if step.at < event.opened_at - AHEAD:
        raise BadInput("this was before the event was opened: check the clock of the device")
    if event.closed_at is not None and step.at > event.closed_at:
        raise Conflict(f"the event {event.name} is closed: nothing is recorded after it")


def _unfit(before: Standing, step: Step) -> str:
    if step.stage is Stage.RETURNED and before.held_by:
        return "nobody goes back yet: the order is lifted, the houses checked, the return released"
    return f"who is {before.stage} does not become {step.stage} on the word of {step.by}"


def _subject(step: Step) -> str:
    return f"{step.event}/{named(step.person)}"


async def _person(office: Office, person: PersonId) -> Person:
    found = await office.stores.residents.get(person)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


async def _event(office: Office, event: EventId) -> Event:
    found = await office.stores.events.get(event)
    if found is None:
        raise NotFound("there is no such event: see the list")
    return found
