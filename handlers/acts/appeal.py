"""Appeal against the colour of one's code, and answer: a different officer than who marked."""

from data.civic.errors import Conflict, NotFound
from data.civic.ids import AppealId, ConversationId, PersonId
from data.civic.people import Role, Staff
from data.civic.safety import marks
from data.civic.safety.appeals import Answer, Appeal, Outcome, Shown, reply, worded
from data.civic.safety.identity import named
from data.civic.safety.marks import Mark
from handlers.acts.my_colour import spoken_for
from handlers.acts.note import citizen, note
from handlers.acts.tell_citizen import tell
from handlers.colouring import colouring_of, now_of
from handlers.office import Office

ANSWER = (Role.DUTY, Role.CHIEF)
MOST = 1_000
SEEN = 20
"""Appeals of one person that are shown."""


async def appeal(
    office: Office, conversation: ConversationId, person: PersonId, words: str
) -> Appeal:
    """Appeal for oneself, or for family who agreed; the colour is kept as it is shown now.

    Raises:
        NotFound: the conversation does not speak for this person.
        BadInput: it says nothing, or too much.
        Conflict: an earlier appeal still waits for its answer.
    """
    said = worded(words)
    mine = next((one for one in await spoken_for(office, conversation) if one.id == person), None)
    if mine is None:
        raise NotFound("this conversation does not speak for the person: register first")
    before = await office.stores.appeals.of_person(person, SEEN)
    if any(one.open for one in before):
        raise Conflict("an appeal for this person waits for its answer already")
    made = Appeal(
        id=AppealId(office.ids.new()),
        person=person,
        village=mine.village,
        conversation=conversation,
        shown=Shown.of(await colouring_of(office, mine, await now_of(office))),
        words=said,
        at=office.clock.now(),
    )
    await office.stores.appeals.add(made)
    await note(office, citizen(office, conversation), "appeal.make", made.id)
    return made


async def waiting(office: Office, staff: Staff) -> list[Appeal]:
    """List the appeals of the own area that nobody has answered, oldest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*ANSWER)
    found = await office.stores.appeals.open(MOST)
    return [one for one in found if staff.may(*ANSWER, area=one.village)]


async def answer(
    office: Office, staff: Staff, id_: AppealId, outcome: Outcome, words: str
) -> Appeal:
    """Answer an appeal and tell the citizen; where it is upheld, the marks by hand end. Idempotent.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such appeal.
        BadInput: it says nothing, or too much.
        Conflict: it is about one's own mark, or answered already.
    """
    staff.must(*ANSWER)
    found = await office.stores.appeals.get(id_)
    if found is None:
        raise NotFound("there is no such appeal: see those that wait")
    staff.must(*ANSWER, area=found.village)
    now, standing = office.clock.now(), await _marks(office, found.person)
    said = Answer(outcome=outcome, words=worded(words), by=staff.id, at=now)
    concerned = {one for mark in standing for one in mark.by}
    answered = await office.stores.appeals.change(
        id_, lambda one: reply(one, said, concerned=concerned)
    )
    if outcome is Outcome.UPHELD:
        for mark in standing:
            await office.stores.marks.change(mark.id, lambda one: marks.end(one, now))
    await tell(office, found.conversation, by=staff.id, text=said.words, key=f"appeal/{id_}")
    await note(office, staff.id, f"appeal.{outcome}", id_, named(found.person))
    return answered


async def _marks(office: Office, person: PersonId) -> list[Mark]:
    now = await now_of(office)
    found = await office.stores.marks.of_person(person, now.ids)
    return [one for one in found if one.live]
