"""What a conversation is at the moment a message arrives in it."""

from dataclasses import replace
from datetime import datetime, timedelta

from data.civic.talk.conversations import Attention, Conversation
from data.civic.talk.messages import Message


def arrived(
    conversation: Conversation, message: Message, *, now: datetime, human_returns_after: timedelta
) -> Conversation:
    """Bring a conversation up to the moment: forget what is too old, heed what the phone says.

    A conversation that staff have left without a word for `human_returns_after` is the
    assistant's again.
    """
    here = conversation.fresh(now)
    if message.care is not None:
        here = replace(here, care=message.care)
    since = here.attention_since
    left = since is not None and now - since >= human_returns_after
    if here.attention is Attention.HUMAN and left:
        here = replace(here, attention=Attention.ASSISTANT, attention_since=now, claimed_by=None)
    return here
