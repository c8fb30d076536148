"""What people on duty hear and read when they are called: approved words, never a citizen's."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.civic.knowing.releases import Release
from data.civic.warning import drills
from data.civic.warning.duty import DutyCall, DutyKind
from handlers.wording import say, written

_WORDED = (DutyKind.RESPONSE, DutyKind.ORDER)

WORDS: Mapping[str, tuple[str, ...]] = {
    "duty_title": ("county",),
    **{f"duty_{kind}": ("county", "area", "number") for kind in DutyKind},
    "duty_press": (),
    "duty_say": ("words",),
    **{f"duty_words_{kind}": ("area",) for kind in _WORDED},
    "duty_menu": (),
    "duty_taken": (),
    "duty_passed": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWords:
    """One call, to be read out and to be read; in a drill all of it begins with the mark."""

    title: str
    read: str
    spoken: str


def words_of(release: Release, call: DutyCall, *, read_back: str) -> DutyWords:
    """Write what is said to somebody who is called; `read_back` are the words to be said back."""
    county, area = release.places.county, release.places.full_name(call.area)
    told = say(
        release,
        f"duty_{call.kind}",
        county=release.places.name(county),
        area=area,
        number=call.ticket or call.subject,
    )
    ask = say(release, "duty_say", words=read_back) if read_back else say(release, "duty_press")
    title = written(release, "duty_title", county=release.places.name(county))
    return DutyWords(
        title=drills.marked(call.subject, title),
        read=drills.marked(call.subject, told.full),
        spoken=drills.marked(call.subject, told.spoken + ask.spoken),
    )


def read_back_of(release: Release, call: DutyCall) -> str:
    """Tell the words that are to be said back; empty: a key is enough."""
    if not call.kind.read_back:
        return ""
    return written(release, f"duty_words_{call.kind}", area=release.places.full_name(call.area))


def duty_menu(release: Release) -> tuple[str, str, str]:
    """Say, to be read out: how one hears it again, and what is read back after each of the two."""
    keys = ("duty_menu", "duty_taken", "duty_passed")
    again, taken, passed = (say(release, key).spoken for key in keys)
    return again, taken, passed
