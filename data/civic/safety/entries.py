"""What a row of a roster says of a person, read and checked, before it meets what stands."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from data.civic.areas import Area, Gazetteer
from data.civic.errors import BadInput, Mistake, Mistakes
from data.civic.ids import AreaCode, GridId
from data.civic.privacy import id_number_valid, mask
from data.civic.risks import RiskTag
from data.civic.safety.rosters import Mobility, Proxy
from data.civic.safety.rows import Column, RosterWords, Row
from data.civic.shapes import Point
from data.civic.telephones import telephone

LONGEST = 60
"""Characters of one cell; an address may have twice as many."""
BETWEEN = re.compile(r"[、,，;；/\s]+")

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:\D.*)?")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+|\d{15}000")
"""What is left of an ID number in a cell of numbers: Excel keeps 15 digits."""
_GAPS = re.compile(r"[\s'\u200b-\u200f\ufeff]")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person of a roster; None: the row says nothing of it, what stands stays."""

    row: Row
    name: str = field(repr=False)
    village: AreaCode
    id_number: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    household: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    grid: GridId | None = None
    tags: frozenset[RiskTag] | None = None
    mobility: Mobility | None = None
    proxies: tuple[Proxy, ...] | None = None
    language: str | None = None
    smartphone: bool | None = None
    born: int | None = field(default=None, repr=False)
    until: date | None = None
    checked: date | None = None
    home: Point | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Against what rows are read."""

    words: RosterWords
    villages: Mapping[str, tuple[AreaCode, ...]]
    """Every way to write a village → which it may be."""
    grids: Mapping[tuple[AreaCode, str], GridId]
    """Village and name, or id, of a grid."""
    today: date


def spellings(places: Gazetteer) -> dict[str, tuple[AreaCode, ...]]:
    """Gather how the villages of a county may be written: code, name, town and name."""
    found: dict[str, set[AreaCode]] = {}
    for village in places.villages():
        town = places.areas.get(AreaCode(village.code[:9]))
        for name in _names(village):
            for before in ("", *(_names(town) if town else ())):
                found.setdefault(before + name, set()).add(village.code)
        found.setdefault(village.code, set()).add(village.code)
    return {written: tuple(sorted(codes)) for written, codes in found.items()}


def entry_of(row: Row, ledger: Ledger) -> Entry:
    """Read a row.

    Raises:
        Mistakes: cells are wrong; every one by its address.
    """
    reading = _Reading(row=row, ledger=ledger)
    village = reading.cell(Column.VILLAGE, _village)
    made = Entry(
        row=row,
        name=reading.cell(Column.NAME, _name) or "",
        village=village or AreaCode(""),
        id_number=reading.cell(Column.ID_NUMBER, _id_number),
        phone=reading.cell(Column.PHONE, _phone),
        household=reading.cell(Column.HOUSEHOLD, _text),
        address=reading.cell(Column.ADDRESS, _long_text),
        grid=reading.cell(Column.GRID, lambda text, _: _grid(text, village, ledger)),
        tags=reading.cell(Column.RISKS, _tags),
        mobility=reading.cell(Column.MOBILITY, _mobility),
        proxies=_proxies(reading),
        language=reading.cell(Column.LANGUAGE, _text),
        smartphone=reading.cell(Column.SMARTPHONE, _yes_or_no),
        born=reading.cell(Column.BORN, _year),
        until=reading.cell(Column.UNTIL, _day),
        checked=reading.cell(Column.CHECKED, _day),
        home=_home(reading),
    )
    _together(reading, made)
    if reading.wrong:
        raise Mistakes(tuple(reading.wrong))
    return made


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One row while it is read, and what was found wrong with it."""

    row: Row
    ledger: Ledger
    wrong: list[Mistake] = field(default_factory=list)

    def cell(self, column: Column, read: Callable[[str, Ledger], T]) -> T | None:
        """Read a cell that says something; note what is wrong with it."""
        text = self.row[column]
        if not text:
            return None
        try:
            return read(text, self.ledger)
        except ValueError as error:
            self.wrong.append(self.row.wrong(column, str(error)))
        return None


def _together(reading: _Reading, made: Entry) -> None:
    """Check what must not be missing, and what only makes sense together."""
    row, today = reading.row, reading.ledger.today
    for column in (Column.NAME, Column.VILLAGE):
        if not row[column]:
            reading.wrong.append(row.wrong(column, "empty: every row needs it"))
    known_by = (Column.ID_NUMBER, Column.PHONE, Column.HOUSEHOLD)
    if not any(row[column] for column in known_by):
        what = "give an ID number, a telephone or a household number: else nobody is known again"
        reading.wrong.append(row.wrong(Column.ID_NUMBER, what))
    if made.until and made.until < today:
        reading.wrong.append(row.wrong(Column.UNTIL, "the day has passed: take the row out"))
    if made.checked and made.checked > today:
        reading.wrong.append(row.wrong(Column.CHECKED, "this day is still to come"))
    if made.tags and RiskTag.WIDENED in made.tags and not row[Column.UNTIL]:
        what = "who is added for a time needs the last day of it"
        reading.wrong.append(row.wrong(Column.UNTIL, what))


def _name(text: str, _: Ledger) -> str:
    name = " ".join(text.split())
    if len(name) > LONGEST or any(one.isdigit() for one in name[:1]):
        raise ValueError("no name")
    return name


def _text(text: str, _: Ledger) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters")
    return text


def _long_text(text: str, _: Ledger) -> str:
    if len(text) > 2 * LONGEST:
        raise ValueError(f"at most {2 * LONGEST} characters")
    return text


def _id_number(text: str, _: Ledger) -> str:
    number = _GAPS.sub("", text.translate(_WIDE)).upper()
    if _ROUNDED.fullmatch(number):
        raise ValueError("Excel has rounded it: format the column as text and type it anew")
    if not id_number_valid(number):
        raise ValueError("no ID number: 18 characters, a real date, and the check digit must fit")
    return number


def _phone(text: str, _: Ledger) -> str:
    number = telephone(text)
    if number is None:
        raise ValueError("no telephone number of this country: one number, digits alone")
    return number


def _village(text: str, ledger: Ledger) -> AreaCode:
    codes = ledger.villages.get(_GAPS.sub("", text), ())
    if len(codes) > 1:
        raise ValueError(f"several villages are called {_told(text)}: write the town before it")
    if not codes:
        raise ValueError(f"no village {_told(text)}: write its name or its 12-digit code")
    return codes[0]


def _grid(text: str, village: AreaCode | None, ledger: Ledger) -> GridId:
    if village is None:
        raise ValueError("which grid it is cannot be told without its village")
    grid = ledger.grids.get((village, text))
    if grid is None:
        raise ValueError(f"the village has no grid {_told(text)}: set it up first")
    return grid


def _tags(text: str, ledger: Ledger) -> frozenset[RiskTag]:
    if text in (ledger.words.nothing, *ledger.words.no):
        return frozenset()
    known = {word: tag for tag, words in ledger.words.risks.items() for word in words}
    said = [one for one in BETWEEN.split(text) if one]
    if unknown := [one for one in said if one not in known]:
        raise ValueError(f"no risk {_told('、'.join(unknown))}: see the first sheet")
    return frozenset(known[one] for one in said)


def _mobility(text: str, ledger: Ledger) -> Mobility:
    known = {word: one for one, words in ledger.words.mobility.items() for word in words}
    if text not in known:
        raise ValueError(
            f"write one of {'、'.join(words[0] for words in ledger.words.mobility.values())}"
        )
    return known[text]


def _yes_or_no(text: str, ledger: Ledger) -> bool:
    if text in ledger.words.yes:
        return True
    if text in ledger.words.no:
        return False
    raise ValueError(f"write {ledger.words.yes[0]} or {ledger.words.no[0]}")


def _year(text: str, ledger: Ledger) -> int:
    found = _YEAR.fullmatch(text)
    if not found or int(found[1]) > ledger.today.year:
        raise ValueError("no year of birth: write it like 1946")
    return int(found[1])


def _day(text: str, ledger: Ledger) -> date:
    found = _DAY.match(text)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise ValueError(f"no day: write it like {ledger.today.isoformat()}")


def _proxies(reading: _Reading) -> tuple[Proxy, ...] | None:
    row = reading.row
    phone = reading.cell(Column.PROXY_PHONE, _phone)
    relation = reading.cell(Column.PROXY_RELATION, _text)
    name = reading.cell(Column.PROXY, _name)
    if name is None:
        if phone or relation:
            reading.wrong.append(row.wrong(Column.PROXY, "whose number is it? Give the name"))
        return None
    if name == reading.ledger.words.nothing:
        return ()
    return (Proxy(name=name, phone=phone, relation=relation or ""),)


def _home(reading: _Reading) -> Point | None:
    lon, lat = reading.cell(Column.LON, _degrees), reading.cell(Column.LAT, _degrees)
    if lon is None or lat is None:
        if lon is not lat and not reading.wrong:
            lacking = Column.LAT if lat is None else Column.LON
            reading.wrong.append(reading.row.wrong(lacking, "a place needs both degrees"))
        return None
    try:
        return Point(lon, lat)
    except BadInput as error:
        reading.wrong.append(reading.row.wrong(Column.LON, str(error)))
    return None


def _degrees(text: str, _: Ledger) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError("no degrees: write them like 120.26") from None


def _told(text: str) -> str:
    """Repeat what was written, but no number of a person that stands in the wrong column."""
    return mask(text)[:LONGEST]


def _names(area: Area) -> tuple[str, ...]:
    plain = re.sub(r"[（(].*[)）]$", "", area.name)
    return tuple(dict.fromkeys((area.name, plain, *area.aliases)))
