"""Villages to be ticked by name: those of the town that was picked, and all that are chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.console.warnings.bodies import Form, codes_in
from data.civic.areas import VILLAGE, Area, Gazetteer, within
from data.civic.ids import AreaCode
from data.civic.warning.events import Event

TOWN = 9
"""Digits of the code of a town."""
Groups = Mapping[str, Sequence[Area]]
"""Villages by the name of their town, both in the order of their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What one field of areas offers."""

    codes: frozenset[AreaCode]
    """All that was ticked or written."""
    town: str
    """The code of the town that was picked; "" for none."""
    villages: Groups
    others: tuple[AreaCode, ...]
    """Codes that were written and have no box."""


def offered(places: Gazetteer, event: Event, form: Form, name: str) -> Offered:
    """Tell what a field of areas offers when the form stands as it does."""
    codes, town = codes_in(form, name), next(iter(form.get(f"{name}-town", ())), "")
    boxed = {*event.areas, *(one.code for one in places.towns())}
    chosen = [one for one in codes if len(one) == VILLAGE and one in places.areas]
    own = [one.code for one in places.villages() if town and within(one.code, AreaCode(town))]
    shown = {one for one in (*own, *chosen) if event.encloses([one])} - boxed
    return Offered(
        codes=frozenset(codes),
        town=town,
        villages=by_town(places, shown),
        others=tuple(one for one in codes if one not in shown | boxed),
    )


def by_town(places: Gazetteer, villages: Iterable[AreaCode]) -> Groups:
    """Put villages that are known together by towns."""
    groups: dict[str, list[Area]] = {}
    for code in sorted(villages):
        town = places.name(AreaCode(code[:TOWN]))
        groups.setdefault(town, []).append(places.areas.get(code) or Area(code=code, name=code))
    return groups


def with_villages(places: Gazetteer, event: Event) -> list[Area]:
    """List the towns of which an event holds a village."""
    held = {one.code[:TOWN] for one in places.villages() if event.encloses([one.code])}
    return [one for one in places.towns() if one.code in held]
