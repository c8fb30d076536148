"""Warnings as an observatory sends them: built in the words a test is about."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from data.civic.areas import Area, Gazetteer
from data.civic.ids import AreaCode, FeedId
from data.civic.warning.arrivals import Arrival, arrived
from data.civic.warning.feeds import Feed, FeedFormat
from data.civic.warning.messages import (
    Colour,
    MessageType,
    SaidArea,
    Status,
    WarningMessage,
)
from data.civic.warning.signals import Placed

COUNTY = AreaCode("330109")
LINPU, PUYANG, JINHUA = (AreaCode(f"330109{n}") for n in ("105", "103", "104"))
VILLAGE = AreaCode("330109105201")
ISSUER = "33010941600000"
OBSERVATORY = "萧山区气象台"
START = datetime(2026, 11, 21, 0, tzinfo=UTC)
"""08:00 in Beijing, when the first of the sample messages was sent."""

NAMES = {
    "33": "浙江省",
    "3301": "杭州市",
    COUNTY: "萧山区",
    LINPU: "临浦镇",
    PUYANG: "浦阳镇",
    JINHUA: "进化镇",
    VILLAGE: "苎萝村",
    "330109103202": "桃源村",
    "330109104203": "桃源村",
}
PLACES = Gazetteer(
    county=COUNTY,
    areas={AreaCode(code): Area(code=AreaCode(code), name=name) for code, name in NAMES.items()},
)
FEED = Feed(
    id=FeedId("weather"), format=FeedFormat.NATIONAL, issuers=frozenset({ISSUER}), area=COUNTY
)
SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "national12379"


def sample(name: str) -> bytes:
    """Read a sample message of the national system; skip where the samples are not at hand."""
    file = SAMPLES / name
    if not file.exists():
        pytest.skip("the sample messages are not beside this checkout")
    return file.read_bytes()


def at(clock: SystemClock, moment: datetime) -> None:
    """Let it be this moment."""
    clock.shift = timedelta()
    clock.shift = moment - clock.now()


def message(
    number: int = 1,
    *,
    minute: int = 0,
    type_: MessageType = MessageType.ALERT,
    colour: Colour | None = Colour.ORANGE,
    of: int | None = None,
    hours: float | None = 12,
    status: Status = Status.ACTUAL,
    description: str = "风力可达10级以上。",
    where: tuple[SaidArea, ...] = (SaidArea(description="临浦镇、浦阳镇", codes=("330109",)),),
    start: datetime = START,
    sender_code: str = ISSUER,
    event_code: str = "11B01",
) -> WarningMessage:
    """Build message `number`, sent so many minutes after the start; `of` is the first one."""
    sent = start + timedelta(minutes=minute)
    return WarningMessage(
        identifier=named(number),
        sender=OBSERVATORY,
        sender_code=sender_code,
        sent=sent,
        status=status,
        type=type_,
        references=() if of is None else (named(of),),
        event_code=event_code,
        event="台风",
        colour=colour,
        effective=sent,
        expires=None if hours is None else sent + timedelta(hours=hours),
        headline=f"{OBSERVATORY}{'解除' if type_ is MessageType.CANCEL else '发布'}台风预警",
        description=description,
        where=where,
    )


def update(number: int, *, of: int = 1, **more: object) -> WarningMessage:
    return message(number, type_=MessageType.UPDATE, of=of, **more)  # type: ignore[arg-type]


def cancel(number: int, *, of: int = 1, **more: object) -> WarningMessage:
    given = {"colour": None, "hours": None} | more
    return message(number, type_=MessageType.CANCEL, of=of, **given)  # type: ignore[arg-type]


def named(number: int) -> str:
    """Name a message: an identifier of the national system."""
    return f"{ISSUER}_{20261121000000 + number}"


def placed(message: WarningMessage, *areas: AreaCode) -> Placed:
    return Placed(message=message, areas=areas or (LINPU, PUYANG))


def arrival(message: WarningMessage, *, feed: Feed = FEED, copy: int = 0) -> Arrival:
    """Let a message arrive; another `copy` has other bytes."""
    raw = f"{copy} {message}".encode()
    return arrived(raw, message, feed=feed.id, received_at=message.sent)


def national(
    number: int = 1,
    *,
    msg_type: str = "Alert",
    severity: str = "Orange",
    sent: datetime = START,
    expires: datetime | None = None,
    areas: str = "临浦镇、浦阳镇",
    geocode: str = "330109",
    references: Sequence[int] = (),
    status: str = "Actual",
    headline: str = "",
    more: str = "",
    sender_code: str = ISSUER,
) -> bytes:
    """Write a message of the national system as an issuer would."""
    ends = _written(expires) if expires else _written(sent + timedelta(hours=12))
    act = "解除" if msg_type == "Cancel" else "发布"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert>
  <identifier>{sender_code}_{20261121000000 + number}</identifier>
  <sender>{OBSERVATORY}</sender><senderCode>{sender_code}</senderCode>
  <sendTime>{_written(sent)}</sendTime>
  <status>{status}</status><msgType>{msg_type}</msgType>
  <scope>Public</scope><secClassification>None</secClassification><note></note>
  <references>{" ".join(named(one) for one in references)}</references>
  <info>
    <language>zh-CN</language><eventType>11B01</eventType>
    <urgency>Unknown</urgency><severity>{severity}</severity><certainty>Unknown</certainty>
    <effective>{_written(sent)}</effective><onset/><expires>{ends}</expires>
    <senderName>测试签发员</senderName>
    <headline>{headline or f"{OBSERVATORY}{act}台风预警"}</headline>
    <description>（测试）风力可达10级以上。</description><instruction>（测试）注意防范。</instruction>
    <web/>
    <area><areaDesc>{areas}</areaDesc><geocode>{geocode}</geocode>{more}</area>
  </info>
</alert>""".encode()


def _written(moment: datetime) -> str:
    return f"{moment + timedelta(hours=8):%Y-%m-%d %H:%M:%S}+08:00"
