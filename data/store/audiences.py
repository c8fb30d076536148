"""Who of the residents is meant, as a filter that the index on villages serves."""

from collections.abc import Collection, Sequence

from data.civic.ids import AreaCode
from data.civic.risks import RiskTag
from data.civic.shapes import Shape
from data.store.collection import Document
from data.store.geometry import drawn

BY_VILLAGE = "village"
"""The index to go along: the server would rather take the one on places, and read far more."""


def people_of(
    villages: Sequence[AreaCode],
    *,
    tags: Collection[RiskTag] = (),
    shapes: Sequence[Shape] = (),
) -> Document:
    """Ask for the residents of whole villages, or, with shapes, for those who live inside one.

    Without tags everybody is meant. Who has no point on the map belongs to every shape that
    touches the village: better one too many than one too few.
    """
    wanted: Document = {"v": {"$in": list(villages)}}
    if tags:
        wanted["t"] = {"$in": sorted(tag.value for tag in tags)}
    if shapes:
        inside = [{"home": {"$geoWithin": {"$geometry": drawn(shape)}}} for shape in shapes]
        wanted["$or"] = [{"home": None}, *inside]
    return wanted


def inside(areas: Sequence[AreaCode], field: str) -> list[Document]:
    """Ask for codes that lie in one of the areas: a range of the index for each."""
    return [{field: {"$gte": area, "$lt": _after(area)}} for area in areas]


def _after(area: AreaCode) -> str:
    """Tell the first text behind all codes that begin like this one."""
    return area[:-1] + chr(ord(area[-1]) + 1)
