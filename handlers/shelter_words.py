"""Words about shelters that take somebody now, and about what is handed out there."""

from collections.abc import Mapping, Sequence

from data.civic.knowing.releases import Release
from data.civic.safety.nearest import Offer
from data.civic.safety.relief import Item, Per
from data.civic.safety.shelters import Shelter
from data.civic.talk.messages import Say
from handlers.acts.find_relief import Shelf
from handlers.wording import say, written

SHOWN = 3
ALMOST = 1_000
"""Metres of a kilometre."""
_SHELTER = ("name", "area", "free", "pets", "wheelchair", "phone")

WORDS: Mapping[str, tuple[str, ...]] = {
    "shelter_open": ("place", "list", "first", "phone", "free", "hotline"),
    "shelter_none_fits": ("place", "wanted", "list", "first", "phone", "hotline"),
    "shelter_line": (*_SHELTER, "number", "away"),
    "shelter_away": ("km",),
    **{f"shelter_{what}_{one}": () for what in ("pets", "wheelchair") for one in ("yes", "no")},
    "shelter_nearest": _SHELTER,
    "relief_where": ("time", "list", "first", "hotline"),
    "relief_line": ("name", "phone", "items"),
    "relief_item": ("item", "left", "unit", "whose", "limit"),
    "relief_per_person": (),
    "relief_per_household": (),
}


def several(release: Release, offers: Sequence[Offer], place: str) -> Say:
    """List the nearest shelters."""
    first = offers[0]
    return say(
        release,
        "shelter_open",
        place=place,
        list=_lines(release, offers),
        first=first.shelter.name,
        phone=first.shelter.phone,
        free=str(first.free.people),
        hotline=release.rules.hotline,
    )


def unfitting(release: Release, offers: Sequence[Offer], place: str, wanted: str) -> Say:
    """List the nearest that are open though they lack what is wanted, and whom to call."""
    first = offers[0].shelter
    return say(
        release,
        "shelter_none_fits",
        place=place,
        wanted=wanted,
        list=_lines(release, offers),
        first=first.name,
        phone=first.phone,
        hotline=release.rules.hotline,
    )


def nearest(release: Release, offer: Offer) -> Say:
    """Tell the nearest one in a line."""
    return say(release, "shelter_nearest", **_facts(release, offer))


def relief(release: Release, shelves: Sequence[Shelf], time: str) -> Say:
    """Tell what is left where, and how much each may have."""
    lines = [
        written(
            release,
            "relief_line",
            name=shelf.shelter.name,
            phone=shelf.shelter.phone,
            items="\uff1b".join(_item(release, item, left) for item, left in shelf.left),
        )
        for shelf in shelves[:SHOWN]
    ]
    return say(
        release,
        "relief_where",
        time=time,
        list="\n".join(lines),
        first=shelves[0].shelter.name,
        hotline=release.rules.hotline,
    )


def _lines(release: Release, offers: Sequence[Offer]) -> str:
    return "\n".join(
        written(
            release,
            "shelter_line",
            number=str(number),
            away=_away(release, one),
            **_facts(release, one),
        )
        for number, one in enumerate(offers[:SHOWN], start=1)
    )


def _item(release: Release, item: Item, left: int) -> str:
    whose = "household" if item.per is Per.HOUSEHOLD else "person"
    return written(
        release,
        "relief_item",
        item=item.name,
        unit=item.unit,
        left=str(left),
        whose=written(release, f"relief_per_{whose}"),
        limit=str(item.limit),
    )


def _facts(release: Release, offer: Offer) -> Mapping[str, str]:
    one: Shelter = offer.shelter

    def said(what: str, *, yes: bool) -> str:
        return written(release, f"shelter_{what}_{'yes' if yes else 'no'}")

    return {
        "name": one.name,
        "area": release.places.name(one.area),
        "free": str(offer.free.people),
        "pets": said("pets", yes=one.pets),
        "wheelchair": said("wheelchair", yes=one.step_free),
        "phone": one.phone,
    }


def _away(release: Release, offer: Offer) -> str:
    if offer.metres is None:
        return ""
    return written(release, "shelter_away", km=f"{offer.metres / ALMOST:.1f}")
