"""Words about the colour of a citizen's code: the colour as a word, and why in one sentence."""

from collections.abc import Mapping
from datetime import datetime

from data.civic.knowing.colour_rules import CodeColour
from data.civic.knowing.releases import Release
from data.civic.privacy import mask_name
from data.civic.safety.colours import Colouring, Reason
from data.civic.safety.grids import GridWorker
from data.civic.talk.messages import Say
from handlers.acts.my_colour import CodeColouring
from handlers.informing_words import time_in_words
from handlers.wording import say, written

DIGITS = 8
"""Of the version of the rules: enough to tell two apart on the telephone."""
_WHY = ("colour", "name", "place", "since", "deadline", "warning", "level", "hotline")
_KEYS = (
    "order",
    "order_staying",
    "moved",
    "needs_transfer",
    "needs_hand",
    "awaits_return",
    "signal",
    "response",
    "silent",
    "never_heard",
    "unsettled",
    "nothing",
)

_AWAY = (CodeColour.ORANGE, CodeColour.YELLOW)

WORDS: Mapping[str, tuple[str, ...]] = {
    **{f"code_colour_{one}": () for one in CodeColour},
    **{f"code_colour_{one}_away": () for one in _AWAY},
    **{f"code_why_{one}": _WHY for one in _KEYS},
    "code_also_moved": (),
    "code_also_silent": ("hotline",),
    "code_also_unsettled": ("hotline",),
    "code_comes": ("worker", "phone", "hotline"),
    "code_comes_nobody": ("hotline",),
    "code_take": (),
    "code_basis": ("time", "rules"),
}


def colour_in_words(release: Release, found: Colouring) -> str:
    """Write a colour as a word, with what it asks for: of who has left, to stay away."""
    away = found.moved and found.colour in _AWAY
    return written(release, f"code_colour_{found.colour}{'_away' if away else ''}")


def why(release: Release, one: CodeColouring) -> tuple[Say, ...]:
    """Tell a colour in words, why it is so, since when; and what else must be known."""
    found = one.colouring
    parts = [say(release, f"code_why_{_key(one)}", **_facts(release, one))]
    if found.moved and found.reason is not Reason.MOVED:
        parts.append(say(release, "code_also_moved"))
    if found.silent and found.reason is not Reason.SILENT:
        parts.append(say(release, "code_also_silent", hotline=release.rules.hotline))
    if found.unsettled and found.reason is not Reason.UNSETTLED:
        parts.append(say(release, "code_also_unsettled", hotline=release.rules.hotline))
    return tuple(parts)


def who_comes(release: Release, worker: GridWorker | None) -> Say:
    """Name who answers for the person's grid; where nobody does, say that."""
    hotline = release.rules.hotline
    if worker is None:
        return say(release, "code_comes_nobody", hotline=hotline)
    return say(release, "code_comes", worker=worker.name, phone=worker.phone, hotline=hotline)


def basis(release: Release, one: CodeColouring) -> Say:
    """Tell when it was worked out, by which rules, and how one objects."""
    at = time_in_words(release, one.colouring.at)
    return say(release, "code_basis", time=at, rules=one.colouring.rules[:DIGITS])


def _key(one: CodeColouring) -> str:
    match one.colouring.reason:
        case Reason.ORDER if one.colouring.facts.place != one.person.village:
            return "order_staying"
        case Reason.MARKED:
            return one.colouring.facts.subject
        case Reason.SILENT if one.since is None:
            return "never_heard"
        case reason:
            return reason


def _facts(release: Release, one: CodeColouring) -> Mapping[str, str]:
    facts = one.colouring.facts

    def at(moment: datetime | None) -> str:
        return time_in_words(release, moment) if moment else ""

    warning, level = facts.colour, facts.level
    return {
        "colour": colour_in_words(release, one.colouring),
        "name": mask_name(one.person.name),
        "place": release.places.full_name(facts.place),
        "since": at(one.since),
        "deadline": at(facts.deadline),
        "warning": written(release, f"inform_colour_{warning}") if warning else "",
        "level": written(release, f"inform_level_{level.lower()}") if level else "",
        "hotline": release.rules.hotline,
    }
