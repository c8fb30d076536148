"""Answer a warning for somebody of the family who has agreed to it."""

from dataclasses import dataclass

from data.civic.ids import ConversationId
from data.civic.safety.registrations import Relation
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Manner, Row, RowState, Said
from handlers.acts import confirm
from handlers.acts.answer_warning import Answered, tells_to_leave
from handlers.acts.confirm import Answer
from handlers.acts.speaks_for import Spoken, voice_of
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Somebody for whom one stands in, and the warning that is to be answered."""

    spoken: Spoken
    informing: Informing
    row: Row

    @property
    def id(self) -> str:
        """Tell by which registration."""
        return self.spoken.registration.id

    @property
    def relation(self) -> Relation:
        """Tell what the person is to who stands in."""
        return self.spoken.registration.relation or Relation.OTHER

    @property
    def open(self) -> bool:
        """Say whether nobody has answered yet."""
        return self.row.state.uninformed


async def relatives(
    office: Office, conversation: ConversationId, said: Said = Said.RECEIVED
) -> list[Relative]:
    """List for whom one stands in who are being informed, each with what is to be answered.

    That is the newest warning that nobody has answered, else the newest; who stays answers
    none but those that tell to leave.
    """
    found = []
    for spoken in (await voice_of(office, conversation)).family:
        standing = [
            Relative(spoken=spoken, informing=informing, row=row)
            for informing, row in await confirm.standing(office, spoken.person.id)
            if row.state is not RowState.CANCELLED
            and (said is not Said.STAYS or tells_to_leave(office.release, informing, row))
        ]
        if standing:
            found.append(next((one for one in standing if one.open), standing[0]))
    return found


async def answer(
    office: Office, conversation: ConversationId, relative: Relative, said: Said
) -> Answered:
    """Write down what was said for one of the family; a second answer changes nothing.

    Raises:
        Refused: the person has taken the agreement back meanwhile.
    """
    given = Answer(
        informing=relative.informing.id,
        person=relative.spoken.person.id,
        said=said,
        manner=Manner.CHAT,
    )
    confirmed = await confirm.by_citizen(office, conversation, given)
    return Answered(informing=relative.informing, confirmed=confirmed)
