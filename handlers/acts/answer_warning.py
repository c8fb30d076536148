"""Answer a warning from the chat: who is registered there, which warning is meant, what counts."""

from dataclasses import dataclass

from data.civic.ids import ConversationId
from data.civic.knowing.releases import Release
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.rows import Manner, Row, RowState, Said
from handlers.acts import confirm
from handlers.acts.confirm import Answer, Confirmed
from handlers.acts.speaks_for import own_people
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A warning that somebody of a conversation was sent."""

    informing: Informing
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Which warning was answered, and how it stands."""

    informing: Informing
    confirmed: Confirmed
    still_open: tuple[Informing, ...] = ()
    """Others that were sent and have not been answered, the newest first."""


async def sent_to(office: Office, conversation: ConversationId) -> list[Sent]:
    """List what was sent to those who are registered in a conversation: real, newest first.

    Nobody is registered there, or nothing was sent to them: none.
    """
    people = await own_people(office, conversation)
    found = [
        Sent(informing=informing, row=row)
        for person in people
        for informing, row in await confirm.standing(office, person.id)
        if row.state not in (RowState.CREATED, RowState.CANCELLED)
    ]
    return sorted(found, key=lambda one: (one.informing.drill, -one.informing.id))


def tells_to_leave(release: Release, informing: Informing, row: Row) -> bool:
    """Say whether somebody is told to leave: by an order in force, or a response that says so."""
    if informing.has_ended_in(row.village):
        return False
    text = informing.words.text
    says_so = any(one in text for one in release.rules.replies.leaving)
    response = informing.kind is InformingKind.RESPONSE and says_so
    return response or informing.kind is InformingKind.ORDER


def meant(release: Release, sent: list[Sent], said: Said) -> Sent | None:
    """Find the warning that an answer is meant for.

    Whoever stays answers the newest transfer order, else a response that tells to leave;
    whatever else is said, the newest that is not answered yet, else the newest. What is real
    goes before a drill.
    """
    if said is Said.STAYS:
        told = [one for one in sent if tells_to_leave(release, one.informing, one.row)]
        told = [one for one in told if not one.informing.drill] or told
        orders = [one for one in told if one.informing.kind is InformingKind.ORDER]
        return next(iter(orders or told), None)
    waiting = [one for one in sent if one.row.state.uninformed]
    return next(iter(waiting or sent), None)


async def answer(office: Office, conversation: ConversationId, said: Said) -> Answered | None:
    """Write an answer to the warning it is meant for; None: nothing was sent that it answers.

    Idempotent.
    """
    sent = await sent_to(office, conversation)
    to = meant(office.release, sent, said)
    if to is None:
        return None
    given = Answer(informing=to.informing.id, person=to.row.resident, said=said, manner=Manner.CHAT)
    confirmed = await confirm.by_citizen(office, conversation, given)
    others = [one.informing for one in sent if one.row.state.uninformed]
    left = {one.id: one for one in others if one.id != to.informing.id}
    return Answered(informing=to.informing, confirmed=confirmed, still_open=tuple(left.values()))
