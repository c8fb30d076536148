"""Approved sentences in three versions, with placeholders that a desk fills."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

PLAIN_LIMIT = 120
"""Characters that a plain version may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One thing the assistant says: full, plain, spoken."""

    full: str
    plain: str
    spoken: str

    def placeholders(self) -> frozenset[str]:
        """List the placeholders of all three versions."""
        return placeholders(self.full) | placeholders(self.plain) | placeholders(self.spoken)


def placeholders(text: str) -> frozenset[str]:
    """List the names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put `values` into the braces; a value's own braces stay words."""
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)


_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_TELEPHONE = {**_DIGITS, "1": "幺"}
_NUMBER = re.compile(
    r"(?<![\d.])(?:1\d{10}|0\d{2,3}-?\d{7,8}|1[012]\d|9\d{4}|1\d{4})(?![\d.%元年月日天个])"
)
_SPELLED = re.compile(r"\d{4}(?: \d{4})+|(?<=[A-Z])\d{6,}")
"""Digits of a code in groups of four, and the number behind the letters of a case."""
_MARKS = str.maketrans(
    {
        "（": "，",
        "）": "，",
        "：": "，",
        "；": "。",
        "\n": "。",
        "【": "",
        "】": "。",
        "“": "",
        "”": "",
        "《": "",
        "》": "",
        "·": "",
        "、": "，",
        "→": "，",
        "/": "，",
    }
)


def spoken_from(text: str) -> str:
    """Make a text fit for reading aloud: telephones digit by digit, no marks that are not heard."""
    unmarked = re.sub(r"\*+", "某", text.translate(_MARKS))
    unmarked = _SPELLED.sub(_spelled, unmarked)
    plain = _NUMBER.sub(lambda m: "".join(_TELEPHONE.get(c, "") for c in m[0]), unmarked)
    plain = re.sub(r"[，。]*。[，。]*", "。", plain)
    return re.sub(r"，+", "，", plain).strip("，")


def _spelled(found: re.Match[str]) -> str:
    return "".join(_TELEPHONE.get(one, "，") for one in found[0])
