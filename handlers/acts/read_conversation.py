"""Read the transcript of a citizen who wants a human, and note that one has looked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.civic.errors import Conflict
from data.civic.ids import ConversationId, StaffId
from data.civic.labels import Outcome
from data.civic.people import Staff
from data.civic.sending.deliveries import DeliveryState
from data.civic.talk.conversations import Attention, Conversation
from data.store.messages import Line
from handlers.acts.note import citizen, note_look
from handlers.acts.serve_citizen import find
from handlers.office import Office

LINES = 100
NO_STEP = (Outcome.HANDED_OVER, Outcome.SILENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was said, in masked words, and what became of what was pushed."""

    conversation: Conversation
    lines: tuple[Line, ...]
    """Newest last."""
    names: Mapping[StaffId, str]
    sent: Mapping[str, DeliveryState]
    """By the id of the line; a line that is not here is fetched by the citizen's page."""

    @property
    def stuck(self) -> Line | None:
        """Tell the last step of the assistant before a human was wanted; None: there was none."""
        handed = [n for n, one in enumerate(self.lines) if _ended(one) is Outcome.HANDED_OVER]
        before = self.lines[: handed[-1]] if handed else self.lines
        steps = [one for one in before if _ended(one) not in (None, *NO_STEP)]
        return steps[-1] if steps else None


async def read(office: Office, staff: Staff, conversation: ConversationId) -> Transcript:
    """Read the newest lines of a conversation that waits for a human or is served by one.

    Raises:
        Refused, NotFound: as `serve_citizen.find`.
        Conflict: the citizen no longer wants a human: there is no reason to look.
    """
    found = await find(office, staff, conversation)
    if found.attention is Attention.ASSISTANT:
        raise Conflict("the assistant serves this citizen: see the list of those who wait")
    lines = await office.stores.messages.history(conversation, before=None, limit=LINES)
    sent = await office.stores.outbox.of(conversation, LINES)
    await note_look(office, staff.id, "conversation.read", citizen(office, conversation))
    holders = (found.claimed_by, StaffId(found.meant_for))
    return Transcript(
        conversation=found,
        lines=tuple(lines),
        names=await names_of(office, [*holders, *(line.staff for line in lines)]),
        sent={one.id: one.state for one in sent},
    )


def _ended(line: Line) -> Outcome | None:
    return line.reply.outcome if line.reply else None


async def names_of(office: Office, staff: Iterable[StaffId | None]) -> dict[StaffId, str]:
    """Tell the names of colleagues."""
    wanted = {one for one in staff if one}
    found = [await office.stores.staff.get(one) for one in sorted(wanted)]
    return {one.id: one.name for one in found if one is not None}
