"""Take down what a person allows by a template, as the platform or the person's page tells it."""

from collections.abc import Sequence

from data.civic.errors import NotFound
from data.civic.ids import ConversationId
from data.civic.sending.subscriptions import Answered, Denied, TemplateKind
from handlers.office import Office


async def note_subscription(
    office: Office,
    conversation: ConversationId,
    kind: TemplateKind,
    changes: Sequence[Answered | Denied],
) -> None:
    """Write into the ledger what was answered. Idempotent by the key of each answer."""
    ledger = office.stores.subscriptions
    for change in changes:
        if isinstance(change, Answered):
            await ledger.answer(conversation, kind, change)
            continue
        try:
            await ledger.deny(conversation, change.template, change.at)
        except NotFound:  # never asked: there is nothing to deny
            continue
