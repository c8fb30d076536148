"""Hear that a life is in danger: plain rules that need no model."""

import re
from collections.abc import Iterable, Iterator

from data.civic.knowing.releases import DangerRules
from intents.normalise import clean
from intents.patterns import any_of, first_of, longest_first

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
    ordered = longest_first(patterns)
    return re.compile(first_of(one for pattern in ordered for one in _in_order(pattern)))


def _in_order(pattern: str) -> Iterator[str]:
    """Write `a/b…c` as a, and as b, within eight characters before c."""
    parts = pattern.split(_BETWEEN)
    first, *rest = ([_bare(clean(word)) for word in part.split(_OR)] for part in parts)
    then = [any_of(words) for words in rest]
    for word in longest_first(first):
        yield _GAP.join((re.escape(word), *then))
