"""Masking: what is stored and shown of a text shows no telephone and no ID number."""

import re
from datetime import date

ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{6})(\d{8})(\d{3}[\dXx])(?![0-9A-Za-z])")
OLD_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})(\d{6})(\d{3})(?!\d)")
PHONE = re.compile(r"(?<!\d)(1[3-9]\d)(\d{4})(\d{4})(?!\d)")
LONG_DIGITS = re.compile(r"(?<!\d)(\d{3})(\d{5,})(\d{3})(?!\d)")
_GAP = r"[ \t\xa0\u3000.·\-\u2010-\u2015\uff0d\uff0e\u200b-\u200f\u2060\ufeff]"
_GAPS = re.compile(rf"(?<=[0-9]){_GAP}{{1,3}}(?=[0-9Xx])")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


def mask(text: str) -> str:
    """Hide telephone, ID and card numbers, also in full width and with gaps.

    Idempotent: a masked text stays as it is.
    """
    flat = _close_gaps(text.translate(_WIDE))
    flat = ID_NUMBER.sub(r"\1********\3", flat)
    flat = OLD_ID_NUMBER.sub(r"\1******\3", flat)
    flat = PHONE.sub(r"\1****\3", flat)
    return LONG_DIGITS.sub(lambda m: f"{m[1]}{'*' * len(m[2])}{m[3]}", flat)


def mask_ids(text: str) -> str:
    """Hide ID numbers alone: what staff say may name the telephone of an office. Idempotent."""
    return ID_NUMBER.sub(r"\1********\3", text)


def mask_name(name: str) -> str:
    """Show the first and the last character of a name, of two only the first: to compare."""
    whole = "".join(name.split())
    if len(whole) < 3:
        return f"{whole[:1]}*"
    return f"{whole[0]}{'*' * (len(whole) - 2)}{whole[-1]}"


def _close_gaps(text: str) -> str:
    """Join digits that somebody typed in groups, where together they are a number to hide."""
    joined = _GAPS.sub("", text)
    hides = any(p.search(joined) for p in (ID_NUMBER, OLD_ID_NUMBER, PHONE, LONG_DIGITS))
    return joined if hides else text


WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def id_number_valid(number: str) -> bool:
    """Say whether 18 characters are a well-formed ID number: date and check digit.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    if not re.fullmatch(r"\d{17}[\dXx]", number):
        return False
    try:
        born = date.fromisoformat(number[6:14])
    except ValueError:
        return False
    if not 1850 < born.year < 2200:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECKS[total % 11] == number[17].upper()
