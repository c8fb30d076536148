"""No code is green while a message waits to be settled, or a warning is still to take effect."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.ids import AreaCode
from data.civic.knowing.colour_rules import CodeColour, ColourRules
from data.civic.safety.colours import Colouring, Reason, Subject, colour_of
from data.civic.safety.since import since
from data.civic.warning.messages import Colour
from data.civic.warning.signals import begun_by
from data.civic.warning.unsettled import Unsettled
from tests.bulletins import FEED, LINPU, VILLAGE, message, placed
from tests.safety import AT, OLD_HOUSE, order, situation

AT_HOME = Subject(village=VILLAGE, tags=OLD_HOUSE)
NO_RISK = Subject(village=VILLAGE)
NEIGHBOURS = AreaCode("330109105202")
ORDER = order(tags=OLD_HOUSE)


def told(subject: Subject = AT_HOME, **in_force: object) -> Colouring:
    return colour_of(subject, situation(**in_force), ColourRules())


WAITS = Unsettled(since=AT - timedelta(hours=1), feed_area=FEED.area)
ELSEWHERE = replace(WAITS, areas=(NEIGHBOURS,))


@pytest.mark.parametrize(
    ("waits", "green"),
    [
        pytest.param(WAITS, False, id="nobody knows for where"),
        pytest.param(replace(WAITS, areas=(LINPU,)), False, id="for the town around"),
        pytest.param(ELSEWHERE, True, id="for the next village"),
        pytest.param(replace(WAITS, feed_area=AreaCode("330110")), True, id="another countys feed"),
    ],
)
def test_while_a_message_waits_to_be_settled_no_code_of_its_places_is_green(
    waits: Unsettled, *, green: bool
) -> None:
    made = told(unsettled=(waits,))
    assert (made.colour is CodeColour.GREEN) == green
    assert (made.reason is Reason.NOTHING) == green
    assert made.unsettled is not green
    assert made.facts.waits_since == (None if green else WAITS.since)
    assert told(unsettled=(waits,), orders=(ORDER,)).colour is CodeColour.RED


def test_a_silent_feed_is_told_before_a_message_that_waits() -> None:
    made = told(unsettled=(WAITS,), feeds=())
    assert (made.reason, made.silent, made.unsettled) == (Reason.SILENT, True, True)


def test_a_warning_that_is_still_to_take_effect_leaves_no_code_green() -> None:
    one = replace(message(1, colour=Colour.ORANGE), event="台风", effective=AT + timedelta(hours=1))
    coming = begun_by(placed(one, LINPU), FEED.id)
    made = told(signals=(coming,))
    assert (made.colour, made.reason) == (CodeColour.ORANGE, Reason.SIGNAL)
    assert since(made, situation(signals=(coming,))) == one.sent
    neighbours = replace(NO_RISK, village=AreaCode("330109104201"))
    assert told(neighbours, signals=(coming,)).colour is CodeColour.GREEN
