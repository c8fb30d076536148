"""Serve citizens who want a human: list who waits, claim, answer, give back to the assistant."""

import re
from collections.abc import Callable

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, ConversationId
from data.civic.people import Role, Staff
from data.civic.talk import conversations
from data.civic.talk.conversations import Conversation
from handlers.acts.note import citizen, note
from handlers.acts.tell_citizen import tell, worded
from handlers.office import Office

SERVE = (Role.AGENT, Role.DUTY)
MOST = 1_000
"""How many of those who wait longest are looked through for the own area."""
TRIES = 5
"""How often a citizen may write in between before a step is given up."""
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

Step = Callable[[Conversation], Conversation]


def area_of(office: Office, conversation: Conversation) -> AreaCode:
    """Tell whose citizen it is: of the place that was named, or of the county."""
    return conversation.area or office.release.places.county


async def waiting(office: Office, staff: Staff) -> list[Conversation]:
    """List who waits for a human in the own area, longest first, then who is served.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*SERVE)
    found = await office.stores.conversations.waiting(limit=MOST)
    return [one for one in found if staff.may(*SERVE, area=area_of(office, one))]


async def find(office: Office, staff: Staff, conversation: ConversationId) -> Conversation:
    """Find a conversation of the own area.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such conversation.
    """
    staff.must(*SERVE)
    found = await office.stores.conversations.by_id(conversation)
    if found is None:
        raise NotFound("there is no such conversation: see the list of those who wait")
    staff.must(*SERVE, area=area_of(office, found))
    return found


async def claim(office: Office, staff: Staff, conversation: ConversationId) -> Conversation:
    """Take a conversation; the assistant is silent from now on. Idempotent.

    Raises:
        Refused, NotFound: as `find`.
        Conflict: nobody waits there, or a colleague was first.
    """
    now = office.clock.now()
    held = await changed(
        office, staff, conversation, lambda one: conversations.claim(one, staff.id, now)
    )
    await note(office, staff.id, "conversation.claim", citizen(office, conversation))
    return held


async def answer(
    office: Office, staff: Staff, conversation: ConversationId, *, text: str, key: str
) -> Conversation:
    """Say something to the citizen whom one serves. Idempotent by `key`, which the page makes.

    Raises:
        Refused, NotFound: as `find`.
        BadInput: the text is empty or too long, or the key is none.
        Conflict: one does not hold the conversation.
    """
    words = worded(text)
    if not KEY.fullmatch(key):
        raise BadInput("key: 1 to 64 of A-Z a-z 0-9 _ -, another one for each answer")
    now = office.clock.now()
    held = await changed(
        office, staff, conversation, lambda one: conversations.spoke(one, staff.id, now)
    )
    line = f"{conversation}/staff/{key}"
    await tell(office, conversation, by=staff.id, text=words, key=line)
    await note(office, staff.id, "conversation.answer", citizen(office, conversation))
    return held


async def give_back(office: Office, staff: Staff, conversation: ConversationId) -> Conversation:
    """Let the assistant answer again.

    Raises:
        Refused, NotFound: as `find`.
        Conflict: one does not hold the conversation.
    """
    now = office.clock.now()
    free = await changed(
        office, staff, conversation, lambda one: conversations.give_back(one, staff.id, now)
    )
    await note(office, staff.id, "conversation.give_back", citizen(office, conversation))
    return free


async def changed(
    office: Office, staff: Staff, conversation: ConversationId, step: Step
) -> Conversation:
    """Read, step, write; once more when the citizen wrote in between.

    Raises:
        Refused, NotFound: as `find`.
        Conflict: the step cannot be taken, or the citizen writes too fast.
    """
    for _ in range(TRIES):
        before = await find(office, staff, conversation)
        after = step(before)
        if after is before:
            return before
        try:
            await office.stores.conversations.replace(after)
        except Conflict:
            continue
        return after
    raise Conflict("the citizen is writing very fast: try again")
