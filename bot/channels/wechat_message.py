"""Make the house's message out of what a WeChat service account was sent."""

import re
from datetime import UTC, datetime

import structlog

from bot.channels.wechat_push import Push
from data.civic.errors import BadInput
from data.civic.ids import MessageId
from data.civic.labels import Channel
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.messages import Message, MessageKind

log = structlog.get_logger(__name__)

UNREADABLE = frozenset(
    {"image", "voice", "video", "shortvideo", "location", "link", "miniprogrampage"}
)
EVENTS = frozenset({"subscribe", "unsubscribe", "scan", "click", "user_enter_tempsession"})
"""Events that mean something to the conversation; the others are only acknowledged."""

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,10}")
_NAME = re.compile(r"[0-9A-Za-z_]{1,64}")
_LONGEST_KEY = 1024


def message_of(push: Push) -> Message | None:
    """Read a push; None when it is of a type or event that asks for nothing.

    Raises:
        BadInput: a field that every push has is missing or malformed.
    """
    kind = push.fields.get("MsgType", "").lower()
    if kind == "text":
        return _message(push, MessageKind.TEXT, text=push.fields.get("Content", ""))
    if kind == "voice" and push.fields.get("Recognition"):
        return _message(push, MessageKind.TEXT, text=push.fields["Recognition"])
    if kind in UNREADABLE:
        return _message(push, MessageKind.UNREADABLE)
    if kind == "event":
        return _event(push)
    _note_ignored(push, "type", kind)
    return None


def _event(push: Push) -> Message | None:
    event, key = push.fields.get("Event", "").lower(), push.fields.get("EventKey", "")
    if event not in EVENTS:
        _note_ignored(push, "event", event)
        return None
    if len(key) > _LONGEST_KEY:
        raise BadInput(f"EventKey has more than {_LONGEST_KEY} characters")
    return _message(push, MessageKind.EVENT, text=key, event=event)


def _message(push: Push, kind: MessageKind, *, text: str = "", event: str = "") -> Message:
    user = _field(push, "FromUserName", _ID)
    conversation = ConversationKey(channel=Channel.WECHAT, account=push.account.name, user=user)
    sent = _field(push, "CreateTime", _SECONDS)
    # An event has no MsgId: what happened when, to what, is its name (WeChat, message retry).
    key = f"{sent}.{event}.{text}" if event else _field(push, "MsgId", _ID)
    return Message(
        id=MessageId(f"{conversation.id}/{key}"),
        conversation=conversation,
        kind=kind,
        text=text,
        event=event,
        sent_at=datetime.fromtimestamp(int(sent), UTC),
    )


def _field(push: Push, name: str, pattern: re.Pattern[str]) -> str:
    value = push.fields.get(name, "")
    if not pattern.fullmatch(value):
        raise BadInput(f"{name} is missing or malformed")
    return value


def _note_ignored(push: Push, what: str, name: str) -> None:
    if not name:
        raise BadInput(f"the {what} of the push is missing")
    shown = name if _NAME.fullmatch(name) else "(malformed)"
    log.info("push_ignored", account=push.account.name, what=what, name=shown)
