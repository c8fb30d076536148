"""Resolve the areas that a message names: every name exactly, or nothing at all."""

import re
from collections.abc import Iterator, Mapping, Sequence

from data.civic.areas import Area, Gazetteer, within
from data.civic.ids import AreaCode
from data.civic.warning.messages import SaidArea

Drawn = Mapping[SaidArea, Sequence[AreaCode]]
"""Of blocks that only draw: the villages that their shapes hold."""

_BETWEEN = re.compile(r"[、，,；;\s]+")
_SIZES = (2, 4, 6, 9, 12)
_A_PLACE = re.compile(
    r"[省市县縣镇鎮乡鄉村]|(?<!预警|影响)区(?!域)|街道|社区|全境|全部|各地|一带|等地|沿[江河海线]"
)
"""By this a description speaks of places, be they known here or not; 影响区域 does not."""
_KIND = re.compile(r"(?:省|市|区|县|镇|乡|街道|村|社区)$")


def bare_code(code: str) -> str:
    """Leave out the zeros that fill a division code up: 330109000000 is 330109."""
    if not is_code(code):
        return code
    return next(code[:size] for size in _SIZES if not code[size:].strip("0"))


def is_code(code: str) -> bool:
    """Say whether this can be the code of a division; 3301091 is that of none."""
    return len(code) in _SIZES and code.isascii() and code.isdigit()


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
    """Say whether a block names no place: no code of any list, no name, not a part of one."""
    if said.codes or said.others or not (said.rings or said.circles):
        return False
    text = "".join(said.description.split())
    if _A_PLACE.search(text):
        return False
    return not any(name in text for area in places.areas.values() for name in _short(area))


def touches(area: AreaCode, other: AreaCode) -> bool:
    """Say whether one of two areas lies in the other."""
    return within(area, other) or within(other, area)


def _of(said: SaidArea, places: Gazetteer) -> list[AreaCode | None]:
    codes = [AreaCode(code) for code in said.codes]
    names = [name for name in _BETWEEN.split(said.description) if name]
    if not codes or not all(is_code(code) for code in codes):
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


def _short(area: Area) -> Iterator[str]:
    """Give its names as they stand inside of other words: 临浦 of 临浦镇."""
    for name in (area.name, *area.aliases):
        short = _KIND.sub("", name)
        yield short if len(short) > 1 else name


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
