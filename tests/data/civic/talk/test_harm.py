"""What staff should look at first."""

import pytest

from bot.first_release import Shipped
from data.civic.ids import IntentId
from data.civic.labels import Aspect
from data.civic.talk.harm import BY_REASON, harm_of, stake_of
from data.civic.talk.unanswered import Why


def stake(shipped: Shipped, intent: str | None, aspect: Aspect | None = None) -> float:
    return stake_of(shipped.release, IntentId(intent) if intent else None, aspect)


def test_emergencies_come_first_then_money_then_the_rest_and_small_talk_last(
    shipped: Shipped,
) -> None:
    ranked = ["flood", "elderly_allowance", "passport", "thanks"]
    stakes = [stake(shipped, one) for one in ranked]
    assert stakes == sorted(stakes, reverse=True)
    assert len(set(stakes)) == len(stakes)


def test_who_asks_what_it_costs_or_who_gets_it_asks_about_money(shipped: Shipped) -> None:
    assert stake(shipped, "passport", Aspect.FEE) > stake(shipped, "passport", Aspect.PLACE)


def test_what_nobody_can_guess_is_ordinary(shipped: Shipped) -> None:
    assert stake(shipped, None) == stake(shipped, "no_such_intent") == 1


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_weighs_and_a_wrong_answer_the_most(why: Why) -> None:
    assert 0 < harm_of(why) <= BY_REASON[Why.USELESS]
