"""The four things that are given, never taken: time, ids, dice and the seal."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

T = TypeVar("T")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Tell the time of business, aware, in UTC."""
        ...


class Ids(Protocol):
    """Makes names that cannot be guessed."""

    def new(self) -> str:
        """Make an id: 26 characters of `0-9a-z`, 128 random bits."""
        ...

    def token(self) -> str:
        """Make a secret token: 43 characters, URL-safe, 256 random bits."""
        ...

    def digits(self, count: int) -> str:
        """Make `count` random digits."""
        ...


class Dice(Protocol):
    """Takes chances."""

    def uniform(self, low: float, high: float) -> float:
        """Throw a number between `low` and `high`."""
        ...

    def choice(self, options: Sequence[T]) -> T:
        """Pick one of `options`, which must not be empty."""
        ...


class Seal(Protocol):
    """Signs, hashes and hides with the keys of this house."""

    def keyed_hash(self, purpose: str, value: str) -> str:
        """Hash `value` so that only this house can compare it: 64 hex digits."""
        ...

    def sign(self, value: bytes) -> bytes:
        """Sign `value`: 64 bytes, Ed25519."""
        ...

    def verify(self, value: bytes, signature: bytes) -> bool:
        """Say whether `signature` is ours for `value`."""
        ...

    def encrypt(self, value: str, *, bound_to: str) -> bytes:
        """Hide `value`; it is readable only with the same `bound_to`, its document."""
        ...

    def decrypt(self, sealed: bytes, *, bound_to: str) -> str:
        """Read what `encrypt` hid.

        Raises:
            BadInput: it was changed, or bound to something else.
        """
        ...

    def secret(self) -> bytes:
        """Make a key of its own, for one thing alone: 32 random bytes."""
        ...

    def code_key(self, salt: str) -> bytes:
        """Give the public half of the key pair of codes that `salt` names: 32 bytes, Ed25519."""
        ...

    def sign_code(self, value: bytes, *, salt: str) -> bytes:
        """Sign a code with the pair that `salt` names: 64 bytes, Ed25519."""
        ...

    def code_check(self, public: bytes) -> Callable[[bytes, bytes], bool]:
        """Give what says whether a signature (second) by this key fits a value (first)."""
        ...
