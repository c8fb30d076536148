"""The ear of one release: what does a sentence want, and how sure is that?"""

import re

from data.civic.knowing.releases import Release
from data.civic.labels import Next
from data.civic.talk.messages import Understanding
from intents.aspects import AspectEar
from intents.danger import DangerEar
from intents.elsewhere import ElsewhereEar
from intents.features import Features
from intents.judge import Judge, Verdict
from intents.normalise import clean
from intents.scorer import Scorer
from intents.search import ServiceNames
from intents.slots import SlotEar

LISTENED = 2_000
"""Characters that are understood; in what comes after them only danger is heard.

Longer texts are answered with a request for shorter ones, and must not hold up the event loop.
"""

_SAID = re.compile(r"[^\W_]")


class Ear:
    """Understands texts by one release; without a model danger, aspect and slots still work."""

    def __init__(self, release: Release, scorer: Scorer | None) -> None:
        self._features = Features(release.lexicon)
        self._danger = DangerEar(release.rules.danger)
        self._aspects = AspectEar(release.rules.aspects)
        self._slots = SlotEar(release.places)
        self._services = ServiceNames(release)
        self._judge = Judge(scorer, release.rules.thresholds) if scorer else None
        examples = {intent.id: intent.examples for intent in release.intents.values()}
        self._well_travelled = ElsewhereEar(release.places).spoken_of(examples)

    def understand(self, text: str) -> Understanding:
        """Make of a text what can be made of it; pure, and never raises."""
        whole = clean(text)
        tidy = whole[:LISTENED]
        standard = self._features.normaliser.standard(tidy)
        normal = self._features.normaliser.bare(standard)
        verdict = self._judged(standard)
        slots, danger = self._slots.hear(tidy), self._danger.hear(whole)
        away = slots.elsewhere is not None and not self._travels(verdict)
        return Understanding(
            text=normal,
            candidates=verdict.candidates,
            aspect=self._aspects.hear(normal) or self._aspects.hear(tidy),
            sure=verdict.sure and not away,
            lead=verdict.lead,
            danger=danger,
            slots=slots,
            next=Next.DANGER if danger else self._next(normal, verdict, away=away),
        )

    def _judged(self, standard: str) -> Verdict:
        if self._judge is None or not _SAID.search(standard):
            return Verdict()
        return self._judge.judge(self._features.of(standard))

    def _travels(self, verdict: Verdict) -> bool:
        """Say whether the best guess is an intent that is asked about other places."""
        return bool(verdict.candidates) and verdict.candidates[0].intent in self._well_travelled

    def _next(self, normal: str, verdict: Verdict, *, away: bool) -> Next:
        if away:
            return Next.REFUSE
        if verdict.sure:
            return Next.ANSWER
        if verdict.known:
            return Next.CLARIFY
        worth_a_look = verdict.near or self._services.heard_in(normal)
        return Next.SEARCH if worth_a_look else Next.REFUSE
