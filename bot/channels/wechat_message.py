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

UNREADABLE = frozenset({"voice", "video", "shortvideo", "link", "miniprogrampage"})
EVENTS = frozenset({"subscribe", "unsubscribe", "scan", "click", "user_enter_tempsession"})
"""Events that mean something to the conversation; the others are only acknowledged."""

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,10}")
_NAME = re.compile(r"[0-9A-Za-z_]{1,64}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_LONGEST_KEY, _LONGEST_LABEL = 1024, 200


def message_of(push: Push) -> Message | None:
    """Read a push; None when it is of a type or event that asks for nothing.

    Raises:
        BadInput: a field that every push has is missing or malformed.
    """
    kind = push.fields.get("MsgType", "").lower()
    if (said := _said(push, kind)) is not None:
        return _message(push, said[0], text=said[1])
    if kind == "event":
        return _event(push)
    _note_ignored(push, "type", kind)
    return None


def _said(push: Push, kind: str) -> tuple[MessageKind, str] | None:
    """Tell what a citizen has sent, and its text; None: it is no such message."""
    fields = push.fields
    if kind == "voice" and fields.get("Recognition"):
        return MessageKind.TEXT, fields["Recognition"]
    match kind:
        case "text":
            return MessageKind.TEXT, fields.get("Content", "")
        case "image":
            return MessageKind.PICTURE, fields.get("MediaId", "")
        case "location":
            return MessageKind.PLACE, _place(push)
    return (MessageKind.UNREADABLE, "") if kind in UNREADABLE else None


def _place(push: Push) -> str:
    """Write longitude and latitude, then the label; WeChat calls the latitude X.

    Source: WeChat, receiving messages (location), read 2026-11-22.
    """
    lat, lon = (_field(push, name, _DEGREES) for name in ("Location_X", "Location_Y"))
    return f"{lon},{lat} {push.fields.get('Label', '')[:_LONGEST_LABEL]}"


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
