"""The nearest shelter with places: open, inspected, not full; never one that is none of these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from data.civic.areas import within
from data.civic.ids import AreaCode, ShelterId
from data.civic.safety.shelters import Places, Shelter
from data.civic.shapes import Point, distance_m

NEAR_M = {12: 1_000.0, 9: 5_000.0, 6: 30_000.0}
"""About how far two places of one village, town or county are apart, where nobody has a point."""
FAR_M = 100_000.0
ONE = Places(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who looks for a shelter, and from where."""

    area: AreaCode
    point: Point | None = None
    takes: Places = ONE
    pets: bool = False
    wheelchair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A shelter that takes the party."""

    shelter: Shelter
    metres: float | None
    """As the crow flies; None: somebody's point is not known."""
    free: Places


def nearest(
    shelters: Iterable[Shelter], taken: Mapping[ShelterId, Places], party: Party, *, today: date
) -> tuple[Offer, ...]:
    """List the shelters that take a party, the nearest first."""
    offers = [
        Offer(
            shelter=one,
            metres=_metres(one, party),
            free=one.capacity.free(taken.get(one.id, Places())),
        )
        for one in shelters
        if _takes(one, taken.get(one.id, Places()), party, today)
    ]
    return tuple(sorted(offers, key=lambda one: (_rank(one, party), one.shelter.id)))


def _takes(shelter: Shelter, taken: Places, party: Party, today: date) -> bool:
    return (
        shelter.usable(today)
        and shelter.capacity.fits(party.takes, taken)
        and (shelter.pets or not party.pets)
        and (shelter.step_free or not party.wheelchair)
    )


def _metres(shelter: Shelter, party: Party) -> float | None:
    if shelter.point is None or party.point is None:
        return None
    return distance_m(shelter.point, party.point)


def _rank(offer: Offer, party: Party) -> float:
    if offer.metres is not None:
        return offer.metres
    area = offer.shelter.area
    common = (size for size in NEAR_M if within(area, AreaCode(party.area[:size])))
    return next((NEAR_M[size] for size in common if len(party.area) >= size), FAR_M)
