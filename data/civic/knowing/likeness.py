"""Which sentences are nearly the same as others: an example must not be another one rewritten."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

ALIKE = 0.7
"""Share of common triples of characters (Jaccard) from which two sentences are near-duplicates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A sentence that is the same as another, or nearly."""

    text: str
    whose: str
    share: float
    """1: the same but for marks and spaces."""


def flat(text: str) -> str:
    """Write a sentence without marks and spaces, letters small: what is compared."""
    whole = unicodedata.normalize("NFKC", text).lower()
    return "".join(one for one in whole if one.isalnum())


def triples(text: str) -> frozenset[str]:
    """Cut a flat sentence into its triples of characters; a shorter one is its own."""
    return frozenset(text[at : at + 3] for at in range(len(text) - 2)) or frozenset({text})


class Sentences:
    """Sentences with whose they are, so laid out that those near another are found at once."""

    def __init__(self, sentences: Iterable[tuple[str, str]]) -> None:
        self._sentences = [(text, whose) for text, whose in sentences if flat(text)]
        self._triples = [triples(flat(text)) for text, _ in self._sentences]
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._triples):
            for one in found:
                self._where[one].append(number)

    def near(self, text: str, *, but: Container[str] = ()) -> tuple[Near, ...]:
        """Find what is nearly the same, the nearest first; `but`: whose are left out."""
        mine = triples(flat(text))
        shared = Counter(number for one in mine for number in self._where.get(one, ()))
        found = [
            Near(text=self._sentences[number][0], whose=self._sentences[number][1], share=share)
            for number, common in shared.items()
            if (share := common / (len(mine) + len(self._triples[number]) - common)) >= ALIKE
            and self._sentences[number][1] not in but
        ]
        return tuple(sorted(found, key=lambda one: (-one.share, one.text)))
