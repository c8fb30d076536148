"""Hazards in the store: found by kind and time, gone into one another, reports by citizen."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import ConversationId, HazardId, MessageId, StaffId, TicketNumber
from data.civic.safety import hazards
from data.civic.safety.hazards import Hazard, HazardKind, HazardReport, Spot
from data.civic.shapes import Point
from data.store.stores import Stores
from tests import builders
from tests.bulletins import VILLAGE

AT = builders.now()
ME = ConversationId("terminal/county/me")


def hazard(number: int = 1, *, kind: HazardKind = HazardKind.DYKE) -> Hazard:
    spot = Spot(area=VILLAGE, point=Point(120.25, 30.05))
    return Hazard(id=HazardId(f"h{number}"), kind=kind, spot=spot, opened_at=AT, last_at=AT)


def report(number: int = 1, *, of: str = "h1") -> HazardReport:
    return HazardReport(
        id=MessageId(f"m{number}"),
        number=TicketNumber(f"XS{number}"),
        hazard=HazardId(of),
        conversation=ME,
        kind=HazardKind.DYKE,
        spot=Spot(area=VILLAGE),
        text="有个洞",
        pictures=("p1",),
        at=AT + timedelta(seconds=number),
    )


async def test_open_cases_are_found_by_kind_and_time(stores: Stores) -> None:
    await stores.hazards.add(hazard())
    await stores.hazards.add(hazard(2, kind=HazardKind.TREE))
    assert await stores.hazards.alike(HazardKind.DYKE, AT) == [hazard()]
    assert await stores.hazards.alike(HazardKind.DYKE, AT + timedelta(seconds=1)) == []
    await stores.hazards.change(
        HazardId("h1"), lambda one: hazards.end(one, "好了", StaffId("w"), AT)
    )
    assert [one.id for one in await stores.hazards.open()] == ["h2"]


async def test_what_went_into_another_is_found_from_both_ends(stores: Stores) -> None:
    for number in (1, 2, 3):
        await stores.hazards.add(hazard(number))
    for part, whole in ((3, 2), (2, 1)):
        await stores.hazards.change(
            HazardId(f"h{part}"), lambda one, whole=whole: hazards.merge(one, hazard(whole))
        )
    root = await stores.hazards.root(HazardId("h3"))
    assert root is not None
    assert root.id == "h1"
    assert await stores.hazards.parts(HazardId("h1")) == ["h1", "h2", "h3"]
    assert await stores.hazards.root(HazardId("none")) is None


async def test_reports_are_kept_once_and_found_by_case_number_and_citizen(stores: Stores) -> None:
    for number in (2, 1):
        assert await stores.hazard_reports.enter(report(number)) == report(number)
    assert await stores.hazard_reports.enter(replace(report(1), text="另一段")) == report(1)
    with pytest.raises(Conflict):
        await stores.hazard_reports.enter(replace(report(3), number=TicketNumber("XS1")))
    assert await stores.hazard_reports.of([HazardId("h1")]) == [report(1), report(2)]
    assert await stores.hazard_reports.latest_of(ME) == report(2)
    assert await stores.hazard_reports.by_number(TicketNumber("XS1")) == report(1)
    assert await stores.hazard_reports.by_number(TicketNumber("XS9")) is None


async def test_pictures_that_come_at_once_are_all_kept(stores: Stores) -> None:
    assert await stores.hazard_reports.add(report()) == report()
    assert await stores.hazard_reports.add(replace(report(), text="另一段")) == report()

    async def shows(picture: str) -> None:
        await stores.hazard_reports.change(report().id, lambda one: hazards.pictured(one, picture))

    await asyncio.gather(*(shows(picture) for picture in ("p2", "p3", "p4", "p2")))
    kept = await stores.hazard_reports.get(report().id)
    assert kept is not None
    assert set(kept.pictures) == {"p1", "p2", "p3", "p4"}
    assert kept.version == 3
    with pytest.raises(NotFound):
        await stores.hazard_reports.change("none", lambda one: one)


async def test_a_hazard_and_its_report_are_never_written_over_unseen(stores: Stores) -> None:
    await stores.hazards.add(hazard())
    await stores.hazard_reports.add(report())
    begun = hazards.start(hazard(), StaffId("w"), AT)
    pictured = hazards.pictured(report(), "p2")
    await stores.hazards.save(begun)
    await stores.hazard_reports.save(pictured)
    assert await stores.hazards.get(begun.id) == begun
    assert await stores.hazard_reports.get(report().id) == pictured
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.hazards.save(hazards.end(hazard(), "好了", StaffId("v"), AT))
    with pytest.raises(Conflict, match="changed meanwhile"):
        await stores.hazard_reports.save(hazards.pictured(report(), "p3"))
