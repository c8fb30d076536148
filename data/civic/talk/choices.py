"""Which choice a citizen means: "1", "１", "一", "第一个", or the words of the choice."""

import re
import unicodedata
from functools import lru_cache

from data.civic.talk.conversations import Option

LABELS = 4_096
"""Labels that stay flattened: about as many as the guides of a county have."""

_TAIL = re.compile(r"[\s,。.!?,、~]+$")
_NUMERALS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_NUMBER = re.compile(
    r"^(?:我?[选要])?\s*第?[(\[]?\s*(\d|[一二两三四五六七八九])\s*[)\]]?"
    r"(?:个|项|号|条)?[吧的]?[.、,。)!]*$"
)


def number_in(text: str) -> int | None:
    """Read a text that is nothing but a number from 0 to 9; None if it is not."""
    found = _NUMBER.match(_flat(text))
    if found is None:
        return None
    return _NUMERALS.get(found[1]) or int(found[1])


def picked(options: tuple[Option, ...], text: str) -> Option | None:
    """Find the option that is meant, by its number or its words; None if none is, or several."""
    number = number_in(text)
    if number is not None:
        return options[number - 1] if 1 <= number <= len(options) else None
    said = _flat(text)
    flat = [(one, _flat_label(one.label)) for one in options]
    exact = [one for one, label in flat if label == said]
    inside = [one for one, label in flat if _alike(label, said)]
    found = exact or inside
    return found[0] if len(found) == 1 else None


def _alike(label: str, said: str) -> bool:
    """Say whether one holds the other, in so few words that nothing else can be meant."""
    if len(said) < 2:
        return False
    return said in label or (label in said and len(said) <= len(label) + 4)


def _flat(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return _TAIL.sub("", folded.strip())


_flat_label = lru_cache(LABELS)(_flat)
