"""The key pairs of codes: the newest signs, the one before it still counts, older ones are gone.

A pair is derived from the house key and a random salt, so that what is kept opens nothing, every
process sees a rotation at once, and a backup needs no further secret. It signs codes alone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

LIVE = 2
"""So many keys count at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeKey:
    """One key pair, without its private half."""

    id: int
    """16 bits: the beginning of the public half's SHA-256."""
    public: bytes
    """32 bytes, Ed25519."""
    salt: str
    number: int
    """1 is the first that this house made."""
    made_at: datetime


def id_of(public: bytes) -> int:
    """Tell the id of a public key."""
    return int.from_bytes(hashlib.sha256(public).digest()[:2], "big")


def live(keys: Sequence[CodeKey]) -> tuple[CodeKey, ...]:
    """Tell the keys that count, the one that signs first."""
    return tuple(sorted(keys, key=lambda one: -one.number)[:LIVE])
