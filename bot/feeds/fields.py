"""The fields that both formats share: moments, coordinates, attachments."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from bot.feeds.tree import Node, unreadable
from data.civic.calendar import YEARS
from data.civic.errors import BadInput
from data.civic.shapes import Circle, Point
from data.civic.warning.messages import Attachment, SaidArea
from data.civic.warning.verdicts import Reason, Unfit

T = TypeVar("T")

MOST_POINTS = 20_000
"""Of all polygons of a message together."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)([+-]\d\d:\d\d)")
_NUMBER = r"-?\d{1,3}(?:\.\d{1,12})?"
_PAIR = re.compile(rf"({_NUMBER}),({_NUMBER})")


def moment(text: str, *, name: str) -> datetime:
    """Read a moment with its offset from UTC.

    Raises:
        Unfit: it is none, or of a year that no warning is about: clocks end where dates do.
    """
    try:
        read = datetime.fromisoformat(text).astimezone(UTC) if _MOMENT.fullmatch(text) else None
    except (ValueError, OverflowError):
        read = None
    if read is None:
        raise unreadable(f"<{name}> “{text[:40]}” is no moment with its offset from UTC")
    if read.year not in YEARS:
        what = f"<{name}> “{text[:40]}” is not in the years {YEARS[0]} to {YEARS[-1]}"
        raise Unfit(what, reason=Reason.IMPOSSIBLE_DATES)
    return read


def word(known: Mapping[str, T], text: str, *, name: str, reason: Reason) -> T:
    """Read a word of a closed list.

    Raises:
        Unfit: it is not known; nothing stands in its place.
    """
    if text not in known:
        raise Unfit(f"<{name}> “{text[:40]}” is not known: {', '.join(known)}", reason=reason)
    return known[text]


def pairs(text: str) -> list[tuple[float, float]]:
    """Read pairs of numbers, separated by gaps, in the order written.

    Raises:
        Unfit: one is no pair.
    """
    found = [(one, _PAIR.fullmatch(one)) for one in text.split()]
    if wrong := [one for one, match in found if match is None]:
        raise bad_shape(f"“{wrong[0][:40]}” is no pair of coordinates")
    return [(float(match[1]), float(match[2])) for _, match in found if match]


def point(lon: float, lat: float) -> Point:
    """Make a point.

    Raises:
        Unfit: it is nowhere on earth.
    """
    try:
        return Point(lon, lat)
    except BadInput as error:
        raise bad_shape(str(error)) from error


def circle(text: str, place: Callable[[tuple[float, float]], Point], *, metres: float) -> Circle:
    """Read a pair and a radius, of which one unit has so many `metres`.

    Raises:
        Unfit: it is no circle.
    """
    centre, _, radius = " ".join(text.split()).partition(" ")
    (pair,) = pairs(centre)
    try:
        return Circle(place(pair), float(radius) * metres)
    except (ValueError, BadInput) as error:
        raise bad_shape(f"“{text[:40]}” is no circle: {error}") from error


def areas(info: Node, read: Callable[[Node], SaidArea]) -> tuple[SaidArea, ...]:
    """Read the blocks of where a message is for.

    Raises:
        Unfit: one cannot be read, or all together have more points than are looked at.
    """
    found = tuple(read(one) for one in info.all("area"))
    points = sum(len(ring) for one in found for ring in (*one.rings, *one.lines))
    if points > MOST_POINTS:
        raise bad_shape(f"polygons of {points} points: {MOST_POINTS} at most in one message")
    return found


def numbers(point: Point) -> str:
    """Write a point as both formats do: latitude, longitude."""
    return f"{point.lat:.12g},{point.lon:.12g}"


def attachments(parent: Node) -> tuple[Attachment, ...]:
    """Read the attachments below an element, and hold their content against their digest.

    Raises:
        Unfit: a content is not the one of its SHA-1 digest.
    """
    return tuple(_attachment(one) for one in parent.all("resource"))


def _attachment(node: Node) -> Attachment:
    sha1, content = node.say("digest").lower(), node.say("derefUri")
    try:
        real = hashlib.sha1(base64.b64decode(content)).hexdigest()  # noqa: S324  (the standard's)
    except ValueError:  # as well of letters that are none of ASCII
        real = "no base64"
    if content and sha1 and real != sha1:
        what = f"the attachment “{node.say('resourceDesc')[:40]}” is not that of its digest"
        raise Unfit(what, reason=Reason.BAD_DIGEST)
    return Attachment(description=node.say("resourceDesc"), uri=node.say("uri"), sha1=sha1)


def bad_shape(what: str) -> Unfit:
    """Make the error of a shape that cannot be read."""
    return Unfit(what, reason=Reason.BAD_SHAPE)
