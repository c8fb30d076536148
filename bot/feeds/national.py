"""The message of the national release system (12379), in and out.

It looks like CAP but is not: colours for severities, a reference to the first message alone, a
gap in moments, metres for radii, open lines for polygons.
Source: GB/T 35965.1-2018, read on 2026-11-21 in a copy of its annex of values and in the comments
of a class that speaks to the system.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from bot.feeds.fields import (
    areas,
    attachments,
    bad_shape,
    circle,
    moment,
    numbers,
    pairs,
    point,
    word,
)
from bot.feeds.tree import Node, parse, unreadable
from bot.feeds.writing import Element, document, element
from data.civic.calendar import local
from data.civic.errors import BadInput
from data.civic.shapes import Point
from data.civic.warning import headlines
from data.civic.warning.messages import (
    Attachment,
    Colour,
    MessageType,
    SaidArea,
    Status,
    WarningMessage,
)
from data.civic.warning.places import bare_code
from data.civic.warning.verdicts import Reason, Unfit

T = TypeVar("T")

TYPHOON = "11B01"
_IDENTIFIER = re.compile(r"([0-9A-Z]{14})_\d{14}(?:_\d)?")
_EVENT = re.compile(r"[0-9A-Z]{5}")
_BETWEEN_CODES = "\uff0c"
"""A full-width comma; a plain one is seen, too."""
_CODES = re.compile(rf"[{_BETWEEN_CODES},\s]+")

SOUTH, NORTH, WEST, EAST = 3, 54, 73, 136
"""Between these degrees China lies: which of two numbers is the longitude shows by itself."""

TYPES: Mapping[str, MessageType] = {
    "Alert": MessageType.ALERT,
    "Update": MessageType.UPDATE,
    "Cancel": MessageType.CANCEL,
}
STATUSES: Mapping[str, Status] = {
    "Actual": Status.ACTUAL,
    "Test": Status.TEST,
    "Exercise": Status.EXERCISE,
    "Draft": Status.DRAFT,
}
COLOURS: Mapping[str, Colour | None] = {
    "Red": Colour.RED,
    "Orange": Colour.ORANGE,
    "Yellow": Colour.YELLOW,
    "Blue": Colour.BLUE,
    "White": Colour.WHITE,
    "Unknown": None,
}


def read(body: bytes) -> WarningMessage:
    """Read a message.

    Raises:
        Unfit: it cannot be read, or says something that is not known; `reason` says what.
    """
    alert = parse(body, root="alert")
    info = alert.one("info")
    if info is None:
        raise unreadable("<info> is missing in <alert>")
    sender, headline = alert.must("sender"), info.must("headline")
    said = headlines.read(headline, sender=sender)
    sent = moment(alert.must("sendTime"), name="sendTime")
    return WarningMessage(
        identifier=_identifier(alert),
        sender=sender,
        sender_code=alert.must("senderCode"),
        sent=sent,
        status=word(STATUSES, alert.say("status"), name="status", reason=Reason.UNKNOWN_STATUS),
        type=word(TYPES, alert.say("msgType"), name="msgType", reason=Reason.UNKNOWN_TYPE),
        references=tuple(alert.say("references").split()),
        public=(alert.say("scope"), alert.say("secClassification") or "None") == ("Public", "None"),
        event_code=_event(info),
        event=said.event if said else "",
        colour=_colour(info),
        effective=_moment(info, "effective") or sent,
        expires=_moment(info, "expires"),
        signer=info.say("senderName"),
        headline=headline,
        description=info.must("description"),
        instruction=info.say("instruction"),
        note=alert.say("note"),
        where=areas(info, _area),
        attachments=(*attachments(alert), *attachments(info)),
    )


def write(message: WarningMessage, *, first: str) -> bytes:
    """Write a message; `first` is the identifier of the message that began its warning.

    Raises:
        BadInput: its identifier is none of the national system's.
    """
    if not _IDENTIFIER.fullmatch(message.identifier):
        raise BadInput(f"{message.identifier} is no identifier of the national system: use cap")
    begins = message.type is MessageType.ALERT
    return document(
        element(
            "alert",
            element("identifier", text=message.identifier),
            element("sender", text=message.sender),
            element("senderCode", text=message.sender_code),
            element("sendTime", text=_written(message.sent)),
            element("status", text=_name(STATUSES, message.status)),
            element("msgType", text=_name(TYPES, message.type)),
            element("scope", text="Public"),
            element("secClassification", text="None" if message.public else "Inner"),
            element("note", text=message.note),
            element("references", text="" if begins else first),
            _info(message),
        )
    )


def _info(message: WarningMessage) -> Element:
    return element(
        "info",
        element("language", text="zh-CN"),
        element("eventType", text=message.event_code),
        element("urgency", text="Unknown"),
        element("severity", text=_name(COLOURS, message.colour)),
        element("certainty", text="Unknown"),
        element("effective", text=_written(message.effective)),
        element("onset"),
        element("expires", text=_written(message.expires) if message.expires else ""),
        element("senderName", text=message.signer),
        element("headline", text=message.headline),
        element("description", text=message.description),
        element("instruction", text=message.instruction),
        *(_area_out(one) for one in message.where),
        *(_resource(one) for one in message.attachments),
    )


def _area_out(said: SaidArea) -> Element:
    drawn = [" ".join(map(numbers, one)) for one in (*said.rings, *said.lines)]
    circles = [f"{numbers(one.centre)} {one.radius_m:.12g}" for one in said.circles]
    return element(
        "area",
        element("areaDesc", text=said.description),
        element("geocode", text=_BETWEEN_CODES.join(one.ljust(6, "0") for one in said.codes)),
        *(element("polygon", text=one) for one in drawn),
        *(element("circle", text=one) for one in circles),
    )


def _resource(one: Attachment) -> Element:
    return element(
        "resource",
        element("resourceDesc", text=one.description),
        element("uri", text=one.uri),
        element("digest", text=one.sha1),
    )


def _identifier(alert: Node) -> str:
    identifier = alert.must("identifier")
    found = _IDENTIFIER.fullmatch(identifier)
    if found is None:
        raise unreadable(f"<identifier> “{identifier[:40]}” is not unit_YYYYMMDDhhmmss[_N]")
    if found[1] != alert.must("senderCode"):
        raise unreadable(f"<identifier> {identifier} is not one of <senderCode>")
    return identifier


def _event(info: Node) -> str:
    code = info.must("eventType")
    if not _EVENT.fullmatch(code):
        raise unreadable(f"<eventType> “{code[:40]}” is no code of GB/T 35561")
    return code


def _colour(info: Node) -> Colour | None:
    said = info.say("severity")
    colour = word(COLOURS, said, name="severity", reason=Reason.UNKNOWN_COLOUR)
    if colour is Colour.WHITE and info.say("eventType") != TYPHOON:
        raise Unfit("white is a signal of typhoons alone", reason=Reason.UNKNOWN_COLOUR)
    return colour


def _moment(info: Node, name: str) -> datetime | None:
    said = info.say(name)
    return moment(said, name=name) if said else None


def _area(node: Node) -> SaidArea:
    drawn = [_points(one) for one in node.texts("polygon")]
    return SaidArea(
        description=node.say("areaDesc"),
        codes=tuple(bare_code(one) for one in _CODES.split(node.say("geocode")) if one),
        rings=tuple(one for one in drawn if one[0] == one[-1]),
        lines=tuple(one for one in drawn if one[0] != one[-1]),
        circles=tuple(circle(one, _point, metres=1) for one in node.texts("circle")),
    )


def _points(text: str) -> tuple[Point, ...]:
    return tuple(_point(pair) for pair in pairs(text))


def _point(pair: tuple[float, float]) -> Point:
    """Tell longitude and latitude apart: within China no number can be both."""
    low, high = sorted(pair)
    if not (SOUTH <= low <= NORTH and WEST <= high <= EAST):
        raise bad_shape(f"{pair} is no place in China")
    return point(high, low)


def _written(at: datetime) -> str:
    return local(at).isoformat(" ", "seconds")


def _name(known: Mapping[str, T], value: T) -> str:
    """Write a word of a closed list.

    Raises:
        BadInput: the national format has no word for it.
    """
    for name, one in known.items():
        if one == value:
            return name
    raise BadInput(f"the national format has no word for {value}: use cap")
