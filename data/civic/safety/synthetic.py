"""A county that is made up for drills and benches: nobody's, labelled, the same for a seed.

No telephone of it can ring anywhere: no mobile number of this country begins with 10.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from data.civic.ids import AreaCode, ConversationId, GridId, HouseholdId, PersonId, WorkerId
from data.civic.ports import Seal
from data.civic.risks import RiskTag
from data.civic.safety.grids import Grid, GridWorker
from data.civic.safety.grounds import Basis
from data.civic.safety.identity import phone_hash
from data.civic.safety.rosters import MOST_IDS, Mobility, Person, purge_day
from data.civic.shapes import Point

NAME = "演练"
"""Begins every name, so that nobody takes one for real."""
STEMS = "甲乙丙丁戊己庚辛壬癸"
NOWHERE = "99"
"""No province has this code."""
CHECKED_ON = date(2026, 4, 20)
"""When the made-up roster was gone through: the day by which call lists are renewed."""
HOUSEHOLD = 3
SMARTPHONES, MOBILES, LANDLINES = 0.06, 0.70, 0.80
"""Of a hundred people 6 have a smartphone, 64 a plain mobile, 10 a landline, 20 no telephone.

Source: the emergency department of Zhejiang (2020-07-17): of 22,648 people in Pingyang's danger
zones 21,317 (94 %) had no smartphone. The other shares are made up.
"""
AT_RISK, SECOND_RISK, UNCOVERED, WALKING = 0.3, 0.1, 0.01, 0.9
STRIDE = 618_033_988_747
"""Odd, and with no divisor in common with the number of handles: every handle comes once."""
SPREAD = 0.012
"""Degrees from the middle of a village to its last house."""

_MASK = (1 << 64) - 1
_RISKS = tuple(RiskTag)


@dataclass(slots=True)
class Chances:
    """Chances that fall the same for the same seed. Source: splitmix64, Steele et al. 2014."""

    state: int

    def next(self) -> float:
        """Take the next number from 0 up to 1."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & _MASK
        mixed = ((self.state ^ (self.state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)


def division_tree(
    *, counties: int = 40, towns: int = 25, villages: int = 20
) -> tuple[AreaCode, ...]:
    """List the codes of made-up villages, in order."""
    numbers = product(range(counties), range(towns), range(villages))
    return tuple(
        AreaCode(f"{NOWHERE}01{county + 1:02}{100 + town:03}{200 + village:03}")
        for county, town, village in numbers
    )


def synthetic_residents(
    people: int, seed: int, *, villages: Sequence[AreaCode] = (), seal: Seal | None = None
) -> Iterator[Person]:
    """Make up people, spread evenly over `villages`, neighbours one after the other.

    Without `seal` their telephones have no hash, and nobody can be found by one.
    """
    places = villages or division_tree()
    chances = Chances(seed)
    crowd = _Crowd(chances=chances, first=int(chances.next() * MOST_IDS), seal=seal)
    for number in range(people):
        place = number * len(places) // people
        moved_in = -(-place * people // len(places))
        head = number - (number - moved_in) % HOUSEHOLD
        yield crowd.person(number, head=head, village=places[place], home=_home(place, chances))


def synthetic_grids(villages: Sequence[AreaCode] = ()) -> Iterator[Grid]:
    """Make up one grid a village, each with a worker and a deputy of the same village."""
    for number, village in enumerate(villages or division_tree()):
        first, second = (_worker(village, number, which) for which in (1, 2))
        workers = (replace(first, deputy=second.id), replace(second, deputy=first.id))
        yield Grid(id=grid_of(village), name=f"{NAME}网格", village=village, workers=workers)


def grid_of(village: AreaCode) -> GridId:
    """Name the one grid of a made-up village."""
    return GridId(f"drill-{village}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crowd:
    """Where the chances and the handles of one made-up county come from."""

    chances: Chances
    first: int
    seal: Seal | None

    def person(self, number: int, *, head: int, village: AreaCode, home: Point) -> Person:
        handle, chances = self._handle(number), self.chances
        phone = _phone(number, by_phone := chances.next())
        return Person(
            id=PersonId(handle),
            household=HouseholdId(self._handle(head)),
            village=village,
            grid=grid_of(village) if chances.next() >= UNCOVERED else None,
            name=f"{NAME}{STEMS[number % len(STEMS)]}{number:07}",
            phone=phone,
            phone_hash=phone_hash(self.seal, phone) if self.seal and phone else None,
            home=home,
            tags=_tags(chances),
            mobility=Mobility.WALKS if chances.next() < WALKING else Mobility.SUPPORTED,
            has_smartphone=by_phone < SMARTPHONES,
            conversation=_conversation(handle) if by_phone < SMARTPHONES else None,
            born_year=1936 + int(chances.next() * 70),
            checked_on=CHECKED_ON,
            notice_version="drill",
            basis=Basis.DUTY,
            purge_on=purge_day(CHECKED_ON, None),
            synthetic=True,
        )

    def _handle(self, number: int) -> int:
        return (self.first + number * STRIDE) % (MOST_IDS - 1) + 1


def _phone(number: int, chance: float) -> str | None:
    if chance < MOBILES:
        return f"10{number % 10**9:09}"
    return f"000{number % 10**8:08}" if chance < LANDLINES else None


def _conversation(person: int) -> ConversationId:
    return ConversationId(f"wechat_mini/drill/drill-{person:010x}")


def _tags(chances: Chances) -> frozenset[RiskTag]:
    if chances.next() >= AT_RISK:
        return frozenset()
    one = _RISKS[int(chances.next() * len(_RISKS))]
    two = _RISKS[int(chances.next() * len(_RISKS))]
    return frozenset({one, two}) if chances.next() < SECOND_RISK else frozenset({one})


def _home(place: int, chances: Chances) -> Point:
    """Put the villages on a lattice of 200 in a row, the houses around the middle of theirs."""
    lon, lat = 118.0 + place % 200 * 0.025, 27.2 + place // 200 * 0.04
    east, north = chances.next() - 0.5, chances.next() - 0.5
    return Point(round(lon + 2 * SPREAD * east, 6), round(lat + 2 * SPREAD * north, 6))


def _worker(village: AreaCode, number: int, which: int) -> GridWorker:
    return GridWorker(
        id=WorkerId(f"drill-{village}-{which}"),
        name=f"{NAME}网格员{STEMS[which - 1]}{number:05}",
        phone=f"10{9_000_000_00 + number * 2 + which:09}",
        area=village,
    )
