"""Customer-service messages: which WeChat takes, and how the phone shows them."""

from dataclasses import dataclass

from bot.demo.wechat_people import Line
from data.civic.errors import PlatformRefused

FOR_ALL = ("text", "image", "link", "miniprogrampage")
FOR_SERVICE_ACCOUNTS = (*FOR_ALL, "voice", "video", "music", "news", "mpnews", "msgmenu", "wxcard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What of a message is shown."""

    kind: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()

    def line(self, at: str) -> Line:
        """Make the phone's line of it."""
        return Line(
            at=at, by="account", kind=self.kind, text=self.text, choices=self.choices, via="custom"
        )


def read(message: dict[str, object], *, account_kind: str, text_bytes: int) -> Words:
    """Check a message as `custom/send` does.

    Raises:
        PlatformRefused: a kind this account may not send, no content, or too long.
    """
    kind = message.get("msgtype")
    allowed = FOR_SERVICE_ACCOUNTS if account_kind == "service" else FOR_ALL
    if not isinstance(kind, str) or kind not in allowed:
        raise PlatformRefused("invalid message type", code="40008")
    content = message.get(kind)
    if not isinstance(content, dict):
        raise PlatformRefused("data format error", code="47001")
    words = _words(kind, content)
    check_size(words.text, text_bytes)
    return words


def check_size(text: str, text_bytes: int) -> None:
    """Refuse words that are empty or too long.

    Raises:
        PlatformRefused: no words (44004), or more bytes than allowed (45002).
    """
    if not text:
        raise PlatformRefused("empty text message", code="44004")
    if len(text.encode()) > text_bytes:
        raise PlatformRefused("content size out of limit", code="45002")


def _words(kind: str, content: dict[str, object]) -> Words:
    if kind == "text":
        return Words(kind=kind, text=_string(content, "content"))
    if kind == "msgmenu":
        return _menu(content)
    shown = content.get("title") or content.get("media_id") or kind
    return Words(kind=kind, text=str(shown))


def _menu(content: dict[str, object]) -> Words:
    items = content.get("list")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise PlatformRefused("data format error", code="47001")
    choices = tuple((_string(item, "id"), _string(item, "content")) for item in items)
    parts = (content.get("head_content"), content.get("tail_content"))
    return Words(kind="msgmenu", text="\n".join(str(p) for p in parts if p), choices=choices)


def _string(content: dict[str, object], key: str) -> str:
    value = content.get(key)
    if not isinstance(value, str):
        raise PlatformRefused("data format error", code="47001")
    return value
