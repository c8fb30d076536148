"""Hand a citizen on: to a colleague, a department, anybody; and take over from one who is gone."""

from dataclasses import dataclass
from datetime import timedelta

from data.civic.errors import BadInput, Refused
from data.civic.ids import ConversationId
from data.civic.people import Role, Staff
from data.civic.privacy import mask
from data.civic.talk import conversations
from data.civic.talk.conversations import Attention, Conversation
from handlers.acts.note import citizen, note
from handlers.acts.serve_citizen import SERVE, area_of, changed, find
from handlers.acts.tell_citizen import worded
from handlers.office import Office

SILENT = timedelta(minutes=30)
"""After so long without a word any colleague may take over."""
LONGEST = 200
"""Characters of what is said to the colleague."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """To whom a citizen can be handed on."""

    colleagues: tuple[Staff, ...]
    departments: tuple[str, ...]


async def receivers(office: Office, staff: Staff, one: Conversation) -> Receivers:
    """Tell who else serves citizens where this one lives."""
    staff.must(*SERVE)
    everybody = await office.stores.staff.list()
    serving = [who for who in everybody if who.may(*SERVE, area=area_of(office, one))]
    return Receivers(
        colleagues=tuple(who for who in serving if who.id != staff.id),
        departments=tuple(sorted({who.department for who in serving if who.department})),
    )


async def hand_on(
    office: Office, staff: Staff, conversation: ConversationId, *, to: str, remark: str
) -> Conversation:
    """Put the citizen back in the line, meant for `to`: an id, a department, or "" for anybody.

    Whoever is meant, anybody may claim: the citizen is never lost with one who is away.

    Raises:
        Refused, NotFound: as `serve_citizen.find`.
        BadInput: nobody serves under that name, or the remark is too long.
        Conflict: one does not hold the conversation.
    """
    known = await receivers(office, staff, await find(office, staff, conversation))
    if to and to not in {*(one.id for one in known.colleagues), *known.departments}:
        raise BadInput("nobody serves this citizen under that name: choose from the list")
    words = _remark(remark)
    free = await changed(
        office,
        staff,
        conversation,
        lambda one: conversations.hand_on(one, staff.id, to=to, remark=words),
    )
    act = "conversation.transfer" if to else "conversation.requeue"
    await note(office, staff.id, act, citizen(office, conversation), to)
    return free


async def take_over(office: Office, staff: Staff, conversation: ConversationId) -> Conversation:
    """Hold the conversation in the place of a colleague who is away.

    Raises:
        Refused, NotFound: as `serve_citizen.find`; or the colleague is not away.
        Conflict: nobody holds it.
    """
    before = await find(office, staff, conversation)
    if not await may_take_over(office, staff, before):
        raise Refused("the colleague has just spoken: ask to be handed the citizen")
    now = office.clock.now()
    held = await changed(
        office, staff, conversation, lambda one: conversations.take_over(one, staff.id, now)
    )
    told = citizen(office, conversation)
    await note(office, staff.id, "conversation.take_over", told, before.claimed_by or "")
    return held


async def may_take_over(office: Office, staff: Staff, one: Conversation) -> bool:
    """Say whether a colleague holds it who is silent or gone, or one is on duty oneself."""
    if one.attention is not Attention.HUMAN or one.claimed_by in (None, staff.id):
        return False
    holder = await office.stores.staff.get(one.claimed_by) if one.claimed_by else None
    since = one.attention_since
    silent = since is None or office.clock.now() - since >= SILENT
    return silent or holder is None or not holder.active or staff.may(Role.DUTY)


def _remark(words: str) -> str:
    if not words.strip():
        return ""
    if len(words) > LONGEST:
        raise BadInput(f"say it in at most {LONGEST} characters")
    return mask(worded(words))
