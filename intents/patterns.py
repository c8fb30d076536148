"""Patterns made of words."""

import re
from collections.abc import Callable, Iterable

NOTHING = r"(?!)"
"""Matches nowhere."""


def any_of(words: Iterable[str], *, written: Callable[[str], str] = re.escape) -> str:
    """Match any of `words`, the longest first; nothing when there is none."""
    longest_first = sorted(set(words) - {""}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(written, longest_first)) or NOTHING})"
