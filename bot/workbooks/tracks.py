"""Read a file of typhoon tracks, .csv or .xlsx: one position a row, errors by their cell."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.workbooks.sheets import Row, Table, table_in
from data.civic.calendar import BEIJING, YEARS
from data.civic.errors import BadInput, Mistake, Mistakes
from data.civic.shapes import WIND_LEVELS, Point
from data.civic.warning.tracks import TrackPoint

MOST_ROWS = 5_000
NEEDED = ("id", "name", "time_bjt", "lat", "lng")
TRACKED = range(1900, YEARS.stop)
"""The years of tracks: old typhoons are drawn, too."""
KILOMETRE = 1_000.0
T = TypeVar("T")


def read_tracks(name: str, content: bytes) -> tuple[TrackPoint, ...]:
    """Read the positions of a file. Not for an event loop.

    Raises:
        Mistakes: it is no such file, or cells cannot be read; each by its address.
    """
    table = table_in(name, content, most_rows=MOST_ROWS)
    places = _places(table)
    faults = [fault for row in (table.head, *table.rows) for fault in row.faults]
    points: list[TrackPoint] = []
    for row in table.rows:
        read = _Reader(row, places)
        point = read.point()
        faults += read.faults
        if point is not None:
            points.append(point)
    if faults:
        raise Mistakes(tuple(faults))
    if not points:
        raise Mistakes((Mistake(where=name, what="no position stands under the headings"),))
    return tuple(points)


def _places(table: Table) -> dict[str, int]:
    places = {title.strip(): place for place, title in enumerate(table.head.cells)}
    if missing := [one for one in NEEDED if one not in places]:
        what = f"the first row lacks the headings {'、'.join(missing)}"
        raise Mistakes((table.head.wrong(0, what),))
    return places


class _Reader:
    """Reads one row, and gathers what is wrong in it."""

    def __init__(self, row: Row, places: dict[str, int]) -> None:
        self._row = row
        self._places = places
        self.faults: list[Mistake] = []

    def point(self) -> TrackPoint | None:
        """Read the position; None where something is wrong."""
        at = self._cell("time_bjt", _moment)
        lat, lon = self._cell("lat", _number), self._cell("lng", _number)
        radii = {
            level: self._cell(f"r{level}_km", _radius) or 0.0
            for level in WIND_LEVELS
            if f"r{level}_km" in self._places
        }
        if self.faults or at is None or lat is None or lon is None:
            return None
        try:
            centre = Point(lon, lat)
        except BadInput as error:
            self.faults.append(self._row.wrong(self._places["lat"], str(error)))
            return None
        return TrackPoint(
            typhoon=self._row.text(self._places["id"]).strip(),
            name=self._row.text(self._places["name"]).strip(),
            at=at,
            centre=centre,
            radii_m={level: km * KILOMETRE for level, km in radii.items() if km},
        )

    def _cell(self, title: str, read: Callable[[str], T]) -> T | None:
        place = self._places[title]
        try:
            return read(self._row.text(place).strip())
        except ValueError as error:
            self.faults.append(self._row.wrong(place, str(error)))
            return None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise ValueError(f"“{text[:20]}” is no number of degrees") from error


def _radius(text: str) -> float:
    try:
        km = float(text or 0)
    except ValueError as error:
        raise ValueError(f"“{text[:20]}” is no number of kilometres") from error
    if not 0 <= km <= 2_000:
        raise ValueError(f"{km:g} km is no radius: 0 to 2000")
    return km


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text[:30]}” is no moment: write it like 2019-08-10T08:00") from error
    if at.year not in TRACKED:
        first, last = TRACKED[0], TRACKED[-1]
        raise ValueError(f"“{text[:30]}” is not in the years {first} to {last}")
    return (at if at.tzinfo else at.replace(tzinfo=BEIJING)).astimezone(UTC)
