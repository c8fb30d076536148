"""Since when a code has its colour, as its holder reads it."""

from datetime import timedelta

from data.civic.ids import AreaCode, DecisionId
from data.civic.knowing.colour_rules import ColourRules
from data.civic.safety.colours import Reason, Seen, Subject, colour_of
from data.civic.safety.since import since
from data.civic.safety.whereabouts import Stage
from data.civic.warning import orders
from data.civic.warning.orders import OrderLift
from tests.bulletins import START, VILLAGE
from tests.safety import lifted, order, situation

NEIGHBOURS = AreaCode("330109105202")


def test_an_order_is_lifted_for_a_village_when_it_was_lifted_there() -> None:
    later = OrderLift(
        decision=DecisionId("lift-2"),
        areas=(NEIGHBOURS,),
        text="解除。",
        at=START + timedelta(minutes=90),
    )
    both = orders.lift(lifted(order(1, VILLAGE, NEIGHBOURS), VILLAGE), later)
    now = situation(orders=(both,))
    for village, minutes in ((VILLAGE, 30), (NEIGHBOURS, 90)):
        subject = Subject(village=village, whereabouts=frozenset({Seen(stage=Stage.SHELTER)}))
        made = colour_of(subject, now, ColourRules())
        assert made.reason is Reason.AWAITS_RETURN
        assert since(made, now) == START + timedelta(minutes=minutes)
