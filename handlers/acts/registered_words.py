"""Tell citizens what has been registered or asked, in their own conversations."""

from collections.abc import Mapping

from data.civic.ids import ConversationId, PersonId, StaffId
from data.civic.safety.registrations import Kind, Registration
from handlers.acts.tell_citizen import tell
from handlers.office import Office
from handlers.wording import say, written

BY = StaffId("system")

WORDS: Mapping[str, tuple[str, ...]] = {
    "registered_elsewhere": ("hotline",),
    "proxy_asked": ("name", "relation", "code", "hotline"),
    "proxy_agreed": ("relation", "hotline"),
    "proxy_refused": ("relation", "hotline"),
    "proxy_ended": ("relation", "hotline"),
    "proxy_entered": ("name", "hotline"),
    "proxy_left": ("name", "hotline"),
}


async def say_to(
    office: Office, conversation: ConversationId, sentence: str, *, key: str, **values: str
) -> None:
    """Say a sentence to a citizen, in care mode the plain one. Idempotent by `key`."""
    words = say(office.release, sentence, hotline=office.release.rules.hotline, **values)
    known = await office.stores.conversations.by_id(conversation)
    text = words.plain if known is not None and known.care else words.full
    await tell(office, conversation, by=BY, text=text, key=f"{conversation}/{key}")


async def say_to_person(
    office: Office, person: PersonId, sentence: str, *, key: str, **values: str
) -> int:
    """Say a sentence in every conversation that is somebody's own; tell how many there are."""
    found = [
        one
        for one in await office.stores.registrations.of_person(person)
        if one.kind is Kind.OWN and one.stands
    ]
    for one in found:
        await say_to(office, one.conversation, sentence, key=key, **values)
    return len(found)


async def tell_others(office: Office, person: PersonId, new: ConversationId) -> None:
    """Tell somebody's other conversations that this person has registered anew."""
    for one in await office.stores.registrations.of_person(person):
        if one.kind is Kind.OWN and one.stands and one.conversation != new:
            key = f"{one.id}/elsewhere/{office.ids.new()}"
            await say_to(office, one.conversation, "registered_elsewhere", key=key)


def relation_of(office: Office, one: Registration) -> str:
    """Say what the person is to the proxy, in a word."""
    return written(office.release, f"relation_{one.relation or 'other'}")
