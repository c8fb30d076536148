"""Read how it stands with warnings: in force, feeds, what was held or refused, raw messages."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.civic.errors import NotFound
from data.civic.ids import AreaCode, ArrivalId, FeedId
from data.civic.people import Role, Staff
from data.civic.warning.arrivals import Arrival
from data.civic.warning.feeds import FeedState
from data.civic.warning.places import touches
from data.civic.warning.telling import ToInform
from data.civic.warning.verdicts import Verdict
from handlers.acts.in_force import InForce, SignalHere, signals_in, warnings_in_force
from handlers.office import Office

READ = (Role.DUTY, Role.CHIEF)
IN_FORCE = (*READ, Role.GRID, Role.AGENT, Role.SHELTER)
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How it stands in the own area."""

    in_force: InForce
    by_town: Mapping[AreaCode, tuple[SignalHere, ...]]
    """The towns of the own area, or the own one, in the order of their codes."""
    feeds: tuple[FeedState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """What somebody has to look at: messages, and news that nobody has been told yet."""

    held: tuple[Arrival, ...]
    refused: tuple[Arrival, ...]
    """With those that contradict a message which stands."""
    untold: tuple[ToInform, ...]


async def overview(office: Office, staff: Staff, *, drill: bool = False) -> Overview:
    """Tell what is in force in the own area, town by town, and how its feeds are heard.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*IN_FORCE)
    here = await warnings_in_force(office, staff.area, drill=drill)
    signals = [one.signal for one in here.signals]
    feeds = await office.stores.feeds.configured()
    return Overview(
        in_force=here,
        by_town={town: signals_in(signals, town, here.at) for town in towns_of(office, staff)},
        feeds=tuple(one for one in feeds if touches(one.feed.area, staff.area)),
    )


async def unsettled(office: Office, staff: Staff) -> Unsettled:
    """List what is held, what was refused, and what nobody was told, newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*READ)
    warnings = office.stores.warnings
    ours = await _our_feeds(office, staff)
    refused = [
        *await warnings.with_verdict(Verdict.REFUSED, MOST),
        *await warnings.with_verdict(Verdict.CONFLICT, MOST),
    ]
    held = await warnings.with_verdict(Verdict.HELD, MOST)
    refused.sort(key=lambda one: one.received_at, reverse=True)
    return Unsettled(
        held=tuple(one for one in held if one.feed in ours),
        refused=tuple(one for one in refused if one.feed in ours)[:MOST],
        untold=tuple(await office.stores.to_inform.waiting(MOST)),
    )


async def message(office: Office, staff: Staff, arrival: ArrivalId) -> Arrival:
    """Fetch a message with its raw bytes.

    Raises:
        Refused: the role is not held.
        NotFound: there is no such message in the own area's feeds.
    """
    staff.must(*READ)
    found = await office.stores.warnings.get(arrival)
    if found is None or found.feed not in await _our_feeds(office, staff, gone=found.feed):
        raise NotFound("there is no such message: see the list of warnings")
    return found


async def titles_of(office: Office) -> Mapping[FeedId, str]:
    """Tell what the configured feeds are called; no other is known by more than its id."""
    return {one.feed.id: one.feed.called for one in await office.stores.feeds.configured()}


def towns_of(office: Office, staff: Staff) -> tuple[AreaCode, ...]:
    """Name the towns of the own area; who works for one town or village has that alone."""
    places = office.release.places
    if len(staff.area) > len(places.county):
        return (AreaCode(staff.area[:9]),)
    return tuple(one.code for one in places.towns())


async def _our_feeds(
    office: Office, staff: Staff, *, gone: FeedId | None = None
) -> frozenset[FeedId]:
    """Name the feeds of the own area; one that is not configured any more is the county's."""
    states = await office.stores.feeds.configured()
    known = {one.feed.id for one in states}
    ours = {one.feed.id for one in states if touches(one.feed.area, staff.area)}
    if gone is not None and gone not in known and staff.area == office.release.places.county:
        ours.add(gone)
    return frozenset(ours)
