"""Papers that name no event, from a moment each: an appeal, a call on duty, a report."""

from dataclasses import replace
from datetime import datetime

from data.civic.ids import AppealId, AreaCode, HazardId, MessageId, PersonId, StaffId, TicketNumber
from data.civic.knowing.colour_rules import CodeColour
from data.civic.safety import hazards
from data.civic.safety.appeals import Answer, Appeal, Outcome, Shown
from data.civic.safety.colours import Reason
from data.civic.safety.hazards import Hazard, HazardKind, HazardReport, Spot
from data.civic.shapes import Point
from data.civic.warning.duty import DutyCall, DutyKind, see
from data.store.stores import Stores
from tests import builders
from tests.bulletins import VILLAGE

KINDS = ("appeals", "duty_calls", "hazard_reports")


async def written(stores: Stores, name: str, at: datetime) -> None:
    """Keep one of each kind under a name, and the case of the hazard; all of it is over."""
    await stores.appeals.add(replace(appeal(name, at), answer=answer(at)))
    await stores.duty_calls.add(see(call(name, at), StaffId("w"), at))
    await stores.hazard_reports.add(report(name, at))
    await stores.hazards.add(hazards.end(case(name, at), "张三家的墙修好了", StaffId("w"), at))


async def waiting(stores: Stores, name: str, at: datetime) -> None:
    """Keep one of each kind under a name, and the case of the hazard; all of it waits."""
    await stores.appeals.add(appeal(name, at))
    await stores.duty_calls.add(call(name, at))
    await stores.hazard_reports.add(report(name, at))
    await stores.hazards.add(case(name, at))


def appeal(name: str, at: datetime) -> Appeal:
    """Build an appeal that waits for its answer."""
    shown = Shown(colour=CodeColour.GREY, reason=Reason.SILENT, rules="1", inputs="x")
    return Appeal(
        id=AppealId(name),
        person=PersonId(1),
        village=VILLAGE,
        conversation=builders.citizen().id,
        shown=shown,
        words="为什么",
        at=at,
    )


def answer(at: datetime) -> Answer:
    """Build the answer to an appeal."""
    return Answer(outcome=Outcome.EXPLAINED, words="以路线为准", by=StaffId("w"), at=at)


def call(name: str, at: datetime) -> DutyCall:
    """Build a call on duty that nobody has seen."""
    kind, area = DutyKind.FEED_SILENT, AreaCode("330109")
    return DutyCall(kind=kind, subject=name, area=area, opened_at=at)


def case(name: str, at: datetime) -> Hazard:
    """Build a case that waits for its result."""
    spot = Spot(area=VILLAGE, point=Point(120.25, 30.05))
    return Hazard(id=HazardId(name), kind=HazardKind.HOUSE, spot=spot, opened_at=at, last_at=at)


def report(name: str, at: datetime) -> HazardReport:
    """Build a report."""
    return HazardReport(
        id=MessageId(name),
        number=TicketNumber(f"XS-{name}"),
        hazard=HazardId(name),
        conversation=builders.citizen().id,
        kind=HazardKind.HOUSE,
        spot=Spot(area=VILLAGE),
        text="张三家的墙裂了",
        at=at,
    )


async def left(stores: Stores) -> dict[str, set[str]]:
    """Name what is left of each kind; of cases those that still say where and how."""
    found = {}
    for kind in KINDS:
        documents = await stores.database.collection(kind).find({"_id": {"$gte": ""}}, limit=99)
        found[kind] = {one["_id"].rpartition("/")[2] for one in documents}
    cases = await stores.database.collection("hazards").find({"_id": {"$gte": ""}}, limit=99)
    told = {one["_id"] for one in cases if one["spot"]["point"] or one["result"]}
    return {**found, "hazards": told}


def all_of(*names: str) -> dict[str, set[str]]:
    """Name these of each kind."""
    return {kind: set(names) for kind in (*KINDS, "hazards")}
