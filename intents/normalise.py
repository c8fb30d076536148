"""One way to write a sentence: width, case, Traditional, spaces, dialect words, fillers."""

import re
import unicodedata
from functools import cache

import opencc

from data.civic.knowing.releases import Lexicon
from intents.patterns import any_of

LONGEST = 10_000
"""Characters of a text that are looked at; what comes after them is cut off."""
PIECE = 500
"""Characters that are normalised together: the time grows with the square of combining marks."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SPACE = re.compile(r"\s+")
_LOOSE = re.compile(rf"(?<=[{HAN}。、,.!?;:]) (?=\S)|(?<=\S) (?=[{HAN}。、])")
_PAUSE = r"[ 。、,.!;:~…·—\-]"


def clean(text: str) -> str:
    """Write `text` in half width, small letters and Simplified, without gaps; never raises.

    Idempotent: a clean text stays as it is.
    """
    shown = _INVISIBLE.sub("", text[:LONGEST])
    if not shown.isascii():
        shown = _INVISIBLE.sub("", _half_width(shown)[:LONGEST])
        shown = _simplified().convert(shown)
    return _LOOSE.sub("", _SPACE.sub(" ", shown.lower()).strip())


def _half_width(text: str) -> str:
    pieces = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class Normaliser:
    """Knows the variants and fillers of one release."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._standard = {clean(variant): clean(word) for variant, word in lexicon.variants}
        self._variant = re.compile(any_of(self._standard, written=_alone))
        fillers = {clean(word) for word in lexicon.fillers}
        backwards = any_of((word[::-1] for word in fillers), written=_alone)
        forwards = any_of(fillers, written=_alone)
        self._first = re.compile(f"(?:{forwards}|{_PAUSE})+")
        self._last = re.compile(f"(?:{backwards}|{_PAUSE})+")
        self._between = re.compile(f"(?<={_PAUSE}){forwards}+{_PAUSE}*")

    def __call__(self, text: str) -> str:
        """Write a clean text in standard words without fillers."""
        return self.bare(self.standard(text))

    def standard(self, text: str) -> str:
        """Put the standard word for every variant, the longest first, in one pass."""
        return self._variant.sub(lambda match: self._standard[match[0]], text)

    def bare(self, text: str) -> str:
        """Take fillers off both ends, and out of the middle after a pause; never all of a text."""
        start, end = self._first.match(text), self._last.match(text[::-1])
        inner = text[start.end() if start else 0 : len(text) - (end.end() if end else 0)]
        return self._between.sub("", inner) or text


def _alone(word: str) -> str:
    """Match a word; Latin letters only where they stand alone."""
    start, rest = re.escape(word[0]), re.escape(word[1:])
    first = rf"(?<![a-z0-9]{start})" if word[0].isascii() else ""
    last = r"(?![a-z0-9])" if word[-1].isascii() else ""
    return f"{start}{first}{rest}{last}"
