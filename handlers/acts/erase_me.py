"""Delete what stands on a citizen's own agreement at once; what the law keeps is asked of staff."""

from data.civic.ids import ConversationId
from handlers.acts.follow import stop
from handlers.acts.note import citizen, note
from handlers.acts.proxies import lay_down, withdraw
from handlers.acts.register import end_own
from handlers.office import Office


async def erase(office: Office, conversation: ConversationId) -> None:
    """End and delete all that ties a conversation to anybody. Idempotent."""
    await withdraw(office, conversation)
    await lay_down(office, conversation)
    await end_own(office, conversation)
    await stop(office, conversation)
    await office.stores.registrations.forget_conversation(conversation)
    await note(office, citizen(office, conversation), "my_data.erase", "conversation")
