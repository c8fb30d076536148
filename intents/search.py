"""Find guides by the words of a question, where the model does not know the answer."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log

from data.civic.ids import GuideId
from data.civic.knowing.guides import Guide
from data.civic.knowing.releases import Release
from intents.normalise import Normaliser, clean
from intents.patterns import any_of
from intents.tokens import Words

LEAST = 0.25
"""Share of the question's rare pieces that a guide must hold to be a hit."""

NAMED, TOLD = 1.0, 0.4
"""What a piece counts in a title or an everyday word, and in a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A guide that has to do with the question; `score` is 0 to 1."""

    guide: GuideId
    title: str
    score: float


class GuideSearch:
    """An index over the guides of one release: titles, everyday words, summaries."""

    def __init__(self, release: Release) -> None:
        self._normal = Normaliser(release.lexicon)
        self._words = Words(map(clean, release.lexicon.words))
        self._guides = tuple(release.guides.values())
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for number, guide in enumerate(self._guides):
            for piece, weight in self._weighed(guide).items():
                self._postings.setdefault(piece, []).append((number, weight))

    def search(self, text: str, limit: int) -> tuple[Hit, ...]:
        """Find the guides nearest to `text`, best first; none when too little is shared."""
        asked = {piece: self._rarity(piece) for piece in set(self._pieces(text))}
        whole = sum(asked.values())
        held: defaultdict[int, float] = defaultdict(float)
        for piece, rarity in asked.items():
            for number, weight in self._postings.get(piece, ()):
                held[number] += rarity * weight
        hits = (self._hit(number, share / whole) for number, share in held.items())
        near = [hit for hit in hits if hit.score >= LEAST]
        return tuple(sorted(near, key=lambda hit: (-hit.score, hit.guide))[:limit])

    def _hit(self, number: int, score: float) -> Hit:
        guide = self._guides[number]
        return Hit(guide=guide.id, title=guide.title, score=round(score, 4))

    def _rarity(self, piece: str) -> float:
        """Weigh a piece by how few guides hold it; one that none holds says little."""
        holding = len(self._postings.get(piece, ()))
        return log(1 + len(self._guides) / holding) if holding else 1.0

    def _weighed(self, guide: Guide) -> dict[str, float]:
        told = dict.fromkeys(self._pieces(guide.summary.full), TOLD)
        named = " ".join((guide.title, *guide.everyday))
        return told | dict.fromkeys(self._pieces(named), NAMED)

    def _pieces(self, text: str) -> Iterator[str]:
        """Cut a text into words of two characters and more, and pairs of characters."""
        normal = self._normal(clean(text))
        yield from (word for word in self._words.cut(normal) if len(word) > 1)
        yield from (a + b for a, b in pairwise(normal) if a.isalnum() and b.isalnum())


class ServiceNames:
    """The names by which a release's services are known: is one of them in a text?"""

    def __init__(self, release: Release) -> None:
        named = [intent.title for intent in release.intents.values() if intent.guide]
        for guide in release.guides.values():
            named += [guide.title, *guide.everyday]
        self._names = re.compile(any_of(map(clean, named)))

    def heard_in(self, text: str) -> bool:
        """Say whether a normalised text names a service of the release."""
        return self._names.search(text) is not None
