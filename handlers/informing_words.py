"""From what is told to the words of each way; every sentence around it is approved content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from data.civic.calendar import day_in_words, local
from data.civic.ids import AreaCode
from data.civic.knowing.releases import Release
from data.civic.risks import RiskTag
from data.civic.sending.informing import Words
from data.civic.warning import drills
from data.civic.warning.messages import Colour
from data.civic.warning.responses import Change, Level
from handlers.wording import say, written

SMS, SMS_LONG = 70, 140
"""Characters of one text message, and of two that a telephone joins."""
NAMED = 3
"""So many areas are named; of more the first, with their number."""
ELLIPSIS = "…"

_AT = ("issuer", "time", "short", "areas")
_SIGNAL = (*_AT, "headline", "description", "instruction", "hotline")
_DECIDED = (*_AT, "title", "text", "hotline")
_MEANT = (*_AT, "text", "change", "level", "who", "deadline", "hotline")
_SMS = (*_AT, "headline", "title", "change", "level", "who", "deadline", "hotline")

OF_SIGNALS = ("signal", "lift_signal", "expiry")
OF_DECISIONS = (
    "response",
    "order",
    "return",
    "notice",
    "correction",
    "lift_response",
    "lift_order",
    "lift_notice",
)

WORDS: Mapping[str, tuple[str, ...]] = {
    "inform_issuer": ("county",),
    "inform_time": ("month", "day", "clock"),
    "inform_areas_more": ("first", "count"),
    "inform_flash_flood": (),
    "inform_lifted": ("headline",),
    "inform_to_all": (),
    "inform_chat_end": ("hotline",),
    "inform_door_end": ("hotline",),
    "inform_call_end": ("hotline",),
    "inform_loudspeaker_end": ("hotline",),
    "inform_announcement": ("village", "text"),
    **{f"inform_colour_{one}": () for one in Colour},
    **{f"inform_level_{one.lower()}": () for one in Level},
    **{f"inform_change_{one}": () for one in Change if one is not Change.ENDED},
    **{f"inform_risk_{one}": () for one in RiskTag},
    **{f"inform_{one}": _SIGNAL for one in OF_SIGNALS},
    **{f"inform_{one}": (*_DECIDED, *_MEANT) for one in OF_DECISIONS},
    **{f"inform_{one}_sms": _SMS for one in (*OF_SIGNALS, *OF_DECISIONS)},
    **{f"inform_{one}_title": _SMS for one in (*OF_SIGNALS, *OF_DECISIONS)},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told to the people of some areas, before it is put into words."""

    key: str
    """Of its sentences, without `inform_`."""
    subject: str
    """An id of a drill marks every text."""
    areas: tuple[AreaCode, ...]
    tags: frozenset[RiskTag] = frozenset()
    issuer: str
    at: datetime
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    colour: Colour | None = None


def words_of(release: Release, telling: Telling) -> Words:
    """Put it into words for every way: issuer, time and a telephone number are in each."""
    values = _values(release, telling)
    said = say(release, f"inform_{telling.key}", **values)
    hotline = release.rules.hotline

    def ended(text: str, ending: str) -> str:
        return drills.marked(telling.subject, f"{text}{ending}")

    def ending(way: str) -> str:
        return say(release, f"inform_{way}_end", hotline=hotline).spoken

    chat = written(release, "inform_chat_end", hotline=hotline)
    door = written(release, "inform_door_end", hotline=hotline)
    spoken = _sentences(said.spoken)
    return Words(
        text=ended(_blocks(said.full), f"\n\n{chat}"),
        sms=_sms(release, telling, values),
        voice=ended(spoken, ending("call")),
        loudspeaker=ended(spoken, ending("loudspeaker")),
        door=ended(said.plain, door),
        fields=_fields(release, telling, values),
    )


def areas_in_words(release: Release, areas: tuple[AreaCode, ...], *, most: int = NAMED) -> str:
    """Name areas: 临浦镇、浦阳镇; of many the first, with their number."""
    names = [release.places.name(one) for one in areas]
    if len(names) > most:
        return written(release, "inform_areas_more", first=names[0], count=str(len(names)))
    return "、".join(names)


def time_in_words(release: Release, at: datetime) -> str:
    """Write a moment shortly: 11月22日08:00."""
    here = local(at)
    day = {"month": str(here.month), "day": str(here.day)}
    return written(release, "inform_time", **day, clock=f"{here:%H:%M}")


def who_in_words(release: Release, tags: frozenset[RiskTag]) -> str:
    """Name the risks that somebody must bear to be meant; none: everybody."""
    if not tags:
        return written(release, "inform_to_all")
    return "、".join(written(release, f"inform_risk_{one}") for one in sorted(tags))


def _values(release: Release, telling: Telling) -> Mapping[str, str]:
    own = {name: _bare(telling, text) for name, text in telling.values.items()}
    return {
        "issuer": telling.issuer,
        "time": f"{day_in_words(local(telling.at).date())} {local(telling.at):%H:%M}",
        "short": time_in_words(release, telling.at),
        "areas": areas_in_words(release, telling.areas, most=20),
        "hotline": release.rules.hotline,
        **own,
    }


def _sms(release: Release, telling: Telling, values: Mapping[str, str]) -> str:
    """Write it in one text message where that can be done, in two where not."""
    key = f"inform_{telling.key}_sms"

    def made(areas: int, **other: str) -> str:
        named = areas_in_words(release, telling.areas, most=areas)
        text = written(release, key, **{**values, **other, "areas": named})
        return drills.marked(telling.subject, text)

    for most in (NAMED, 1):
        if len(text := made(most)) <= SMS:
            return text
    if len(text := made(NAMED)) <= SMS_LONG:
        return text
    cut: dict[str, str] = {}
    for name in ("headline", "title", "who"):
        over = len(made(1, **cut)) - SMS_LONG
        if over > 0 and (text := values.get(name, "")):
            cut[name] = text[: -over - 1] + ELLIPSIS
    return made(1, **cut)


def _fields(release: Release, telling: Telling, values: Mapping[str, str]) -> Mapping[str, str]:
    """Give the fields of a subscription message; what is too long is cut where it is sent.

    The title says what it is: that words are corrected, or that a warning is over, comes first.
    """
    colour = telling.colour
    areas = areas_in_words(release, telling.areas, most=1)
    title = written(release, f"inform_{telling.key}_title", **{**values, "areas": areas})
    advice = values.get("instruction") or values.get("text") or values.get("description") or title
    return {
        "title": drills.marked(telling.subject, title),
        "area": areas_in_words(release, telling.areas),
        "colour": written(release, f"inform_colour_{colour}") if colour else "",
        "time": values["time"],
        "advice": advice,
        "issuer": values["issuer"],
        "phone": values["hotline"],
    }


def _bare(telling: Telling, text: str) -> str:
    """Leave out the mark of a drill, which the whole text begins with; no other word."""
    bare = text.strip()
    return bare.removeprefix(drills.MARK).strip() if drills.is_drill(telling.subject) else bare


def _blocks(text: str) -> str:
    """Take out the empty lines of what the issuer did not say."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _sentences(text: str) -> str:
    return re.sub(r"[。，\s]*。[。，\s]*", "。", text)
