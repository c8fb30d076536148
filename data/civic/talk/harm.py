"""How bad it is that a question went unanswered: what staff should look at first."""

from collections.abc import Mapping

from data.civic.ids import IntentId
from data.civic.knowing.releases import Release
from data.civic.labels import Aspect, Kind, Traffic
from data.civic.talk.unanswered import Why

BY_REASON: Mapping[Why, float] = {
    Why.USELESS: 3.0,
    Why.HANDED_OVER: 2.0,
    Why.FAILED: 2.0,
    Why.UNKNOWN: 1.0,
    Why.UNSURE: 1.0,
    Why.LOW_MARGIN: 0.5,
}
"""A wrong answer that somebody complained of weighs more than an honest "I do not know"."""

EMERGENCY, MONEY, ORDINARY, TALK = 5.0, 3.0, 1.0, 0.2
BY_TRAFFIC: Mapping[Traffic, float] = {Traffic.HIGH: 1.5, Traffic.MID: 1.0, Traffic.LOW: 0.8}

BENEFIT = "行政给付"
"""The item type of guides by which people are paid."""
ENTITLING = frozenset({Aspect.FEE, Aspect.CONDITIONS})
"""The aspects that say who gets what and at what cost."""


def harm_of(why: Why, stake: float = ORDINARY) -> float:
    """Weigh one question by why it was kept and by what is at stake."""
    return BY_REASON[why] * stake


def stake_of(release: Release, guess: IntentId | None, aspect: Aspect | None) -> float:
    """Tell what is at stake if it was about the intent that was guessed.

    Emergencies come before money and entitlement, these before everything else, small talk last.
    """
    intent = release.intents.get(guess) if guess else None
    if intent is None:
        return ORDINARY
    if intent.kind is Kind.EMERGENCY:
        return EMERGENCY
    if intent.kind is Kind.TALK:
        return TALK
    guide = release.guide_of(intent.id)
    paid = aspect in ENTITLING or (guide is not None and guide.item_type == BENEFIT)
    return (MONEY if paid else ORDINARY) * BY_TRAFFIC[intent.traffic]
