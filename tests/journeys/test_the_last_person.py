"""Journey 28: 22,648 people at risk, 94 % without a smartphone, 120 grid workers, no-answers."""

import pytest

from bot.commands.drill import PEOPLE, played
from bot.drill.plan import Plan
from bot.house import House

BY_THE_LADDER = 15.0
"""Minutes: three for a message, five for a text, five for a call, and the rounding of a drill."""


@pytest.mark.timeout(600)
async def test_everybody_is_confirmed_or_somebodys_to_go_to_within_the_ladders_time(
    house: House,
) -> None:
    plan = Plan(people=PEOPLE, seed=28, lasts=50 * 60)
    report, _ = await played(house.office(), plan)
    out = report.outcome

    assert report.good
    assert out.people == PEOPLE == sum(out.states.values())
    assert 0.05 < report.subscribers / PEOPLE < 0.07
    assert out.states.keys() <= {"confirmed", "with_worker"}
    assert out.owned is not None
    assert out.owned <= BY_THE_LADDER
    assert out.minutes[50] is not None
    assert out.minutes[90] is not None
    assert report.first_s is not None
    assert report.queued.hundred_thousand_s <= 60
