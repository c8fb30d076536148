"""Resolve the areas that a message names: every name exactly, or nothing at all."""

import re
from collections.abc import Iterator, Mapping, Sequence

from data.civic.areas import Gazetteer, within
from data.civic.ids import AreaCode
from data.civic.warning.messages import SaidArea

Drawn = Mapping[SaidArea, Sequence[AreaCode]]
"""Of blocks that only draw: the villages that their shapes hold."""

_BETWEEN = re.compile(r"[、，,；;\s]+")
_SIZES = (2, 4, 6, 9, 12)


def bare_code(code: str) -> str:
    """Leave out the zeros that fill a division code up: 330109000000 is 330109."""
    for size in _SIZES:
        if len(code) >= size and not code[size:].strip("0"):
            return code[:size]
    return code


def areas_named(
    where: Sequence[SaidArea], places: Gazetteer, drawn: Drawn | None = None
) -> tuple[AreaCode, ...] | None:
    """Tell the areas of a message: each name found exactly once inside the codes beside it.

    None where one is not found, or found twice, or where there are no codes. Codes without names
    are the area themselves; of a block that only draws, it is the villages that it holds.
    """
    held = drawn or {}
    found = [area for said in where for area in held.get(said) or _of(said, places)]
    areas = tuple(dict.fromkeys(one for one in found if one))
    return areas if areas and None not in found else None


def only_draws(said: SaidArea, places: Gazetteer) -> bool:
    """Say whether a block names nothing that is known here, neither by code nor by name."""
    if said.codes or not (said.rings or said.circles):
        return False
    names = {name for name in _BETWEEN.split(said.description) if name}
    return not (names and any(names & set(_names(code, places)) for code in places.areas))


def touches(area: AreaCode, other: AreaCode) -> bool:
    """Say whether one of two areas lies in the other."""
    return within(area, other) or within(other, area)


def _of(said: SaidArea, places: Gazetteer) -> list[AreaCode | None]:
    codes = [AreaCode(code) for code in said.codes]
    names = [name for name in _BETWEEN.split(said.description) if name]
    if not codes:
        return [None]
    if not names:
        return [code if code in places.areas else None for code in codes]
    return [_one(name, codes, places) for name in names]


def _one(name: str, outers: Sequence[AreaCode], places: Gazetteer) -> AreaCode | None:
    inside = [
        code
        for code in places.areas
        if any(within(code, outer) for outer in outers) and name in _names(code, places)
    ]
    return inside[0] if len(inside) == 1 else None


def _names(code: AreaCode, places: Gazetteer) -> Iterator[str]:
    """Give every way to write an area in full: its names, alone and behind those around it."""
    area = places.areas[code]
    yield from (area.name, *area.aliases)
    before = ""
    for size in reversed([size for size in _SIZES if size < len(code)]):
        outer = places.areas.get(AreaCode(code[:size]))
        if outer is not None:
            before = outer.name + before
            yield before + area.name
