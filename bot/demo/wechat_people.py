"""Who uses WeChat in the demo: openids, login codes, what a phone shows, what may be sent."""

import base64
import hashlib
from dataclasses import dataclass, field, replace

from bot.demo.config import Limits
from data.civic.errors import PlatformRefused
from data.civic.ports import Ids

LINES_KEPT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing in a chat as the phone shows it."""

    at: str
    """When, ISO 8601 in UTC."""
    by: str
    """`citizen`, `account`, or `notice`: grey words of WeChat itself."""
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    """Of a menu message: (id, words)."""
    via: str = ""
    """How it came: `push`, `passive` or `custom`."""
    number: int = 0
    """Its place in the chat; given when it is shown."""


@dataclass(slots=True, kw_only=True)
class Window:
    """What is left of the newest thing the citizen did; it replaces, it does not add up."""

    left: int
    until: float


@dataclass(slots=True, kw_only=True)
class Person:
    """One citizen in one app."""

    user: str
    """What the demo calls the citizen."""
    openid: str
    lines: list[Line] = field(default_factory=list)
    shown: int = 0
    window: Window | None = None
    last_said: float = float("-inf")
    typing_until: float = 0
    following: bool = True
    high_risk: bool = False
    logins: list[float] = field(default_factory=list)

    def show(self, line: Line) -> Line:
        """Put a line on the phone; tell it with its number."""
        self.shown += 1
        numbered = replace(line, number=self.shown)
        self.lines.append(numbered)
        del self.lines[:-LINES_KEPT]
        return numbered


def openid_of(app_id: str, user: str) -> str:
    """Name a citizen as WeChat does: 28 characters, another name in every app."""
    digest = hashlib.sha256(f"{app_id}/{user}".encode()).digest()
    return "o" + base64.urlsafe_b64encode(digest).decode()[:27]


@dataclass(slots=True, kw_only=True)
class LoginCode:
    """A code that the phone got from `wx.login`."""

    openid: str
    made_at: float
    used: bool = False


class LoginCodes:
    """Mints and takes login codes; each is taken once, within its five minutes."""

    def __init__(self, ids: Ids, limits: Limits) -> None:
        self._ids = ids
        self._limits = limits
        self._codes: dict[str, LoginCode] = {}

    def mint(self, openid: str, *, now: float) -> str:
        """Make a code of 32 characters."""
        code = self._ids.token()[:32]
        self._codes[code] = LoginCode(openid=openid, made_at=now)
        return code

    def take(self, code: str, *, now: float) -> str:
        """Tell whose code it is, and use it up.

        Raises:
            PlatformRefused: unknown or too old (40029), used before (40163).
        """
        known = self._codes.get(code)
        if known is None or now - known.made_at >= self._limits.login_code_ttl_s:
            raise PlatformRefused("invalid code", code="40029")
        if known.used:
            raise PlatformRefused("code been used", code="40163")
        known.used = True
        return known.openid

    def forget(self) -> None:
        """Take back every code."""
        self._codes.clear()
