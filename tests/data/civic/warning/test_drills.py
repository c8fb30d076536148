"""A drill never becomes actual: there is no field that could be changed, and no mixing."""

from dataclasses import fields, replace

import pytest

from data.civic.errors import BadInput
from data.civic.ids import DecisionId, EventId, OrderId, StaffId
from data.civic.warning import drills, events, returns
from data.civic.warning.decisions import Decision, IssueNotice, SetResponse, author_signature
from data.civic.warning.events import Event
from data.civic.warning.responses import Change, Level, ResponseStep, start
from data.civic.warning.telling import ToInform, ToTell
from tests.bulletins import COUNTY, START, VILLAGE

DRILL, ACTUAL = EventId("drill-e1"), EventId("e1")


def event(id_: EventId, name: str) -> Event:
    return Event(id=id_, name=name, areas=(COUNTY,), opened_by=StaffId("li"), opened_at=START)


def test_whether_it_is_a_drill_stands_in_the_id_alone() -> None:
    one = event(DRILL, "【演练】台风")
    assert one.drill
    assert "drill" not in {field.name for field in fields(one)}
    with pytest.raises(BadInput):
        replace(one, id=ACTUAL)


@pytest.mark.parametrize(
    ("id_", "text"), [(DRILL, "台风来了"), (ACTUAL, "【演练】台风来了")], ids=["drill", "actual"]
)
def test_every_text_of_a_drill_bears_the_mark_and_no_other_does(id_: EventId, text: str) -> None:
    with pytest.raises(BadInput, match="【演练】"):
        event(id_, text)
    own = drills.named_for(id_, "d1")
    body = SetResponse(areas=(COUNTY,), level=Level.IV)
    signed = author_signature(id_, body, text, by=StaffId("wang"), at=START)
    with pytest.raises(BadInput, match="【演练】"):
        Decision(id=DecisionId(own), event=id_, body=body, text=text, author=signed)
    step = ResponseStep(
        decision=DecisionId(own), change=Change.STARTED, level=Level.IV, text=text, at=START
    )
    with pytest.raises(BadInput, match="【演练】"):
        start(own, id_, (COUNTY,), step)  # type: ignore[arg-type]


def test_a_title_bears_the_mark_as_well() -> None:
    body, text = IssueNotice(areas=(COUNTY,), title="停课"), "【演练】明天停课。"
    signed = author_signature(DRILL, body, text, by=StaffId("wang"), at=START)
    with pytest.raises(BadInput, match="停课"):
        Decision(id=DecisionId("drill-d"), event=DRILL, body=body, text=text, author=signed)


def test_a_drill_and_what_is_actual_never_mix() -> None:
    with pytest.raises(BadInput, match="never mix"):
        events.hold(event(ACTUAL, "台风"), "orders", OrderId("drill-o1"))
    with pytest.raises(BadInput, match="never mix"):
        events.hold(event(DRILL, "【演练】台风"), "orders", OrderId("o1"))
    with pytest.raises(BadInput, match="never mix"):
        returns.begin(DRILL, OrderId("o1"), VILLAGE, START)


def test_the_mark_is_put_once() -> None:
    assert drills.marked(DRILL, "台风") == drills.marked(DRILL, "【演练】台风") == "【演练】台风"
    assert drills.marked(ACTUAL, "台风") == "台风"
    assert drills.named_for(DRILL, "x") == "drill-x"
    assert drills.named_for(ACTUAL, "x") == "x"


def test_news_knows_for_whom_it_is() -> None:
    news = ToInform(kind=ToTell.ORDER, subject="drill-o1", source="drill-d1", areas=(), at=START)
    assert news.drill
