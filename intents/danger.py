"""Hear that a life is in danger: plain rules that need no model."""

import re
from collections.abc import Iterable

from data.civic.knowing.releases import DangerRules
from intents.normalise import clean
from intents.patterns import any_of

_BETWEEN = "…"
_OR = "/"
_GAP = ".{0,8}?"
_NOISE = re.compile(r"[^\w。,.!?;]|_")


class DangerEar:
    """The danger rules of one release, compiled once."""

    def __init__(self, rules: DangerRules) -> None:
        self._rules = tuple((rule.id, _heard(rule.patterns)) for rule in rules.rules)
        self._any = _heard(words for rule in rules.rules for words in rule.patterns)
        self._harmless = _heard(rules.look_alikes)

    def hear(self, text: str) -> str | None:
        """Tell the id of the first rule that a clean text fires, once look-alikes are out of it."""
        heard = _bare(text)
        if not self._any.search(heard):
            return None
        heard = self._harmless.sub(" ", heard)
        return next((id_ for id_, words in self._rules if words.search(heard)), None)


def _bare(clean_text: str) -> str:
    """Leave words and the marks between clauses: gaps and stars hide nothing."""
    return _NOISE.sub("", clean_text)


def _heard(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(any_of(patterns, written=_in_order))


def _in_order(pattern: str) -> str:
    """Turn `a/b…c` into a or b within eight characters before c."""
    return _GAP.join(any_of(map(_heard_as, part.split(_OR))) for part in pattern.split(_BETWEEN))


def _heard_as(word: str) -> str:
    return _bare(clean(word))
