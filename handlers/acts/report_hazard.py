"""Take a report of a hazard: it joins the case of the same thing, or opens one and names a grid."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from data.civic.areas import within
from data.civic.calendar import local
from data.civic.errors import Conflict, NotFound
from data.civic.ids import AreaCode, ConversationId, GridId, HazardId, MessageId, TicketNumber
from data.civic.privacy import mask
from data.civic.safety import hazards
from data.civic.safety.grids import worker_of
from data.civic.safety.hazards import (
    BETWEEN,
    VILLAGE,
    Hazard,
    HazardKind,
    HazardReport,
    HazardState,
    Spot,
    oldest_of,
    same,
)
from handlers.acts.note import citizen, note
from handlers.acts.speaks_for import own_people
from handlers.office import Office

TRIES = 3
"""How often another number is taken because a report of the day has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a citizen has reported."""

    message: MessageId
    conversation: ConversationId = field(repr=False)
    kind: HazardKind
    spot: Spot
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report, and the case that it belongs to."""

    report: HazardReport
    hazard: Hazard
    others: int
    """Reports of the same thing by other citizens."""


async def report_hazard(office: Office, seen: Seen) -> Reported:
    """Keep a report. Idempotent: the same message is one report.

    Raises:
        Conflict: every number that was tried is taken.
    """
    now = office.clock.now()
    standing = await office.stores.hazard_reports.get(seen.message)
    report = standing or await _entered(office, seen, now)
    if standing is None:
        await note(office, citizen(office, seen.conversation), "hazard.report", report.hazard)
    hazard = await office.stores.hazards.get(report.hazard)
    if hazard is None:  # a new case; or the walk broke off before it stood
        hazard = await _opened(office, report)
    return await _reported(office, report, await _united(office, hazard))


async def place_report(office: Office, report: MessageId, spot: Spot) -> Reported:
    """Say more nearly where a report is from: it may be of a case that others have reported.

    Raises:
        NotFound: there is no such report.
    """
    changed = await office.stores.hazard_reports.change(
        report, lambda one: hazards.placed(one, _nearer(one.spot, spot))
    )
    hazard = await _root(office, changed)
    alone = len(await office.stores.hazard_reports.of(await _parts(office, hazard))) == 1
    if alone and hazard.state is HazardState.OPEN:
        where = changed.spot
        grid = await _grid_of(office, changed.conversation, where.area)
        hazard = await office.stores.hazards.change(
            hazard.id, lambda one: hazards.place(one, where, grid)
        )
        hazard = await _united(office, hazard)
    return await _reported(office, changed, hazard)


async def picture_report(office: Office, report: MessageId, picture: str) -> Reported:
    """Add a picture to a report. Idempotent.

    Raises:
        NotFound: there is no such report.
    """
    changed = await office.stores.hazard_reports.change(
        report, lambda one: hazards.pictured(one, picture)
    )
    return await _reported(office, changed, await _root(office, changed))


async def find_own(
    office: Office, conversation: ConversationId, number: str | None
) -> Reported | None:
    """Find a report of one's own: the one that is named, or the newest; another's is unknown."""
    reports = office.stores.hazard_reports
    if number is None:
        found = await reports.latest_of(conversation)
    else:
        found = await reports.by_number(TicketNumber(number))
    if found is None or found.conversation != conversation:
        return None
    return await _reported(office, found, await _root(office, found))


async def _entered(office: Office, seen: Seen, now: datetime) -> HazardReport:
    """Keep the report under the case that it is of; where there is none, under a fresh id."""
    alike = await office.stores.hazards.alike(seen.kind, now - BETWEEN)
    known = oldest_of(one for one in alike if same(one, seen.kind, seen.spot, now))
    report = HazardReport(
        id=seen.message,
        number=_number(office, now),
        hazard=known.id if known else HazardId(office.ids.new()),
        conversation=seen.conversation,
        kind=seen.kind,
        spot=seen.spot,
        text=mask(seen.text),
        at=now,
    )
    for _ in range(TRIES):
        try:
            return await office.stores.hazard_reports.enter(report)
        except Conflict:
            report = replace(report, number=_number(office, now))
    return await office.stores.hazard_reports.enter(report)


async def _opened(office: Office, report: HazardReport) -> Hazard:
    made = Hazard(
        id=report.hazard,
        kind=report.kind,
        spot=report.spot,
        opened_at=report.at,
        last_at=report.at,
        grid=await _grid_of(office, report.conversation, report.spot.area),
    )
    return await office.stores.hazards.add(made)


async def _united(office: Office, hazard: Hazard) -> Hazard:
    """Let all cases of the same thing go into the oldest: of what opened at once, one is left.

    Whoever looks later sees all the others, so that none is left over.
    """
    store, now = office.stores.hazards, office.clock.now()
    alike = await store.alike(hazard.kind, min(hazard.opened_at, now) - BETWEEN)
    near = [one for one in alike if same(one, hazard.kind, hazard.spot, hazard.last_at)]
    oldest = oldest_of([hazard, *near]) or hazard
    for one in {each.id: each for each in (hazard, *near)}.values():
        if one.id != oldest.id:
            await store.change(one.id, lambda each: hazards.merge(each, oldest))
    root = await store.root(hazard.id) or hazard
    if root.open:
        root = await store.change(root.id, lambda one: hazards.joined(one, now))
    return root


async def _reported(office: Office, report: HazardReport, hazard: Hazard) -> Reported:
    reports = await office.stores.hazard_reports.of(await _parts(office, hazard))
    others = {one.conversation for one in reports} - {report.conversation}
    return Reported(report=report, hazard=hazard, others=len(others))


async def _root(office: Office, report: HazardReport) -> Hazard:
    found = await office.stores.hazards.root(report.hazard)
    if found is None:
        raise NotFound("the case of this report is gone")
    return found


async def _parts(office: Office, hazard: Hazard) -> list[HazardId]:
    return await office.stores.hazards.parts(hazard.id)


async def _grid_of(office: Office, conversation: ConversationId, area: AreaCode) -> GridId | None:
    """Choose whose worker looks: of the reporter's own grid, else of the village."""
    for person in await own_people(office, conversation):
        if person.grid is not None and within(person.village, area):
            return person.grid
    if len(area) != VILLAGE:
        return None
    now = office.clock.now()
    found = await office.stores.grids.within(area)
    return next((one.id for one in found if worker_of(one, now) is not None), None)


def _nearer(before: Spot, said: Spot) -> Spot:
    """Keep what was known more nearly."""
    nearer = within(said.area, before.area)
    return Spot(area=said.area if nearer else before.area, point=said.point or before.point)


def _number(office: Office, now: datetime) -> TicketNumber:
    return TicketNumber(f"XS{local(now):%Y%m%d}{office.ids.digits(6)}")
