"""Draw an area on the map of a million people: whom it reaches, before anybody approves."""

import math

from data.civic.ids import AreaCode, StaffId
from data.civic.people import Role, Staff
from data.civic.safety.targets import Reach, Target
from data.civic.shapes import Polygon
from data.store.geometry import drawn
from data.store.stores import Stores
from handlers.acts import preview_area
from tests.bench.measure import Measure
from tests.bench.warned import Bench, both, measured

ROUNDS = 7
CORNERS = 200
CENTRE, RADIUS = (120.5, 29.2), 1.2
"""Degrees: about 220,000 people live inside."""
PROVINCE, CHIEF = AreaCode("99"), frozenset({Role.CHIEF})


async def ratios(stores: Stores) -> list[Measure]:
    """Preview a polygon of 200 corners, and count everybody inside one by one."""
    bench, target = Bench.on(stores), Target(shapes=(outline(),))
    counted = [
        {"$match": {"home": {"$geoWithin": {"$geometry": drawn(outline())}}}},
        {"$group": _sums()},
    ]
    told: list[Reach] = []
    staff = Staff(
        id=StaffId("chief"),
        login="chief",
        name="chief",
        roles=CHIEF,
        area=PROVINCE,
        password_hash="",
    )

    async def preview() -> None:
        told.append(await preview_area.reach(bench.office, staff, target))

    pairs = [
        await both(preview, lambda: bench.residents.aggregate(counted), first=number % 2 == 0)
        for number in range(ROUNDS)
    ]
    (exact,) = await bench.residents.aggregate(counted)
    found = told[-1]
    off = abs(found.people - exact["n"]) / exact["n"]
    note = f"{found.people:,} people, {off:.2%} off, {found.unsettled:,} counted by their village"
    return [measured("preview: a polygon of 200 corners", pairs, at_most=0.05, note=note)]


def outline() -> Polygon:
    """Draw a ring that is dented all around."""
    angles = [2 * math.pi * number / CORNERS for number in range(CORNERS)]
    pairs = [
        (
            CENTRE[0] + RADIUS * (1 + 0.1 * math.sin(5 * angle)) * math.cos(angle),
            CENTRE[1] + RADIUS * (1 + 0.1 * math.sin(5 * angle)) * math.sin(angle),
        )
        for angle in angles
    ]
    return Polygon.of([*pairs, pairs[0]])


def _sums() -> dict[str, object]:
    return {
        "_id": None,
        "n": {"$sum": 1},
        "no_phone": {"$sum": {"$cond": [{"$eq": ["$reach", "door"]}, 1, 0]}},
        "uncovered": {"$sum": {"$cond": [{"$eq": ["$g", ""]}, 1, 0]}},
    }
