"""Words that are listened for: lists in the wording, parted by 、, which no citizen reads."""

import re
from functools import lru_cache

from data.civic.knowing.releases import Release
from handlers.wording import written

PARTED = "\u3001"
LISTS = 1_024
"""More than a release has: each list is parted once, not for each message."""

_MARKS = re.compile(r"[\W_]+")


def listed(release: Release, key: str) -> tuple[str, ...]:
    """List the words under a key."""
    return _parted(written(release, key))


@lru_cache(LISTS)
def _parted(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.split(PARTED)))


def holds(release: Release, key: str, text: str) -> bool:
    """Say whether a text holds one of the words under a key."""
    return any(one in text for one in listed(release, key))


def is_one(release: Release, key: str, text: str) -> bool:
    """Say whether a text is one of the words under a key, whatever marks stand around it."""
    return bare(text) in listed(release, key)


def bare(text: str) -> str:
    """Leave letters and digits alone."""
    return _MARKS.sub("", text)
