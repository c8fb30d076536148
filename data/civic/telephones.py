"""Telephone numbers as clerks and citizens write them, brought to one form."""

import re

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0[1-9]\d{8,10}|[2-8]\d{6,7}")
"""With the code of the city, or without."""
SHORT = re.compile(r"1\d{2}|1\d{4}|400\d{7}|9\d{4,5}")
"""Lines of offices: 110, 12345, 95598."""

_BESIDE = re.compile(r"[\s\-—–－()（）.·\u200b-\u200f\ufeff]")
_ABROAD = re.compile(r"^(?:\+|00)86")
_WIDE = str.maketrans("０１２３４５６７８９＋", "0123456789+")


def telephone(text: str) -> str | None:
    """Write a number as digits alone; None if it is none of this country.

    Idempotent: digits alone stay as they are.
    """
    digits = _ABROAD.sub("", _BESIDE.sub("", text.translate(_WIDE)))
    known = (MOBILE, LANDLINE, SHORT)
    return digits if any(one.fullmatch(digits) for one in known) else None


def own_telephone(text: str) -> str | None:
    """Write somebody's own number as digits alone; None also for a line of an office."""
    number = telephone(text)
    return None if number is None or SHORT.fullmatch(number) else number
