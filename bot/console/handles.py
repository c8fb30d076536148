"""Name a conversation in an address without naming the citizen: the id is sealed."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from data.civic.errors import BadInput, NotFound
from data.civic.ids import ConversationId
from handlers.office import Office

BOUND_TO = "console-conversation"


def handle_of(office: Office, conversation: ConversationId) -> str:
    """Seal an id for an address; each time another, all open."""
    sealed = office.seal.encrypt(conversation, bound_to=BOUND_TO)
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def conversation_of(office: Office, handle: str) -> ConversationId:
    """Open what `handle_of` sealed.

    Raises:
        NotFound: it was changed, or never one of ours.
    """
    try:
        sealed = urlsafe_b64decode(handle + "=" * (-len(handle) % 4))
        return ConversationId(office.seal.decrypt(sealed, bound_to=BOUND_TO))
    except (BadInput, binascii.Error, ValueError) as error:
        raise NotFound("there is no such conversation: see the list of those who wait") from error


def nickname(office: Office, conversation: ConversationId) -> str:
    """Tell a short name by which colleagues can speak of a citizen: 6 hex digits."""
    return office.seal.keyed_hash("citizen-nickname", conversation)[:6]
