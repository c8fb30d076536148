"""Which side of a matter a sentence asks for: materials, fee, place …"""

import re
from collections.abc import Sequence

from data.civic.knowing.releases import AspectRule
from data.civic.labels import Aspect
from intents.normalise import clean
from intents.patterns import any_of

_MARKS = "?!。.,~ "


class AspectEar:
    """The aspect rules of one release, in their order of precedence."""

    def __init__(self, rules: Sequence[AspectRule]) -> None:
        self._rules = tuple(
            (rule.aspect, re.compile(any_of(map(clean, rule.patterns)))) for rule in rules
        )
        self._alone = {clean(words): rule.aspect for rule in rules for words in rule.alone}

    def hear(self, text: str) -> Aspect | None:
        """Tell the first aspect whose words stand in a normalised text."""
        heard = next((aspect for aspect, words in self._rules if words.search(text)), None)
        return heard or self._alone.get(text.rstrip(_MARKS))
