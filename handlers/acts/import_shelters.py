"""Import shelters: tell what a file would change, then change it, shelter by shelter.

What a row says is put over what stands; an empty cell of a column that need not be leaves nothing
there. Nobody's state changes: what was open stays open, and what is not in the file stays.
Who is overtaken in the middle sends the same file again: what is written by then is not repeated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.civic.areas import within
from data.civic.errors import BadInput, Conflict, Mistake
from data.civic.ids import AreaCode, ShelterId
from data.civic.people import Staff
from data.civic.safety.shelter_rows import NEEDED, ShelterColumn, ShelterRow, ShelterWords
from data.civic.safety.shelters import LONGEST, Capacity, Shelter, ShelterLevel
from data.civic.shapes import Point
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.acts.shelters import ARRANGE, checked, over, phone_of
from handlers.office import Office

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheltersImported:
    """What a file came to, or would come to."""

    added: int
    changed: int
    same: int
    mistakes: tuple[Mistake, ...]
    written: bool


async def import_shelters(
    office: Office,
    staff: Staff,
    rows: Sequence[ShelterRow],
    words: ShelterWords,
    *,
    purpose: str,
    dry_run: bool,
) -> SheltersImported:
    """Try or write a file of shelters; with mistakes nothing is changed. Idempotent.

    Raises:
        Refused: the role is not held. BadInput: no purpose is given.
        Conflict: somebody has changed a shelter meanwhile, and those before it are written:
            send the file again.
    """
    staff.must(*ARRANGE)
    why, county = purpose_in(purpose), office.release.places.county
    known = {one.id: one for one in await office.stores.shelters.within(county)}
    reader = _Reader(office=office, staff=staff, words=words, known=known)
    mistakes = reader.twice(rows)
    said = [found for row in rows if (found := reader.shelter(row, mistakes)) is not None]
    after = [over(known[one.id], one) if one.id in known else one for one in said]
    changed = [one for one in after if known.get(one.id) != one]
    done = SheltersImported(
        added=sum(one.id not in known for one in changed),
        changed=sum(one.id in known for one in changed),
        same=len(after) - len(changed),
        mistakes=tuple(mistakes),
        written=not (mistakes or dry_run),
    )
    if done.written:
        try:
            await _write(office, changed, known)
        finally:  # who is overtaken has written a part, and that is noted too
            await note(office, staff.id, "shelter.import", f"shelters-{len(after)}", why)
    return done


async def _write(
    office: Office, changed: Sequence[Shelter], known: Mapping[ShelterId, Shelter]
) -> None:
    shelters = office.stores.shelters
    for one in changed:
        if one.id in known:
            await shelters.save(one)
        elif await shelters.add(one) != one:
            raise Conflict(f"a shelter {one.id} stands already: send the file again")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads rows, and names what is wrong in them."""

    office: Office
    staff: Staff
    words: ShelterWords
    known: Mapping[ShelterId, Shelter]

    def twice(self, rows: Sequence[ShelterRow]) -> list[Mistake]:
        """Name the rows whose id stands above already."""
        seen: set[str] = set()
        found = []
        for row in rows:
            id_ = row.text(ShelterColumn.ID)
            if id_ in seen:
                found.append(row.wrong(ShelterColumn.ID, f"{id_} stands twice: keep one"))
            seen.add(id_)
        return found

    def shelter(self, row: ShelterRow, mistakes: list[Mistake]) -> Shelter | None:
        """Read one shelter; its mistakes are added to the others."""
        wrong = [row.wrong(one, "fill this in") for one in NEEDED if not row.text(one)]
        wrong += [] if wrong else self._wrong_place(row)
        if wrong:
            mistakes += wrong
            return None
        try:
            found = self._made(row)
            checked(self.office, found)
        except _Cell as error:
            mistakes.append(row.wrong(error.column, str(error)))
            return None
        except BadInput as error:
            mistakes.append(row.wrong(ShelterColumn.ID, str(error)))
            return None
        return found

    def _wrong_place(self, row: ShelterRow) -> list[Mistake]:
        area, id_ = AreaCode(row.text(ShelterColumn.AREA)), ShelterId(row.text(ShelterColumn.ID))
        if area not in self.office.release.places.areas or not within(area, self.staff.area):
            what = f"no area of {self.staff.area}: give a village, a town or the county by its code"
            return [row.wrong(ShelterColumn.AREA, what)]
        if id_ in self.known and not within(self.known[id_].area, self.staff.area):
            return [row.wrong(ShelterColumn.ID, "a shelter of another area: not yours to change")]
        return [*_wrong_words(row)]

    def _made(self, row: ShelterRow) -> Shelter:
        return Shelter(
            id=ShelterId(row.text(ShelterColumn.ID)),
            name=row.text(ShelterColumn.NAME),
            level=self._level(row),
            area=AreaCode(row.text(ShelterColumn.AREA)),
            point=_point(row),
            capacity=_capacity(row),
            pets=self._yes(row, ShelterColumn.PETS),
            step_free=self._yes(row, ShelterColumn.STEP_FREE),
            phone=row.text(ShelterColumn.PHONE),
            in_charge=row.text(ShelterColumn.IN_CHARGE),
            inspected_until=_day(row),
        )

    def _level(self, row: ShelterRow) -> ShelterLevel:
        said = row.text(ShelterColumn.LEVEL)
        found = next((one for one, words in self.words.levels.items() if said in words), None)
        if found is None:
            first = "/".join(words[0] for words in self.words.levels.values())
            raise _Cell(f"{said}: write {first}", column=ShelterColumn.LEVEL)
        return ShelterLevel(found)

    def _yes(self, row: ShelterRow, column: ShelterColumn) -> bool:
        said = row.text(column)
        if said and said not in (*self.words.yes, *self.words.no):
            first = f"{self.words.yes[0]}/{self.words.no[0]}"
            raise _Cell(f"{said}: write {first}", column=column)
        return said in self.words.yes


class _Cell(BadInput):
    """What is wrong in one cell."""

    def __init__(self, message: str, *, column: ShelterColumn) -> None:
        super().__init__(message)
        self.column = column


def _wrong_words(row: ShelterRow) -> Iterator[Mistake]:
    if len(row.text(ShelterColumn.NAME)) > LONGEST:
        what = f"a shelter has a name of at most {LONGEST} characters"
        yield row.wrong(ShelterColumn.NAME, what)
    if phone_of(row.text(ShelterColumn.PHONE)) is None:
        what = "a shelter needs a telephone of this country, or a hotline"
        yield row.wrong(ShelterColumn.PHONE, what)


def _capacity(row: ShelterRow) -> Capacity:
    people = _number(row, ShelterColumn.PEOPLE) or 0
    beds, chairs = (_number(row, one) for one in (ShelterColumn.BEDS, ShelterColumn.WHEELCHAIRS))
    try:
        return Capacity(people=people, beds=beds, wheelchairs=chairs)
    except BadInput as error:
        raise _Cell(str(error), column=ShelterColumn.PEOPLE) from error


def _number(row: ShelterRow, column: ShelterColumn) -> int | None:
    said = row.text(column)
    if said and not (said.isascii() and said.isdigit() and len(said) < 7):
        raise _Cell(f"{said}: write a whole number", column=column)
    return int(said) if said else None


def _point(row: ShelterRow) -> Point | None:
    lon, lat = row.text(ShelterColumn.LON), row.text(ShelterColumn.LAT)
    if not (lon or lat):
        return None
    try:
        return Point(float(lon), float(lat))
    except (ValueError, BadInput) as error:
        raise _Cell(
            "write both in degrees, as 120.25 and 30.05", column=ShelterColumn.LON
        ) from error


def _day(row: ShelterRow) -> date:
    """Read a day as clerks write it: 2028-09-30, 2028/9/30, 2028.9.30."""
    said = row.text(ShelterColumn.INSPECTED_UNTIL)
    found = _DAY.fullmatch(said)
    try:
        year, month, day = (int(one) for one in found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError as error:
        column = ShelterColumn.INSPECTED_UNTIL
        raise _Cell(f"{said}: write the last day as 2028-09-30", column=column) from error
