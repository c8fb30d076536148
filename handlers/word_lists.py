"""Words that are listened for: lists in the wording, parted by 、, which no citizen reads."""

from data.civic.knowing.releases import Release
from handlers.wording import written

PARTED = "\u3001"


def listed(release: Release, key: str) -> tuple[str, ...]:
    """List the words under a key."""
    return tuple(filter(None, written(release, key).split(PARTED)))


def holds(release: Release, key: str, text: str) -> bool:
    """Say whether a text holds one of the words under a key."""
    return any(one in text for one in listed(release, key))


def is_one(release: Release, key: str, text: str) -> bool:
    """Say whether a text is one of the words under a key, whatever marks stand around it."""
    return bare(text) in listed(release, key)


def bare(text: str) -> str:
    """Leave letters and digits alone."""
    return "".join(one for one in text if one.isalnum())
