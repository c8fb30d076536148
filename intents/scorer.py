"""Score a sentence: look its features up, add their rows, no library but numpy."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from data.civic.ids import IntentId

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """A linear model: `rows` has one row a feature and one column an intent."""

    intents: tuple[IntentId, ...]
    features: tuple[str, ...]
    rows: Numbers = field(repr=False)
    bias: Numbers = field(repr=False)


class Scorer:
    """Gives the raw decision of every intent for the features of one sentence."""

    def __init__(self, weights: Weights) -> None:
        self.intents = weights.intents
        self._place = {feature: number for number, feature in enumerate(weights.features)}
        self._rows = np.ascontiguousarray(weights.rows, dtype=np.float32)
        self._bias = np.ascontiguousarray(weights.bias, dtype=np.float32)

    def scores(self, features: Iterable[str]) -> Numbers:
        """Decide for every intent, in the order of `intents`; far from calibrated, never NaN."""
        places = map(self._place.get, features)
        known = [place for place in places if place is not None]
        if not known:
            return self._bias
        total: Numbers = self._rows.take(known, axis=0).sum(axis=0)
        return total / np.float32(sqrt(len(known))) + self._bias
