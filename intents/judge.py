"""From raw decisions to a verdict: who is best, how sure that is, and whether it is ours at all."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from data.civic.ids import NOT_OURS
from data.civic.knowing.releases import Thresholds
from data.civic.talk.messages import Candidate
from intents.scorer import Scorer

CANDIDATES = 4
"""How many guesses are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the model makes of a sentence."""

    candidates: tuple[Candidate, ...] = ()
    """Best first; never `other`."""
    known: bool = False
    """The best is one of ours and worth offering."""
    sure: bool = False
    """It is worth answering."""
    lead: float = 0.0
    """By how much the best leads the next, ours or not, in raw decisions."""
    near: bool = False
    """One of ours would be worth answering, though what is not ours may be nearer."""


class Judge:
    """Judges raw decisions by the thresholds of a release, never the percentages made of them."""

    def __init__(self, scorer: Scorer, thresholds: Thresholds) -> None:
        self._scorer = scorer
        self._limits = thresholds
        self._ours = tuple(intent != NOT_OURS for intent in scorer.intents)

    def judge(self, features: Iterable[str]) -> Verdict:
        """Judge a sentence by its features."""
        scores = self._scorer.scores(features)
        order = scores.argsort()[: -CANDIDATES - 2 : -1].tolist()
        best, margin = order[0], float(scores[order[0]] - scores[order[1]])
        score, limits = float(scores[best]), self._limits
        known = self._ours[best] and score >= limits.clarify_score
        shares = np.exp((scores - scores[best]) / limits.temperature)
        shares /= shares.sum()
        ours = [place for place in order if self._ours[place]][:CANDIDATES]
        return Verdict(
            candidates=tuple(
                Candidate(intent=self._scorer.intents[place], confidence=float(shares[place]))
                for place in ours
            ),
            known=known,
            sure=known and score >= limits.answer_score and margin >= limits.answer_margin,
            lead=margin,
            near=bool(ours) and float(scores[ours[0]]) >= limits.answer_score,
        )
