"""Make the id of something new out of its title: staff know titles, files bear ids."""

import re
import unicodedata
from collections.abc import Container

from pypinyin import lazy_pinyin

LONGEST = 40


def name_for(title: str, taken: Container[str], *, kind: str) -> str:
    """Spell a title as an id that is not taken; `kind` where nothing can be spelt."""
    spelt = "_".join(lazy_pinyin(unicodedata.normalize("NFKC", title).lower()))
    plain = re.sub(r"[^a-z0-9]+", "_", spelt).strip("_")[:LONGEST].strip("_")
    name = plain if plain[:1].isalpha() else "_".join(filter(None, (kind, plain)))
    number = 2
    found = name
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
