"""Four digits as they are said: 一二三四, 壹贰叁肆, 1 2 3 4, 最后四位是一二三X."""

import re

_READ = str.maketrans(
    "零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖貳參陸０１２３４５６７８９Ｘｘx",
    "00012345678912123456789236" + "0123456789" + "XXX",
)
_NAMED = re.compile(r"[后後][四4]位(?:数字?|号码?)?(?:是|:|\uff1a)?")
_GAP = re.compile(r"[\s,，。.、\-]+")
_FOUR = re.compile(r"(?<![0-9X])\d{3}[\dX](?![0-9X])")


def last_four(text: str) -> str | None:
    """Read the four digits that a text says; None where it does not say four, and no more."""
    digits = _NAMED.sub("", _GAP.sub("", text)).translate(_READ)
    found = _FOUR.findall(digits)
    return found[0] if len(found) == 1 else None
