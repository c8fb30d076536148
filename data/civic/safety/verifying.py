"""Verify a code, with a network or without: one verdict, and what it cannot know it says.

A signature stops forging, not copying: a printed code may be photographed, so who looks compares
the name and sees when it was last used; a code on a screen lasts a minute.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.safety.codes import Code, NoCode, Unreadable, unpack

LEEWAY = timedelta(minutes=2)
"""How far two clocks that were compared may be apart."""
TRUSTED = timedelta(minutes=10)
"""So long after it was compared with ours the clock of a telephone is trusted to the minute."""
ADRIFT = timedelta(days=1)
"""How far off it may be afterwards: enough for a sheet of a year, not for a screen of a minute."""

Fits = Callable[[bytes, bytes], bool]
"""Says whether a signature (second) of one key fits a value (first)."""


class Standing(StrEnum):
    """How a code stands; a closed list, the same for the program, the page and the table."""

    VALID = "valid"
    FRESHNESS_UNKNOWN = "freshness_unknown"
    """Signed by us and not revoked; without a network nobody can tell whether it is still good."""
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    """Issued in the future: two clocks are apart."""
    REVOKED = "revoked"
    """Lost, replaced or withdrawn."""
    FORGED = "forged"
    """It names a key of ours, and that key has not signed it."""
    UNKNOWN_KEY = "unknown_key"
    """Signed by a key that is not in the list: forged, or the list is too old."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The public keys of codes, as they stood at one moment."""

    dated: datetime
    fits: Mapping[int, Fits] = field(repr=False)
    """The id of a key → what checks its signatures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocations:
    """The handles of codes that no longer count, as they stood at one moment."""

    dated: datetime
    version: int
    """How many codes were ever revoked: the list has changed when this has."""
    handles: frozenset[int] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a code stands, and how old what that was judged by is."""

    standing: Standing
    code: Code | None = None
    """None: it could not be read, or is not proven to be ours."""
    why: Unreadable | None = None
    keys_age: timedelta
    revocations_age: timedelta

    @property
    def ours(self) -> bool:
        """Say whether we signed it, whatever has become of it."""
        return self.code is not None


def verify(
    text: str,
    at: datetime,
    keys: Keys,
    revocations: Revocations,
    *,
    clock_set: datetime | None = None,
) -> Verdict:
    """Judge a code at a moment.

    `clock_set`: `at` is read off a clock without a network that was last compared with ours then;
    None: it is our own clock.
    """

    def verdict(
        standing: Standing, code: Code | None = None, why: Unreadable | None = None
    ) -> Verdict:
        return Verdict(
            standing=standing,
            code=code,
            why=why,
            keys_age=at - keys.dated,
            revocations_age=at - revocations.dated,
        )

    try:
        signed = unpack(text)
    except NoCode as error:
        return verdict(Standing.UNREADABLE, why=error.why)
    code = signed.code
    fits = keys.fits.get(code.key)
    if fits is None:
        return verdict(Standing.UNKNOWN_KEY)
    if not fits(signed.packed, signed.signature):
        return verdict(Standing.FORGED)
    if code.handle in revocations.handles:
        return verdict(Standing.REVOKED, code)
    if clock_set is None:
        return verdict(_by_our_clock(code, at), code)
    return verdict(_by_another(code, at, clock_set), code)


def _by_our_clock(code: Code, at: datetime) -> Standing:
    if at >= code.expires:
        return Standing.EXPIRED
    return Standing.NOT_YET if code.issued > at + LEEWAY else Standing.VALID


def _by_another(code: Code, at: datetime, clock_set: datetime) -> Standing:
    """Judge without a network: that it is later than `clock_set` is all that is certain."""
    if code.expires <= clock_set or code.expires <= at - ADRIFT:
        return Standing.EXPIRED
    trusted = clock_set <= at <= clock_set + TRUSTED
    if trusted:
        fresh = code.issued - LEEWAY <= at < code.expires
    else:
        fresh = code.issued - ADRIFT <= at < code.expires - ADRIFT
    return Standing.VALID if fresh else Standing.FRESHNESS_UNKNOWN
