"""The words of the switchboard itself: one table from errors and odd messages to sentences."""

from collections.abc import Mapping

from data.civic.errors import (
    BadInput,
    BianminError,
    Conflict,
    EarUnavailable,
    NotFound,
    PlatformRefused,
    Refused,
    TooMany,
    Unavailable,
)
from data.civic.knowing.releases import Release
from data.civic.labels import Outcome
from data.civic.talk.messages import Say
from handlers.wording import say

WORDS: Mapping[str, tuple[str, ...]] = {
    "failed": ("hotline",),
    "busy": ("hotline",),
    "too_many": ("hotline",),
    "not_allowed": ("hotline",),
    "too_long": ("hotline", "limit"),
    "empty": (),
    "unreadable": (),
    "welcome": ("hotline",),
    "care_footer": ("hotline",),
    "cancelled": (),
    "place_noted": ("place",),
    "place_unknown": (),
}

_OF_ERROR: tuple[tuple[type[BianminError], str, Outcome], ...] = (
    (TooMany, "too_many", Outcome.REFUSED),
    (Refused, "not_allowed", Outcome.REFUSED),
    (BadInput, "unreadable", Outcome.REFUSED),
    (EarUnavailable, "busy", Outcome.FAILED),
    (Unavailable, "busy", Outcome.FAILED),
    (PlatformRefused, "busy", Outcome.FAILED),
    (Conflict, "busy", Outcome.FAILED),
    (NotFound, "failed", Outcome.FAILED),
)


def words_for(release: Release, error: BaseException) -> tuple[Say, Outcome]:
    """Turn an error into words for the citizen, with a telephone number."""
    for kind, key, outcome in _OF_ERROR:
        if isinstance(error, kind):
            return say(release, key, hotline=release.rules.hotline), outcome
    return say(release, "failed", hotline=release.rules.hotline), Outcome.FAILED
