"""Decide over messages that are held: confirm, name the areas, or reject; nobody edits them."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import AreaCode, ArrivalId
from data.civic.people import Role, Staff
from data.civic.safety.targets import Reach, Target
from data.civic.warning import arrivals
from data.civic.warning.arrivals import Arrival
from data.civic.warning.messages import MessageType
from data.civic.warning.places import areas_named, touches
from data.civic.warning.verdicts import Judgement, Reason, Verdict
from handlers.acts.note import note
from handlers.acts.preview_area import reach
from handlers.acts.relay import apply, settle
from handlers.office import Office

MOST = 500
DECIDE = (Role.DUTY, Role.CHIEF)
_WITHOUT_HOME = (Reason.UNKNOWN_REFERENCE, Reason.OTHER_EVENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaying:
    """Whom a held message would reach."""

    areas: tuple[AreaCode, ...]
    """Empty: somebody has to name them, for those in the message are not known here."""
    reach: Reach | None
    """None: an area is another's, or none is known."""


async def held(office: Office, staff: Staff) -> list[Arrival]:
    """List what waits for another message or for a person, newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*DECIDE)
    return await office.stores.warnings.with_verdict(Verdict.HELD, MOST)


async def confirm(
    office: Office, staff: Staff, arrival: ArrivalId, *, areas: Sequence[AreaCode] = ()
) -> Arrival:
    """Let a held message be relayed; for `areas`, where its own names did not resolve.

    An update whose first message never came begins a warning of its own.

    Raises:
        Refused: the role is not held, or an area is another's.
        NotFound: there is no such message.
        Conflict: it is not held, calls itself a drill, or there is nothing that it could lift.
        BadInput: its areas are still to be named, or one is none of ours.
    """
    found = await _decided(office, staff, arrival)
    reason = found.judgement.reason if found.judgement else None
    if reason is Reason.SAYS_DRILL:
        raise Conflict("it calls itself a drill: reject it, and ask its issuer to send it anew")
    chosen = await _chosen(office, found, areas)
    if not chosen:
        raise BadInput("name the areas: those in the message are not known here")
    await _check(office, found, chosen)
    alone = reason in _WITHOUT_HOME
    if alone and found.message and found.message.type is MessageType.CANCEL:
        raise Conflict("it lifts a warning that never arrived: reject it, and ask its issuer")
    await note(office, staff.id, "warning.confirm", found.id)
    return await apply(office, found, chosen, alone=alone)


async def relaying(
    office: Office, staff: Staff, arrival: Arrival, *, areas: Sequence[AreaCode] = ()
) -> Relaying | None:
    """Tell whom a held message would reach if it were confirmed; None: it is not one's to confirm.

    Raises:
        BadInput: an area is none of ours.
    """
    if not arrival.held or not staff.may(*DECIDE, area=await _area(office, arrival)):
        return None
    await _check(office, arrival, areas)
    chosen = await _chosen(office, arrival, areas)
    mine = bool(chosen) and all(staff.may(*DECIDE, area=one) for one in chosen)
    found = await reach(office, staff, Target(areas=chosen)) if mine else None
    return Relaying(areas=chosen, reach=found)


async def reject(office: Office, staff: Staff, arrival: ArrivalId) -> Arrival:
    """Let a held message have no effect; it stays in the list of what arrived.

    Raises:
        Refused, NotFound, Conflict: as `confirm`.
    """
    found = await _decided(office, staff, arrival)
    rejected = Judgement(verdict=Verdict.REFUSED, reason=Reason.BY_STAFF, areas=found.areas)
    return await settle(office, found, rejected)


async def _decided(office: Office, staff: Staff, arrival: ArrivalId) -> Arrival:
    staff.must(*DECIDE)
    found = await office.stores.warnings.get(arrival)
    if found is None:
        raise NotFound("there is no such message: see the list of those that are held")
    staff.must(*DECIDE, area=await _area(office, found))
    return arrivals.decide(found, staff.id)


async def _chosen(
    office: Office, found: Arrival, areas: Sequence[AreaCode]
) -> tuple[AreaCode, ...]:
    """Tell for which areas it is relayed: those given, else its own as far as they are known.

    A cancel that names no place is for those of the messages it refers to.
    """
    places, message = office.release.places, found.message
    where = message.where if message else ()
    known = tuple(dict.fromkeys(areas)) or found.areas or areas_named(where, places)
    if known or message is None or where or message.type is not MessageType.CANCEL:
        return known or ()
    before = await office.stores.warnings.applied(found.feed, message.references)
    return tuple(dict.fromkeys(area for one in before for area in one.areas))


async def _area(office: Office, arrival: Arrival) -> AreaCode:
    state = await office.stores.feeds.get(arrival.feed)
    return state.feed.area if state else office.release.places.county


async def _check(office: Office, found: Arrival, areas: Sequence[AreaCode]) -> None:
    ours = await _area(office, found)
    known = office.release.places.areas
    if wrong := [one for one in areas if one not in known or not touches(one, ours)]:
        raise BadInput(f"no area {', '.join(wrong)} in {ours}: give division codes of this county")
