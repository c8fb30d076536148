"""The Common Alerting Protocol 1.2, in and out, with the colour kept as a parameter.

Source: OASIS CAP 1.2; how its severities and the colours of GB/T 35965.1-2018 fit is our own table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.feeds.fields import areas, attachments, circle, moment, numbers, pairs, point, word
from bot.feeds.tree import Node, parse, unreadable
from bot.feeds.writing import Element, document, element, wanted
from data.civic.calendar import local
from data.civic.shapes import Point
from data.civic.warning.messages import Colour, MessageType, SaidArea, Status, WarningMessage
from data.civic.warning.places import bare_code
from data.civic.warning.verdicts import Reason, Unfit

T = TypeVar("T")

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
DIVISIONS, EVENTS, COLOUR = "GB/T 2260", "GB/T 35561", "Colour"
"""What codes are called here: of divisions, of events, and the parameter of the colour."""
_KM = 1_000
_IDENTIFIER = re.compile(r"[^\s,<&]{1,200}")
_METEOROLOGICAL = "11B"
_EVENT_CODE = re.compile(r"[0-9][0-9A-Z]{4}")

TYPES: Mapping[str, MessageType] = {
    "Alert": MessageType.ALERT,
    "Update": MessageType.UPDATE,
    "Cancel": MessageType.CANCEL,
}
STATUSES: Mapping[str, Status] = {
    "Actual": Status.ACTUAL,
    "Exercise": Status.EXERCISE,
    "System": Status.SYSTEM,
    "Test": Status.TEST,
    "Draft": Status.DRAFT,
}
SEVERITIES: Mapping[str, Colour | None] = {
    "Extreme": Colour.RED,
    "Severe": Colour.ORANGE,
    "Moderate": Colour.YELLOW,
    "Minor": Colour.BLUE,
    "Unknown": None,
}
_BY_NAME: Mapping[str, Colour] = {one.value.capitalize(): one for one in Colour}


def read(body: bytes) -> WarningMessage:
    """Read a message; of several languages the Chinese one.

    Raises:
        Unfit: it cannot be read, or says something that is not known; `reason` says what.
    """
    alert = parse(body, root="alert")
    if alert.namespace != NAMESPACE:
        raise unreadable(f"<alert> is not of {NAMESPACE}")
    type_ = word(TYPES, alert.say("msgType"), name="msgType", reason=Reason.UNKNOWN_TYPE)
    info, sent = _info(alert, type_), moment(alert.must("sent"), name="sent")
    return WarningMessage(
        identifier=_identifier(alert.must("identifier")),
        sender=info.say("senderName") or alert.must("sender"),
        sender_code=alert.must("sender"),
        sent=sent,
        status=word(STATUSES, alert.say("status"), name="status", reason=Reason.UNKNOWN_STATUS),
        type=type_,
        references=tuple(_reference(one) for one in alert.say("references").split()),
        public=alert.say("scope") == "Public",
        event_code=_named(info, "eventCode", EVENTS) or info.say("event"),
        event=_event(info),
        colour=_colour(info),
        effective=_moment(info, "effective") or sent,
        expires=_moment(info, "expires"),
        headline=info.say("headline"),
        description=info.say("description"),
        instruction=info.say("instruction"),
        note=alert.say("note"),
        where=areas(info, _area),
        attachments=attachments(info),
    )


def write(message: WarningMessage, *, before: Sequence[WarningMessage]) -> bytes:
    """Write a message; `before` are all messages of its warning that were sent earlier."""
    begins = message.type is MessageType.ALERT
    triples = [f"{one.sender_code},{one.identifier},{_written(one.sent)}" for one in before]
    alert = element(
        "alert",
        element("identifier", text=message.identifier),
        element("sender", text=message.sender_code),
        element("sent", text=_written(message.sent)),
        element("status", text=_name(STATUSES, message.status)),
        element("msgType", text=_name(TYPES, message.type)),
        element("scope", text="Public" if message.public else "Restricted"),
        None if message.public else element("restriction", text="Inner"),
        wanted("note", message.note),
        None if begins else wanted("references", " ".join(triples)),
        _info_out(message),
    )
    alert.set("xmlns", NAMESPACE)
    return document(alert)


def _info_out(message: WarningMessage) -> Element | None:
    """Write what it says; a cancel that came without any of it goes out so."""
    if message.type is MessageType.CANCEL and not (message.event_code or message.where):
        return None
    met = message.event_code.startswith(_METEOROLOGICAL)
    return element(
        "info",
        element("language", text="zh-CN"),
        element("category", text="Met" if met else "Other"),
        element("event", text=message.event or message.event_code),
        element("urgency", text="Unknown"),
        element("severity", text=_severity(message.colour)),
        element("certainty", text="Unknown"),
        _value("eventCode", EVENTS, message.event_code),
        element("effective", text=_written(message.effective)),
        wanted("expires", _written(message.expires) if message.expires else ""),
        element("senderName", text=message.sender),
        wanted("headline", message.headline),
        wanted("description", message.description),
        wanted("instruction", message.instruction),
        _value("parameter", COLOUR, message.colour.capitalize() if message.colour else ""),
        *(_area_out(one) for one in message.where),
    )


def _area_out(said: SaidArea) -> Element:
    """Write an area; open lines are left out, for CAP has none."""
    rings = [" ".join(map(numbers, one)) for one in said.rings]
    circles = [f"{numbers(one.centre)} {one.radius_m / _KM:.12g}" for one in said.circles]
    return element(
        "area",
        element("areaDesc", text=said.description),
        *(element("polygon", text=one) for one in rings),
        *(element("circle", text=one) for one in circles),
        *(_value("geocode", DIVISIONS, one) for one in said.codes),
        *(_value("geocode", name, code) for name, code in said.others),
    )


def _value(name: str, called: str, value: str) -> Element | None:
    if not value:
        return None
    return element(name, element("valueName", text=called), element("value", text=value))


def _info(alert: Node, type_: MessageType) -> Node:
    """Choose the Chinese block; what the others are for and say beyond words must be the same."""
    infos = list(alert.all("info"))
    if len(infos) > 1 and not all(one.say("language") for one in infos):
        raise unreadable("<info> without <language> stands beside another: name each language")
    chinese = [one for one in infos if one.say("language").lower().startswith("zh")]
    fitting = chinese or infos
    if len(fitting) > 1:
        raise unreadable(f"<info> stands {len(fitting)} times in one language: send one each")
    if not fitting:
        if type_ is not MessageType.CANCEL:
            raise unreadable("<info> is missing in <alert>")
        return Node("info")
    (chosen,) = fitting
    if wrong := [one for one in infos if _facts(one) != _facts(chosen)]:
        what = f"<info> in {wrong[0].say('language')[:20]} has other areas, times or severity"
        raise Unfit(f"{what} than that in {chosen.say('language')}", reason=Reason.CONTRADICTORY)
    if type_ is not MessageType.CANCEL and not (
        chosen.say("headline") or chosen.say("description")
    ):
        raise unreadable("<headline> and <description> are missing in <info>: it says nothing")
    return chosen


def _facts(info: Node) -> object:
    """Tell what is the same in every language."""
    where = {replace(_area(one), description="") for one in info.all("area")}
    times = [_moment(info, name) for name in ("effective", "onset", "expires")]
    return _colour(info), _named(info, "eventCode", EVENTS), times, where


def _identifier(said: str) -> str:
    if not _IDENTIFIER.fullmatch(said):
        raise unreadable("<identifier> holds gaps or commas, or is too long")
    return said


def _reference(triple: str) -> str:
    parts = triple.split(",")
    if len(parts) != 3:
        raise unreadable(f"<references> “{triple[:80]}” is not sender,identifier,sent")
    return parts[1]


def _named(node: Node, name: str, called: str) -> str:
    values = [one.say("value") for one in node.all(name) if one.say("valueName") == called]
    return values[0] if values else ""


def _event(info: Node) -> str:
    """Read the word for the event; its code in place of a word is none."""
    said = info.say("event")
    return "" if _EVENT_CODE.fullmatch(said) else said


def _colour(info: Node) -> Colour | None:
    """Read the severity, and the colour where it is given: they must not differ."""
    severity = info.say("severity") or "Unknown"
    known = word(SEVERITIES, severity, name="severity", reason=Reason.UNKNOWN_COLOUR)
    named = _named(info, "parameter", COLOUR)
    if not named:
        return known
    colour = word(_BY_NAME, named, name="parameter", reason=Reason.UNKNOWN_COLOUR)
    if _severity(colour) != severity:
        what = f"the colour is {named}, the severity {severity}"
        raise Unfit(what, reason=Reason.CONTRADICTORY)
    return colour


def _severity(colour: Colour | None) -> str:
    return "Minor" if colour is Colour.WHITE else _name(SEVERITIES, colour)


def _moment(info: Node, name: str) -> datetime | None:
    said = info.say(name)
    return moment(said, name=name) if said else None


def _area(node: Node) -> SaidArea:
    codes = [(one.say("valueName"), one.say("value")) for one in node.all("geocode")]
    return SaidArea(
        description=node.say("areaDesc"),
        codes=tuple(bare_code(code) for name, code in codes if name == DIVISIONS),
        others=tuple(one for one in codes if one[0] != DIVISIONS),
        rings=tuple(_points(one) for one in node.texts("polygon")),
        circles=tuple(circle(one, _point, metres=_KM) for one in node.texts("circle")),
    )


def _points(text: str) -> tuple[Point, ...]:
    return tuple(_point(pair) for pair in pairs(text))


def _point(pair: tuple[float, float]) -> Point:
    lat, lon = pair
    return point(lon, lat)


def _written(at: datetime) -> str:
    return local(at).isoformat("T", "seconds")


def _name(known: Mapping[str, T], value: T) -> str:
    return next(name for name, one in known.items() if one == value)
