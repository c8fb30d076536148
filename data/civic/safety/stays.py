"""Stays: scans of one guest put together, in whatever order they came.

One guest is in one shelter: who comes in elsewhere has left the first, and both scans are shown.
Where somebody is decides the latest scan by its corrected time; the same scan twice is one.
Who is seen in another event has left the shelter of this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from data.civic.ids import EventId, ScanId, ShelterId
from data.civic.safety.scans import Guest, OutTo, Scan, Way, guest_of, void_holder
from data.civic.safety.shelters import Places


class ClashKind(StrEnum):
    """What does not fit together."""

    ELSEWHERE = "elsewhere"
    """Came in at one shelter while being in another."""
    NOT_HERE = "not_here"
    """Left a shelter without being in it."""
    DIFFERS = "differs"
    """Two different things bear one scan's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two scans that do not fit together; of the first nothing is known where it is None."""

    kind: ClashKind
    first: ScanId | None
    second: ScanId


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One guest in one shelter, from when to when."""

    shelter: ShelterId
    scan: ScanId
    """By which it began."""
    since: datetime
    came: int = 1
    """How many they were; of a party some may have left since."""
    takes: Places
    """The places that are still taken."""
    until: datetime | None = None
    out_to: OutTo | None = None
    ended_by: ScanId | None = None

    @property
    def goes_on(self) -> bool:
        """Say whether somebody is still there."""
        return self.until is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """All that is known of one guest."""

    guest: Guest
    stays: tuple[Stay, ...] = ()
    clashes: tuple[Clash, ...] = ()
    last: Scan | None = None

    @property
    def now(self) -> Stay | None:
        """Tell the stay that goes on."""
        return self.stays[-1] if self.stays and self.stays[-1].goes_on else None


def fold(guest: Guest, scans: Iterable[Scan], *, event: EventId | None = None) -> Stays:
    """Put the scans of a guest in an event together; None: they are all of one.

    Those of other events tell where the guest was since; so do, of a party with a void code, those
    of its holder.
    """
    found, holder = list(scans), void_holder(guest)
    names = {guest} if holder is None else {guest, guest_of(holder)}
    mine, clashes = _each_once(
        one for one in found if guest in one.guests and event in (None, one.event)
    )
    own = {one.id for one in mine}
    others = [one for one in found if one.id not in own and not names.isdisjoint(one.guests)]
    stays = Stays(guest=guest, clashes=clashes)
    for one in sorted([*mine, *others], key=_order):
        stays = taken(stays, one) if one.id in own else _seen_elsewhere(stays, one)
    return replace(stays, clashes=tuple(sorted(stays.clashes, key=str)))


def taken(stays: Stays, scan: Scan) -> Stays:
    """Take the next scan in the order of time."""
    now = stays.now
    if scan.way is Way.IN and scan.shelter is not None:
        after = _come(stays, now, scan, scan.shelter)
    elif scan.way is Way.KIN:
        after = _ended(stays, scan, OutTo.RELATIVES) if now else stays
    elif now is None or now.shelter != scan.shelter:
        after = _clash(stays, ClashKind.NOT_HERE, now.scan if now else _left_by(stays), scan)
    else:
        after = _gone(stays, now, scan)
    return replace(after, last=scan)


def _seen_elsewhere(stays: Stays, scan: Scan) -> Stays:
    """End what goes on where the guest is seen in another event: nobody is in two places."""
    now = stays.now
    if now is None or (scan.way is Way.OUT and scan.shelter != now.shelter):
        return stays
    came = {Way.IN: OutTo.SHELTER, Way.KIN: OutTo.RELATIVES}
    return _ended(stays, scan, came.get(scan.way, scan.out_to))


def _come(stays: Stays, now: Stay | None, scan: Scan, shelter: ShelterId) -> Stays:
    if now is not None and now.shelter == shelter:  # scanned by the desk beside: once is enough
        return stays
    if now is not None:
        moved = _clash(stays, ClashKind.ELSEWHERE, now.scan, scan)
        stays = _ended(moved, scan, OutTo.SHELTER)
    takes = scan.takes(stays.guest)
    one = Stay(shelter=shelter, scan=scan.id, since=scan.at, came=takes.people, takes=takes)
    return replace(stays, stays=(*stays.stays, one))


def _gone(stays: Stays, now: Stay, scan: Scan) -> Stays:
    """End a stay; where only some of a party leave, the others stay."""
    left = now.takes.people - (scan.strangers or now.takes.people)
    if left <= 0:
        return _ended(stays, scan, scan.out_to)
    fewer = replace(now, takes=replace(now.takes, people=left))
    return replace(stays, stays=(*stays.stays[:-1], fewer))


def _ended(stays: Stays, scan: Scan, out_to: OutTo | None) -> Stays:
    ended = replace(stays.stays[-1], until=scan.at, out_to=out_to, ended_by=scan.id, takes=Places())
    return replace(stays, stays=(*stays.stays[:-1], ended))


def _clash(stays: Stays, kind: ClashKind, first: ScanId | None, scan: Scan) -> Stays:
    one = Clash(kind=kind, first=first, second=scan.id)
    return replace(stays, clashes=(*stays.clashes, one))


def _left_by(stays: Stays) -> ScanId | None:
    return stays.stays[-1].ended_by if stays.stays else None


def _each_once(scans: Iterable[Scan]) -> tuple[list[Scan], tuple[Clash, ...]]:
    """Keep one scan an id; of two that differ always the same one, whichever came first."""
    ones: dict[ScanId, Scan] = {}
    differ: set[ScanId] = set()
    for one in scans:
        other = ones.setdefault(one.id, one)
        if not same(one, other):
            differ.add(one.id)
        ones[one.id] = min(one, other, key=_first)
    clashes = [Clash(kind=ClashKind.DIFFERS, first=one, second=one) for one in sorted(differ)]
    return list(ones.values()), tuple(clashes)


def same(one: Scan, other: Scan) -> bool:
    """Say whether two say the same; when each was received, and so corrected, does not count."""
    return one == replace(
        other,
        at=one.at,
        sure=one.sure,
        received_at=one.received_at,
        by=one.by,
        proof=one.proof,
        waiting=one.waiting,
    )


def _order(scan: Scan) -> tuple[datetime, str, int, str]:
    return scan.at, scan.device, scan.counter, scan.id


def _first(scan: Scan) -> tuple[datetime, str]:
    """Put the one first that was received first: the store has kept that."""
    return scan.received_at, f"{scan!r} {sorted(scan.needs)} {scan.looks}"
