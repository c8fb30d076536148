"""Orders, returns, warnings and people for tests of the safety code."""

from dataclasses import replace
from datetime import timedelta

from data.civic.ids import (
    AreaCode,
    DecisionId,
    EventId,
    OrderId,
    PersonId,
    ResponseId,
    StaffId,
    StepId,
)
from data.civic.risks import RiskTag
from data.civic.safety.situation import Situation
from data.civic.safety.whereabouts import By, Stage, Step
from data.civic.warning import orders, returns
from data.civic.warning.feeds import FeedState
from data.civic.warning.messages import Colour
from data.civic.warning.orders import OrderLift, Tier, TransferOrder
from data.civic.warning.responses import Change, Level, Response, ResponseStep
from data.civic.warning.returns import HouseCheck, Released, Return
from data.civic.warning.signals import Signal, begun_by
from tests.bulletins import COUNTY, FEED, LINPU, START, VILLAGE, message, placed

EVENT = EventId("typhoon")
OLD_HOUSE = frozenset({RiskTag.DANGEROUS_HOUSE})
AT = START + timedelta(hours=2)
DUE = START + timedelta(hours=6)
WANG = StaffId("wang")


def order(
    number: int = 1,
    *areas: AreaCode,
    tags: frozenset[RiskTag] = frozenset(),
    event: EventId = EVENT,
    minute: int = 0,
) -> TransferOrder:
    return TransferOrder(
        id=OrderId(f"order-{number}"),
        event=event,
        decision=DecisionId(f"order-{number}"),
        tiers=(Tier(areas=areas or (VILLAGE,), tags=tags, deadline=DUE),),
        text="请转移。",
        issued_at=START + timedelta(minutes=minute),
    )


def lifted(one: TransferOrder, *areas: AreaCode) -> TransferOrder:
    ended = OrderLift(
        decision=DecisionId("lift"),
        areas=areas or one.areas,
        text="解除。",
        at=START + timedelta(minutes=30),
    )
    return orders.lift(one, ended)


def going_back(one: TransferOrder, *, checked: bool = True, done: bool = True) -> Return:
    """The return to the village after an order: begun, checked, released."""
    back = returns.begin(one.event, one.id, VILLAGE, START + timedelta(minutes=30))
    if checked:
        check = HouseCheck(by=WANG, at=START + timedelta(minutes=40))
        back = returns.check_houses(back, check)
    if checked and done:
        free = Released(
            decision=DecisionId("back"), text="可以返回。", at=START + timedelta(minutes=50)
        )
        back = returns.release(back, free)
    return back


def signal(colour: Colour = Colour.ORANGE, *, number: int = 1, event: str = "台风") -> Signal:
    one = replace(message(number, colour=colour), event=event)
    return begun_by(placed(one, LINPU), FEED.id)


def response(level: Level = Level.II, *, number: int = 1) -> Response:
    step = ResponseStep(
        decision=DecisionId("r"), change=Change.STARTED, level=level, text="启动。", at=START
    )
    return Response(
        id=ResponseId(f"response-{number}"), event=EVENT, areas=(COUNTY,), steps=(step,)
    )


def heard() -> FeedState:
    return FeedState(feed=FEED, since=START, last_heard=AT)


def situation(**more: object) -> Situation:
    """A quiet sky that is heard, unless the test says otherwise."""
    return Situation(**({"at": AT, "feeds": (heard(),)} | more))  # type: ignore[arg-type]


def step(
    stage: Stage = Stage.SHELTER,
    *,
    by: By = By.SCAN,
    minute: int = 10,
    key: str = "",
    person: int = 1,
    **more: object,
) -> Step:
    """A step so many minutes after the start, with whatever belongs to it."""
    given = {
        "id": StepId(key or f"{stage}-{by}-{minute}"),
        "event": EVENT,
        "person": PersonId(person),
        "home": VILLAGE,
        "at": START + timedelta(minutes=minute),
        "device": "phone-1" if by is By.SCAN else "",
        "who": "王芳" if by in (By.STAFF, By.FAMILY) else "",
        "village": VILLAGE if stage is Stage.RELATIVES else None,
    }
    return Step(stage=stage, by=by, **(given | more))  # type: ignore[arg-type]
