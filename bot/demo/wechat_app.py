"""One app at WeChat: its people, its tokens, and what it may say to whom."""

from collections.abc import Callable

from bot.demo.clock import ShiftedClock
from bot.demo.config import Limits
from bot.demo.keys import WeChatAccount
from bot.demo.templates_allowed import TemplateBook
from bot.demo.wechat_people import Line, LoginCodes, Person, Window, openid_of
from bot.demo.wechat_tokens import Tokens
from data.civic.errors import PlatformRefused
from data.civic.ports import Ids

TYPING_LASTS_S = 15
TYPING_AFTER_S = 30
MINUTE_S = 60


class WeChatApp:
    """What WeChat knows about one service account or mini-program."""

    def __init__(
        self, account: WeChatAccount, *, clock: ShiftedClock, ids: Ids, limits: Limits
    ) -> None:
        self.account = account
        self.tokens = Tokens(clock, ids, limits)
        self.codes = LoginCodes(ids, limits)
        self._clock = clock
        self._limits = limits
        self.templates = TemplateBook()
        self._people: dict[str, Person] = {}

    def person(self, user: str) -> Person:
        """Tell who the demo's citizen `user` is in this app; a new one at the first asking."""
        openid = openid_of(self.account.app_id, user)
        if openid not in self._people:
            self._people[openid] = Person(user=user, openid=openid)
        return self._people[openid]

    def known(self, openid: str) -> Person:
        """Find somebody by openid.

        Raises:
            PlatformRefused: nobody in this app is called so.
        """
        person = self._people.get(openid)
        if person is None:
            raise PlatformRefused("invalid openid", code="40003")
        return person

    def log_in(self, code: str) -> Person:
        """Tell who a login code is for.

        Raises:
            PlatformRefused: the code is not taken, or the person is.
        """
        now = self._clock.seconds()
        person = self.known(self.codes.take(code, now=now))
        person.logins = [at for at in person.logins if now - at < MINUTE_S]
        if len(person.logins) >= self._limits.logins_per_minute:
            raise PlatformRefused("api minute-quota reach limit", code="45011")
        if person.high_risk:
            raise PlatformRefused("code blocked", code="40226")
        person.logins.append(now)
        return person

    def said(self, person: Person, text: str) -> None:
        """Take down what a citizen typed; it opens the window for answers."""
        now = self._clock.seconds()
        person.last_said = now
        person.window = Window(
            left=self._limits.message_count, until=now + self._limits.message_window_s
        )
        self._show(person, by="citizen", kind="text", text=text, via="push")

    def touched(self, person: Person, event: str) -> None:
        """Take down that a citizen followed, left, scanned or tapped a menu."""
        name = event.lower()
        if name in ("subscribe", "unsubscribe"):
            person.following = name == "subscribe"
        if name in ("subscribe", "scan", "click"):
            until = self._clock.seconds() + self._limits.touch_window_s
            person.window = Window(left=self._limits.touch_count, until=until)

    def deliver(self, person: Person, line: Callable[[str], Line]) -> None:
        """Show a customer-service message, if the window allows one more.

        Raises:
            PlatformRefused: the window is closed (45015) or spent (45047).
        """
        window = person.window
        if not person.following or window is None or self._clock.seconds() >= window.until:
            raise PlatformRefused(
                "response out of time limit or subscription is canceled", code="45015"
            )
        if window.left <= 0:
            raise PlatformRefused("out of response count limit", code="45047")
        window.left -= 1
        person.typing_until = 0
        person.show(line(self._clock.now().isoformat()))

    def reply(self, person: Person, text: str) -> Line:
        """Show a passive reply; it costs nothing."""
        return self._show(person, by="account", kind="text", text=text, via="passive")

    def notice(self, person: Person, text: str) -> Line:
        """Show grey words of WeChat itself."""
        return self._show(person, by="notice", kind="text", text=text)

    def typing(self, person: Person, command: str) -> None:
        """Show that somebody is typing, or no longer.

        Raises:
            PlatformRefused: a wrong command, nothing said lately, or it is shown already.
        """
        now = self._clock.seconds()
        if command not in ("Typing", "CancelTyping"):
            raise PlatformRefused("invalid command", code="45072")
        if now - person.last_said > TYPING_AFTER_S:
            raise PlatformRefused("no interaction in the last 30 s", code="45080")
        if command == "Typing" and now < person.typing_until:
            raise PlatformRefused("already typing", code="45081")
        person.typing_until = now + TYPING_LASTS_S if command == "Typing" else 0

    def is_typing(self, person: Person) -> bool:
        """Say whether the phone shows that somebody is typing."""
        return self._clock.seconds() < person.typing_until

    def forget(self) -> None:
        """Forget everybody and everything."""
        self._people.clear()
        self.templates.forget()
        self.tokens.forget()
        self.codes.forget()

    def _show(self, person: Person, *, by: str, kind: str, text: str, via: str = "") -> Line:
        at = self._clock.now().isoformat()
        return person.show(Line(at=at, by=by, kind=kind, text=text, via=via))
