"""Confirm that a warning has arrived: the first answer of a household ends the sending to it.

A delivered message is not an informed person: this is what makes one. The answer counts for
everybody of the household; whoever answers later changes nothing, but can still ask for a visit.
"""

from dataclasses import dataclass, field, replace

from data.civic.calendar import local, stamp
from data.civic.errors import NotFound, Refused
from data.civic.ids import AreaCode, ConversationId, DutyCallId, PersonId
from data.civic.people import Staff
from data.civic.safety.grids import GridWorker, worker_of
from data.civic.safety.identity import named
from data.civic.safety.registrations import Kind
from data.civic.safety.rosters import Person
from data.civic.sending.informing import Informing
from data.civic.sending.rows import By, Confirmation, Manner, Row, Said
from data.civic.warning import drills
from data.civic.warning.duty import DutyKind
from handlers.acts.call_duty import call_duty
from handlers.acts.grid_duty import REPORT, must_answer_for
from handlers.acts.note import citizen, note
from handlers.acts.note_told import note_told
from handlers.acts.purposes import purpose_in
from handlers.acts.speaks_for import may_speak
from handlers.office import Office

HOUSEHOLD = 50
"""People of one household: more than live behind any door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody said about one person and one warning."""

    informing: int
    person: PersonId
    said: Said = Said.RECEIVED
    manner: Manner
    by: By = By.SELF
    who: str = field(default="", repr=False)
    """An id of staff, or a keyed name of a conversation; empty: the person's own handle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """How it stands after an answer."""

    confirmation: Confirmation
    """The one that counts: the first."""
    first: bool
    """This answer is the one that counts."""
    visit_by: GridWorker | None = None
    """Who comes, where somebody has to; None: nobody has to, or nobody answers for the grid."""


async def confirm(office: Office, answer: Answer) -> Confirmed:
    """Write an answer; whoever calls this has made sure that `by` may answer for the person.

    Idempotent. Answered only when it is durable.

    Raises:
        NotFound: this person is not among those who were to be informed.
    """
    row = await office.stores.rows.get(answer.informing, answer.person)
    if row is None:
        raise NotFound(f"informing {answer.informing} is not for {named(answer.person)}")
    return await confirm_row(office, answer, row)


async def confirm_row(office: Office, answer: Answer, row: Row) -> Confirmed:
    """Write an answer as `confirm` does, where the person's row has just been read."""
    stores, own = office.stores, _confirmation(office, answer)
    if row.confirmation is None:
        village, mates = await _home(office, row)
        # the own answer goes first: a mate's row that is made meanwhile finds it (`count_mates`)
        answers = {answer.person: own} | dict.fromkeys(mates, own.for_the_household)
        await stores.rows.confirm(answer.informing, answers)
        stores.boards.touch(answer.informing, {row.village, village})
        await note_told(office, answer.informing, answers, village)
    return Confirmed(
        confirmation=row.confirmation or own,
        first=row.confirmation is None,
        visit_by=await _visit(office, answer, row),
    )


async def _home(office: Office, row: Row) -> tuple[AreaCode, list[PersonId]]:
    """Tell in which village somebody lives by now, and who lives there, too.

    Who is off the roster lived where the row says.
    """
    residents, village = office.stores.residents, row.village
    everybody = await residents.handles_of(row.household, HOUSEHOLD)
    if row.resident not in everybody and (person := await residents.get(row.resident)):
        village = person.village
        everybody = await residents.handles_of(person.household, HOUSEHOLD)
    return village, [one for one in everybody if one != row.resident]


async def by_citizen(office: Office, conversation: ConversationId, answer: Answer) -> Confirmed:
    """Confirm for oneself, or for somebody of the same household.

    Raises:
        NotFound: the person is not among those who were to be informed.
        Refused: the conversation is of somebody who does not live there, and no proxy.
    """
    person = await office.stores.residents.get(answer.person)
    if person is None:
        raise NotFound("nobody stands under this handle: ask for the list again")
    by, who = await answers_as(office, conversation, person)
    return await confirm(office, replace(answer, by=by, who=who))


async def answers_as(
    office: Office, conversation: ConversationId, person: Person
) -> tuple[By, str]:
    """Tell as whom a conversation answers for somebody, and the name to be kept of it.

    Of the family it is the registration, by which staff find who that was.

    Raises:
        Refused: neither the person, nor of the household, nor a proxy who was agreed to; of a
            child that is whom its guardian has named.
    """
    who = citizen(office, conversation)
    if person.conversation == conversation:
        return By.SELF, who
    registered = await office.stores.registrations.of_conversation(conversation)
    mine = {one.person: one for one in registered if one.stands}
    one, today = mine.get(person.id), local(office.clock.now()).date()
    if one and may_speak(one, person, today):
        return (By.SELF, who) if one.kind is Kind.OWN else (By.FAMILY, one.id)
    own = {one.person for one in mine.values() if one.kind is Kind.OWN}
    for mate in await office.stores.residents.of_households([person.household], HOUSEHOLD):
        if mate.conversation == conversation or mate.id in own:
            return By.HOUSEHOLD, who
    if one:
        raise Refused("for a child answers only whom its guardian has named before staff")
    raise Refused("this person is of another household, and has not agreed to this proxy")


async def by_staff(office: Office, staff: Staff, answer: Answer, *, purpose: str) -> Confirmed:
    """Confirm at the door or on the telephone; noted with its purpose.

    A report from the door ends the visit that was wanted, but not where somebody stays or needs
    help: those stay on the list.

    Raises:
        Refused: the role is not held, or the person belongs to another's area or grid.
        BadInput: no purpose is given.
        NotFound: the person is not among those who were to be informed.
    """
    staff.must(*REPORT)
    why = purpose_in(purpose)
    row = await office.stores.rows.get(answer.informing, answer.person)
    if row is None:
        raise NotFound(f"informing {answer.informing} is not for {named(answer.person)}")
    await must_answer_for(office, staff, row.village, row.grid)
    confirmed = await confirm(office, replace(answer, by=By.STAFF, who=staff.id))
    if answer.manner is Manner.DOOR and not answer.said.wants_visit:
        await office.stores.rows.visited(answer.informing, answer.person, office.clock.now())
    await note(office, staff.id, "inform.confirm", _subject(answer), why)
    return confirmed


async def standing(office: Office, person: PersonId) -> list[tuple[Informing, Row]]:
    """List what somebody is being informed of, answered or not, newest first."""
    found = []
    for informing in await office.stores.informings.open():
        row = await office.stores.rows.get(informing.id, person)
        if row is not None:
            found.append((informing, row))
    return sorted(found, key=lambda one: -one[0].id)


async def pending(office: Office, person: PersonId) -> list[tuple[Informing, Row]]:
    """List what somebody has been sent and not answered, newest first: what 收到 is meant for."""
    return [one for one in await standing(office, person) if one[1].state.uninformed]


async def _visit(office: Office, answer: Answer, row: Row) -> GridWorker | None:
    """Write that somebody must come, and tell who will.

    Who needs help is the duty officer's at once, whoever says so and whoever comes: the worker
    cannot do it alone. So is who stays where nobody comes.
    """
    if not answer.said.wants_visit:
        return None
    now = office.clock.now()
    await office.stores.rows.want_visit(answer.informing, answer.person, answer.said, now)
    grid = await office.stores.grids.get(row.grid) if row.grid else None
    worker = worker_of(grid, now) if grid else None
    if answer.said is Said.HELP or (worker is None and answer.by is not By.STAFF):
        await _call_duty(office, answer, row)
    return worker


async def _call_duty(office: Office, answer: Answer, row: Row) -> None:
    """Call the duty officer, and a drill's stays a drill's.

    Once for each person and informing; anew where it was seen, and what is said now was not so:
    somebody has been there since, or who stayed needs help.
    """
    informing = await office.stores.informings.must(answer.informing)
    subject = f"{drills.PREFIX}{_subject(answer)}" if informing.drill else _subject(answer)
    before = await office.stores.duty_calls.get(DutyCallId(f"{DutyKind.HELP}/{subject}"))
    if before is not None and before.seen_at is not None and row.visit is not answer.said:
        subject = f"{subject}/{stamp(office.clock.now())}"
    await call_duty(office, DutyKind.HELP, subject=subject, area=row.village)


def _confirmation(office: Office, answer: Answer) -> Confirmation:
    return Confirmation(
        by=answer.by,
        who=answer.who or named(answer.person),
        said=answer.said,
        manner=answer.manner,
        at=office.clock.now(),
    )


def _subject(answer: Answer) -> str:
    return f"informing-{answer.informing}/{named(answer.person)}"
