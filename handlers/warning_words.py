"""What is in force, in the words for a citizen; an issuer's own words are quoted as they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from data.civic.calendar import day_in_words, local
from data.civic.ids import AreaCode
from data.civic.knowing.releases import Release
from data.civic.safety.rosters import Person
from data.civic.talk.messages import Say
from data.civic.warning.feeds import Silence
from data.civic.warning.notices import Notice
from data.civic.warning.orders import Tier, TransferOrder
from data.civic.warning.places import touches
from data.civic.warning.responses import Response
from data.civic.warning.returns import Return
from handlers.acts.in_force import InForce, SignalHere
from handlers.informing_words import areas_in_words, time_in_words, who_in_words
from handlers.word_lists import holds
from handlers.wording import say, written

SHOWN = 3
"""So many warnings are quoted; how many more there are is said."""
NAMED = 20
"""So many areas are named in full."""

_AT = ("issuer", "time", "short", "areas", "first")
_SIGNAL = (*_AT, "colour", "headline", "event", "until", "details")
_ORDER = (*_AT, "tiers", "text", "deadline", "hotline")
_NOW = ("time", "clock", "place", "hotline")

WORDS: Mapping[str, tuple[str, ...]] = {
    "warning_signal": _SIGNAL,
    "warning_no_end": (),
    "warning_more": ("count", "hotline"),
    "warning_response": (*_AT, "level", "text"),
    "warning_order": _ORDER,
    "warning_tier": ("areas", "who", "deadline"),
    "warning_order_yours": _ORDER,
    "warning_return": ("areas", "first", "hotline"),
    "warning_released": (*_AT, "text", "hotline"),
    "warning_notice": (*_AT, "title", "text", "hotline"),
    "warning_silent": ("heard", "hotline"),
    "warning_never_heard": ("hotline",),
    "warning_quiet": _NOW,
    "warning_expired": (*_SIGNAL, "hotline"),
    "warning_coming": (*_SIGNAL, "begins"),
    "warning_unsettled": ("heard", "hotline"),
    "warning_none_of_typhoon": _NOW,
    "warning_words_typhoon": (),
    "warning_words_flood": (),
    "notice_order": _ORDER,
    "notice_signal": _SIGNAL,
    "notice_response": (*_AT, "level", "text"),
}


def everything(release: Release, found: InForce, person: Person | None = None) -> tuple[Say, ...]:
    """Say all that is in force, what one must do first; then any silence, or that it is quiet."""
    orders = [order(release, one, found.area, person) for one in found.orders]
    responses = [response(release, one) for one in found.responses]
    backs = returns(release, found.returns)
    notices = [notice(release, one) for one in found.notices]
    gone = expired(release, found, found.expired)
    quiet = [now(release, "warning_quiet", found)] if found.quiet and not gone else []
    ends = (*gone, *quiet, *unsettled(release, found), *silent(release, found.silence))
    here = (*signals(release, found, found.signals), *coming(release, found, found.coming))
    return (*orders, *here, *responses, *backs, *notices, *ends)


def signals(release: Release, found: InForce, some: Sequence[SignalHere]) -> Iterator[Say]:
    """Quote warnings, the worst first; of many say how many more there are."""
    yield from (signal(release, found, one) for one in some[:SHOWN])
    if len(some) > SHOWN:
        more, hotline = str(len(some) - SHOWN), release.rules.hotline
        yield say(release, "warning_more", count=more, hotline=hotline)


def signal(release: Release, found: InForce, one: SignalHere, key: str = "warning_signal") -> Say:
    """Quote a warning as its issuer wrote it, with issuer, time, areas and end."""
    message = one.message
    decided = one.signal.decided_by(message.identifier, found.at)
    ends = message.expires
    said = dict.fromkeys((message.description.strip(), message.instruction.strip()))
    return say(
        release,
        key,
        colour=written(release, f"inform_colour_{one.colour}"),
        headline=message.headline,
        event=message.event,
        issuer=message.sender,
        time=_moment(message.sent),
        hotline=release.rules.hotline,
        short=time_in_words(release, message.sent),
        begins=time_in_words(release, message.effective),
        until=time_in_words(release, ends) if ends else written(release, "warning_no_end"),
        details="\n".join(part for part in said if part),
        **_areas(release, [area for area in decided if touches(area, found.area)] or decided),
    )


def expired(release: Release, found: InForce, some: Sequence[SignalHere]) -> tuple[Say, ...]:
    """Say of warnings that have run out that nobody has lifted them: it is not over by that."""
    newest = sorted(some, key=lambda one: one.message.sent, reverse=True)
    return tuple(signal(release, found, one, "warning_expired") for one in newest[:SHOWN])


def coming(release: Release, found: InForce, some: Sequence[SignalHere]) -> tuple[Say, ...]:
    """Quote warnings that are still to take effect, with when they do."""
    return tuple(signal(release, found, one, "warning_coming") for one in some[:SHOWN])


def unsettled(release: Release, found: InForce) -> tuple[Say, ...]:
    """Say that a message waits which may be a warning, and whom to ask meanwhile."""
    if found.unsettled is None:
        return ()
    heard, hotline = time_in_words(release, found.unsettled), release.rules.hotline
    return (say(release, "warning_unsettled", heard=heard, hotline=hotline),)


def about(release: Release, some: Iterable[SignalHere], words: str) -> tuple[SignalHere, ...]:
    """Find the warnings whose headline speaks of these words."""

    def speaks(one: SignalHere) -> bool:
        said = f"{one.signal.first.headline} {one.message.headline} {one.message.event}"
        return holds(release, words, said)

    return tuple(one for one in some if speaks(one))


def response(release: Release, one: Response, key: str = "warning_response") -> Say:
    """Tell the response level and since when."""
    step = one.steps[-1]
    level = written(release, f"inform_level_{step.level.lower()}") if step.level else ""
    return say(release, key, level=level, text=step.text, **_own(release, step.at, one.areas))


def order(release: Release, one: TransferOrder, area: AreaCode, person: Person | None) -> Say:
    """Tell who must leave; somebody of the roster whom it means is told so."""
    mine = one.tier_for(person.village, person.tags) if person else None
    if mine is not None:
        return say(release, "warning_order_yours", **_order(release, one, [mine]))
    return say(release, "warning_order", **_order(release, one, _standing(one, area)))


def returns(release: Release, some: Sequence[Return]) -> tuple[Say, ...]:
    """Tell to which villages nobody may go back yet."""
    if not some:
        return ()
    areas = _areas(release, [one.village for one in some])
    return (say(release, "warning_return", **areas, hotline=release.rules.hotline),)


def released(release: Release, some: Sequence[Return]) -> tuple[Say, ...]:
    """Tell to which villages people may go back, as the newest release says it."""
    done = sorted((one.released.at, one.released.text) for one in some if one.released)
    if not done:
        return ()
    at, text = done[-1]
    own = _own(release, at, [one.village for one in some])
    return (say(release, "warning_released", text=text, hotline=release.rules.hotline, **own),)


def notice(release: Release, one: Notice) -> Say:
    """Quote a notice of the county."""
    said = {"title": one.title, "text": one.text, "hotline": release.rules.hotline}
    return say(release, "warning_notice", **said, **_own(release, one.issued_at, one.areas))


def silent(release: Release, silence: Silence | None) -> tuple[Say, ...]:
    """Say since when nothing was heard of a feed that is set up, and whom to ask."""
    if silence is None or not silence.feeds:
        return ()
    hotline = release.rules.hotline
    if silence.last_heard is None:
        return (say(release, "warning_never_heard", hotline=hotline),)
    heard = time_in_words(release, silence.last_heard)
    return (say(release, "warning_silent", heard=heard, hotline=hotline),)


def now(release: Release, key: str, found: InForce) -> Say:
    """Say what is so at this moment and in this place."""
    return say(
        release,
        key,
        time=_moment(found.at),
        clock=time_in_words(release, found.at),
        place=release.places.full_name(found.area),
        hotline=release.rules.hotline,
    )


def standing_over(release: Release, found: InForce) -> tuple[Say, ...]:
    """Say shortly what stands over a greeting: the order, the worst warning, the response."""
    ranked = sorted(found.responses, key=lambda one: -(one.level.rank if one.level else 0))
    level = [response(release, one, "notice_response") for one in ranked[:1]]
    return (*must_know(release, found), *worst(release, found), *level)


def must_know(release: Release, found: InForce) -> tuple[Say, ...]:
    """Say shortly what one must not overlook: the order to leave, and where nobody goes back."""
    orders = [
        say(release, "notice_order", **_order(release, one, _standing(one, found.area)))
        for one in found.orders[:1]
    ]
    return (*orders, *returns(release, found.returns))


def worst(release: Release, found: InForce) -> tuple[Say, ...]:
    """Say shortly which warning is the worst, in force or about to be."""
    near = (*found.signals, *found.coming)
    return tuple(signal(release, found, one, "notice_signal") for one in near[:1])


def _standing(order: TransferOrder, area: AreaCode) -> list[Tier]:
    """Find the tiers that are not lifted everywhere, those of the area first of all."""
    left = [tier for tier in order.tiers if _left(order, tier)]
    near = [tier for tier in left if any(touches(one, area) for one in _left(order, tier))]
    return sorted(near or left, key=lambda tier: tier.deadline)


def _order(release: Release, one: TransferOrder, tiers: Sequence[Tier]) -> Mapping[str, str]:
    lines = [
        written(
            release,
            "warning_tier",
            areas=areas_in_words(release, _left(one, tier), most=NAMED),
            who=who_in_words(release, tier.tags),
            deadline=time_in_words(release, tier.deadline),
        )
        for tier in tiers
    ]
    return {
        "tiers": "\n".join(lines),
        "text": one.text,
        "deadline": time_in_words(release, min(tier.deadline for tier in tiers)),
        "hotline": release.rules.hotline,
        **_own(release, one.issued_at, [area for tier in tiers for area in _left(one, tier)]),
    }


def _left(order: TransferOrder, tier: Tier) -> tuple[AreaCode, ...]:
    return tuple(area for area in tier.areas if not order.lifted(area))


def _own(release: Release, at: datetime, areas: Sequence[AreaCode]) -> Mapping[str, str]:
    """Name the county as the issuer, with time and areas."""
    county = release.places.name(release.places.county)
    return {
        "issuer": written(release, "inform_issuer", county=county),
        "time": _moment(at),
        "short": time_in_words(release, at),
        **_areas(release, areas),
    }


def _areas(release: Release, areas: Sequence[AreaCode]) -> Mapping[str, str]:
    named = tuple(dict.fromkeys(areas))
    return {
        "areas": areas_in_words(release, named, most=NAMED),
        "first": areas_in_words(release, named, most=1),
    }


def _moment(at: datetime) -> str:
    return f"{day_in_words(local(at).date())} {local(at):%H:%M}"
