"""Records as documents: whatever stands in them comes back as it was."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from bson import BSON

from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.shapes import Circle, Point
from data.civic.warning.decisions import Decision, IssueOrder, SetResponse, author_signature
from data.civic.warning.messages import Attachment, SaidArea, WarningMessage
from data.civic.warning.orders import Tier
from data.civic.warning.responses import Level
from data.store.records import read, write
from tests.bulletins import LINPU, START, message
from tests.data.civic.warning.test_decided import EVENT, WANG, decision


class Shade(StrEnum):
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    code: AreaCode
    shade: Shade | None = None
    wait: timedelta = timedelta(minutes=1)
    counts: tuple[int, ...] = ()
    shades: frozenset[Shade] = frozenset()
    raw: bytes = b""


def there_and_back(record: object) -> object:
    """Through BSON itself, as the database keeps it."""
    document = BSON.encode(write(record)).decode()  # type: ignore[arg-type]
    return read(type(record), _aware(document))


def _aware(part: object) -> object:
    match part:
        case dict():
            return {key: _aware(value) for key, value in part.items()}
        case list():
            return [_aware(one) for one in part]
        case datetime():
            return part.replace(tzinfo=UTC)
        case _:
            return part


def a_message() -> WarningMessage:
    where = SaidArea(
        description="临浦镇",
        codes=("330109",),
        rings=((Point(120.1, 30.1), Point(120.2, 30.1), Point(120.2, 30.2), Point(120.1, 30.1)),),
        circles=(Circle(Point(120.0, 30.0), 500.0),),
    )
    files = (Attachment(description="图", uri="a.png", sha1="0" * 40),)
    return replace(message(), where=(where, where), attachments=files)


@pytest.mark.parametrize(
    "record",
    [
        Small(code=AreaCode("330109")),
        Small(
            code=AreaCode("33"),
            shade=Shade.DARK,
            wait=timedelta(hours=1.5),
            counts=(3, 1),
            shades=frozenset(Shade),
            raw=b"\0\xff",
        ),
        a_message(),
        decision(),
        decision(IssueOrder(tiers=(Tier(areas=(LINPU,), deadline=START),))),
    ],
    ids=["small", "full", "message", "response", "order"],
)
def test_a_record_comes_back_as_it_was(record: object) -> None:
    assert there_and_back(record) == record


def test_the_kind_of_a_part_that_may_be_several_is_kept() -> None:
    body = SetResponse(level=Level.I)
    signed = author_signature(EVENT, body, "x", by=WANG, at=START)
    one = Decision(id=decision().id, event=EVENT, body=body, text="x", author=signed)
    assert type(there_and_back(one).body) is SetResponse  # type: ignore[attr-defined]


def test_a_record_may_grow_and_shrink() -> None:
    assert read(Small, {"code": "33", "gone": 1}) == Small(code=AreaCode("33"))
    with pytest.raises(BadInput, match="Small lacks code"):
        read(Small, {"shade": "dark"})
