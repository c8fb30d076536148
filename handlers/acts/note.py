"""Note in the audit log who did what, and, once a half-hour, who looked at whom."""

from datetime import timedelta

from data.civic.audit import Deed
from data.civic.ids import ConversationId
from handlers.office import Office

SAME_LOOK = timedelta(minutes=30)
"""A page that is open asks again and again: within this time it is one look."""


def citizen(office: Office, conversation: ConversationId) -> str:
    """Name a conversation in the audit log: a keyed hash, for the id holds the citizen's openid."""
    return f"conversation-{office.seal.keyed_hash('audit', conversation)[:24]}"


async def note(office: Office, actor: str, act: str, subject: str, purpose: str = "") -> None:
    """Write a deed into the chain; `subject` is an id, `purpose` no citizen's words either."""
    deed = Deed(actor=actor, act=act, subject=subject, purpose=purpose)
    await office.stores.audit.append(deed, at=office.clock.now())


async def note_look(office: Office, actor: str, act: str, subject: str, purpose: str = "") -> None:
    """Write that somebody read something; a second look within the half-hour is the same."""
    key = office.seal.keyed_hash("look", f"{actor}/{act}/{subject}/{purpose}")
    if await office.stores.counters.hit(f"look/{key}", window=SAME_LOOK) == 1:
        await note(office, actor, act, subject, purpose)
