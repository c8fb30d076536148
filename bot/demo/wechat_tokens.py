"""Access tokens of one app: stable ones that repeat, classic ones that replace each other."""

from dataclasses import dataclass

from bot.demo.clock import ShiftedClock
from bot.demo.config import Limits
from data.civic.errors import PlatformRefused
from data.civic.ports import Ids

DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token and until when it is taken."""

    value: str
    expires_at: float
    dies_at: float


class Tokens:
    """Gives out and checks the access tokens of one app."""

    def __init__(self, clock: ShiftedClock, ids: Ids, limits: Limits) -> None:
        self._clock = clock
        self._ids = ids
        self._limits = limits
        self._known: dict[str, Token] = {}
        self._newest: dict[str, Token] = {}
        self._forced: list[float] = []

    def stable(self, *, force: bool) -> tuple[str, int]:
        """Give the standing token, or a new one near its end; with the seconds it has left.

        Raises:
            PlatformRefused: a refresh was forced too often.
        """
        now = self._clock.seconds()
        if force:
            self._count_force(now)
        newest = self._newest.get("stable")
        if newest is None or force or now >= newest.expires_at - self._limits.token_overlap_s:
            keep_old = 0.0 if force else self._limits.token_overlap_s
            newest = self._new("stable", now, keep_old=keep_old)
        return newest.value, int(newest.expires_at - now)

    def classic(self) -> tuple[str, int]:
        """Give a new token; the one before is taken only for a short while more."""
        now = self._clock.seconds()
        token = self._new("classic", now, keep_old=self._limits.token_overlap_s)
        return token.value, int(self._limits.token_ttl_s)

    def check(self, value: str) -> bool:
        """Say whether `value` is a token of this app and still taken.

        Raises:
            PlatformRefused: it was one; the code says why it is none any more.
        """
        token = self._known.get(value)
        if token is None:
            return False
        now = self._clock.seconds()
        if now >= token.expires_at:
            raise PlatformRefused("access_token expired", code="42001")
        if now >= token.dies_at:
            raise PlatformRefused(
                "invalid credential, access_token is invalid or not latest", code="40001"
            )
        return True

    def forget(self) -> None:
        """Take back every token."""
        self._known.clear()
        self._newest.clear()
        self._forced.clear()

    def _new(self, kind: str, now: float, *, keep_old: float) -> Token:
        old = self._newest.get(kind)
        if old is not None:
            dies_at = min(old.dies_at, now + keep_old)
            self._known[old.value] = Token(
                value=old.value, expires_at=old.expires_at, dies_at=dies_at
            )
        expires_at = now + self._limits.token_ttl_s
        token = Token(value=self._value(), expires_at=expires_at, dies_at=expires_at)
        self._known[token.value] = self._newest[kind] = token
        return token

    def _value(self) -> str:
        """Make a token as long as the real ones: 136 characters and more."""
        return "_".join(self._ids.token() for _ in range(4))

    def _count_force(self, now: float) -> None:
        self._forced = [at for at in self._forced if now - at < DAY_S]
        if len(self._forced) >= self._limits.forced_refreshes_per_day:
            raise PlatformRefused("reach max api daily quota limit", code="45009")
        if self._forced and now - self._forced[-1] < self._limits.forced_refresh_gap_s:
            raise PlatformRefused("api minute-quota reach limit", code="45011")
        self._forced.append(now)
