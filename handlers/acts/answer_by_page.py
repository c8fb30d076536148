"""Answer a warning from a page: for who is registered there, the household and the family."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.civic.errors import NotFound
from data.civic.ids import ConversationId, PersonId
from data.civic.safety.registrations import Kind
from data.civic.safety.rosters import Person
from data.civic.sending.informing import Informing
from data.civic.sending.rows import By, Manner, Row, RowState, Said
from handlers.acts import confirm
from handlers.acts.answer_warning import Answered
from handlers.acts.confirm import Answer
from handlers.acts.note import citizen
from handlers.acts.speaks_for import REGISTERED, own_people, voice_of
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody for whom a session may answer, and a warning of which this person is informed."""

    informing: Informing
    person: Person = field(repr=False)
    row: Row


async def asked(office: Office, conversation: ConversationId) -> list[Asked]:
    """List what those registered in a session, and their family, are informed of, newest first."""
    own = await own_people(office, conversation)
    family = [one.person for one in (await voice_of(office, conversation)).family]
    found = [
        Asked(informing=informing, person=person, row=row)
        for person in (*own, *family)
        for informing, row in await confirm.standing(office, person.id)
        if row.state is not RowState.CANCELLED
    ]
    return sorted(found, key=lambda one: (-one.informing.id, one.person.id))


async def answer(
    office: Office,
    conversation: ConversationId,
    *,
    informing: int,
    said: Said,
    person: PersonId | None = None,
) -> Answered:
    """Write an answer for a household: of `person`, else of who is registered in the session.

    Idempotent. Whoever reads the page before a message has been sent is informed as well.

    Raises:
        NotFound: there is no such warning for those who are registered in the session.
        Refused: the session may not answer for this person.
    """
    own, warning = await asyncio.gather(
        _own(office, conversation), office.stores.informings.must(informing)
    )
    row = await _row(office, informing, [person] if person else own)
    by, who = By.SELF, citizen(office, conversation)
    if row.resident not in own:
        by, who = await _for_another(office, conversation, row.resident)
    given = Answer(
        informing=informing, person=row.resident, said=said, manner=Manner.PAGE, by=by, who=who
    )
    confirmed = await confirm.confirm_row(office, given, row)
    return Answered(informing=warning, confirmed=confirmed)


async def _own(office: Office, conversation: ConversationId) -> list[PersonId]:
    """List whose own conversation it is, as the roster has it and as registered; opens nothing."""
    stores = office.stores
    bound, registered = await asyncio.gather(
        stores.residents.handles_in(conversation, REGISTERED),
        stores.registrations.of_conversation(conversation),
    )
    also = (one.person for one in registered if one.stands and one.kind is Kind.OWN)
    return sorted({*bound, *also})


async def _row(office: Office, informing: int, people: Sequence[PersonId]) -> Row:
    """Find the first of some people for whom a warning is."""
    get = office.stores.rows.get
    rows = await asyncio.gather(*(get(informing, person) for person in people))
    found = (row for row in rows if row is not None and row.state is not RowState.CANCELLED)
    if (row := next(found, None)) is None:
        raise NotFound(f"informing {informing} is for nobody who is registered in this session")
    return row


async def _for_another(
    office: Office, conversation: ConversationId, person: PersonId
) -> tuple[By, str]:
    known = await office.stores.residents.get(person)
    if known is None:
        raise NotFound("nobody stands under this handle: ask for the list again")
    return await confirm.answers_as(office, conversation, known)
