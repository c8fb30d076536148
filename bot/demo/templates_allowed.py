"""Messages by template, as the platforms keep them: which there are, and who has allowed what."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.demo.wechat_people import Line
from data.civic.errors import PlatformRefused

LONG_TERM, ONCE = "demo-alert-long-term", "demo-alert-once"
"""The templates that every app of the demo has: for many messages, and for one each."""
WECHAT_FIELDS = ("thing1", "thing2", "time3", "thing4")
ALIPAY_FIELDS = ("keyword1", "keyword2", "keyword3", "keyword4")
SPENT_CODE, NO_TEMPLATE = "43101", "40037"
_THING, _TIME = 20, re.compile(r"(\d{4}\D\d{1,2}\D\d{1,2}\D ?)?\d{1,2}:\d{2}(~.+)?")


@dataclass(slots=True)
class Allowed:
    """What one person allows by one template."""

    messages: int = 0
    """How many more messages; of the long-term one: any number above 0 is for ever."""


@dataclass(slots=True, kw_only=True)
class TemplateBook:
    """The templates of one app, and its people's subscriptions."""

    allowed: dict[tuple[str, str], Allowed] = field(default_factory=dict)
    shown: dict[str, list[Line]] = field(default_factory=dict)

    def answer(self, citizen: str, template: str, *, yes: bool) -> None:
        """Take down what a person answers when asked."""
        standing = self.allowed.setdefault((citizen, template), Allowed())
        standing.messages = standing.messages + 1 if yes else 0

    def spend(self, citizen: str, template: str, *, refusal: str) -> None:
        """Take one message.

        Raises:
            PlatformRefused: nothing is allowed, or no more; the code is `refusal`.
        """
        standing = self.allowed.get((citizen, template))
        if standing is None or standing.messages <= 0:
            raise PlatformRefused("user refuse to accept the msg", code=refusal)
        if template != LONG_TERM:
            standing.messages -= 1

    def show(self, citizen: str, text: str, at: str) -> None:
        """Show a message on the phone."""
        lines = self.shown.setdefault(citizen, [])
        line = Line(at=at, by="account", kind="template", text=text, number=len(lines) + 1)
        lines.append(line)

    def forget(self) -> None:
        """Forget everybody."""
        self.allowed.clear()
        self.shown.clear()


def wechat_message(message: Mapping[str, object]) -> tuple[str, str]:
    """Check a subscription message as WeChat does; tell its template and what the phone shows.

    Raises:
        PlatformRefused: the template (40037), the page (41030) or a field (47003) is wrong.
    """
    template = str(message.get("template_id"))
    if template not in (LONG_TERM, ONCE):
        raise PlatformRefused("invalid template_id", code=NO_TEMPLATE)
    if not str(message.get("page", "")).startswith("pages/"):
        raise PlatformRefused("invalid page", code="41030")
    fields = _values(message.get("data"))
    for name in WECHAT_FIELDS:
        if not _fits(name, fields.get(name, "")):
            what = f"argument invalid! data.{name}.value invalid"
            raise PlatformRefused(what, code="47003")
    return template, "\n".join(fields[name] for name in WECHAT_FIELDS)


def alipay_message(template: str, data: object) -> str:
    """Check a template message as Alipay does; tell what the phone shows.

    Raises:
        PlatformRefused: the template or a keyword is wrong.
    """
    if template not in (LONG_TERM, ONCE):
        raise PlatformRefused("no such template", code="USER_TEMPLATE_ILLEGAL")
    fields = _values(data)
    if not all(fields.get(name) for name in ALIPAY_FIELDS):
        raise PlatformRefused("a keyword is missing", code="USER_TEMPLATE_LACK_KEYWORD")
    if any(len(value) > 50 for value in fields.values()):
        raise PlatformRefused("a keyword is too long", code="USER_KEYWORD_LENGTH_ERROR")
    return "\n".join(fields[name] for name in ALIPAY_FIELDS)


def _values(data: object) -> dict[str, str]:
    given = data if isinstance(data, Mapping) else {}
    return {
        str(name): str(one.get("value", "")) if isinstance(one, Mapping) else ""
        for name, one in given.items()
    }


def _fits(name: str, value: str) -> bool:
    checks: dict[str, Callable[[str], bool]] = {
        "thing": lambda text: 0 < len(text) <= _THING,
        "time": lambda text: bool(_TIME.fullmatch(text)),
    }
    return checks[name.rstrip("0123456789")](value)
