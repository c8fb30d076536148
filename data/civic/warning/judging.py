"""Judge a message by itself: its issuer, its areas, its dates. Nothing is guessed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from data.civic.areas import Gazetteer
from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.shapes import Polygon
from data.civic.warning import drills, headlines
from data.civic.warning.feeds import Feed
from data.civic.warning.messages import MessageType, Status, WarningMessage
from data.civic.warning.places import Drawn, areas_named, is_code, only_draws, touches
from data.civic.warning.verdicts import Judgement, Reason, Verdict

AHEAD = timedelta(minutes=10)
"""So far ahead of ours an issuer's clock may be."""

Check = Callable[[WarningMessage, Feed, datetime], Judgement | None]


def judge(
    message: WarningMessage,
    feed: Feed,
    places: Gazetteer,
    now: datetime,
    *,
    drawn: Drawn | None = None,
) -> Judgement:
    """Tell what becomes of a message as far as it can be told without the others.

    A verdict of `applied` means that it may be: what it refers to is still to be found. `drawn`
    are the villages of those blocks that only draw where they are for.
    """
    for check in _CHECKS:
        if (found := check(message, feed, now)) is not None:
            return found
    areas = areas_named(message.where, places, drawn)
    if areas is None:
        return _held(Reason.UNCLEAR_AREA, _unclear(message, places))
    if foreign := [one for one in areas if not touches(one, feed.area)]:
        judged = _held if len(foreign) < len(areas) else _refused
        return judged(Reason.FOREIGN_AREA, f"{', '.join(foreign)} is not in {feed.area}")
    if feed.confirm_first:
        return _held(Reason.AWAITS_CONFIRMATION, "a duty officer confirms first", areas=areas)
    return Judgement(verdict=Verdict.APPLIED, areas=areas, detail=_inside(drawn, feed))


def _sender(message: WarningMessage, feed: Feed, _: datetime) -> Judgement | None:
    if {message.sender_code, message.sender} & feed.issuers:
        return None
    issuer = f"{message.sender} ({message.sender_code})"
    return _refused(Reason.UNKNOWN_SENDER, f"{issuer} is no issuer of the feed {feed.id}")


def _meant(message: WarningMessage, feed: Feed, now: datetime) -> Judgement | None:
    """Let a test touch nobody; that its issuer is not known is said all the same."""
    if message.status is Status.ACTUAL:
        return None
    stranger = _sender(message, feed, now)
    what = f"status {message.status}" + (f"; {stranger.detail}" if stranger else "")
    return Judgement(verdict=Verdict.NOT_ACTUAL, detail=what)


def _public(message: WarningMessage, _: Feed, __: datetime) -> Judgement | None:
    return None if message.public else _refused(Reason.NOT_PUBLIC, "it is not for the public")


def _division(message: WarningMessage, feed: Feed, _: datetime) -> Judgement | None:
    codes = [AreaCode(code) for said in message.where for code in said.codes]
    if not all(is_code(code) for code in codes):
        return None  # what is no code is abroad for nobody: it is held below
    if not codes or any(touches(code, feed.area) for code in codes):
        return None
    return _refused(Reason.FOREIGN_AREA, f"{', '.join(codes)} is not in {feed.area}")


def _coloured(message: WarningMessage, _: Feed, __: datetime) -> Judgement | None:
    if message.colour is not None or message.type is MessageType.CANCEL:
        return None
    return _refused(Reason.UNKNOWN_COLOUR, "an alert or update must name its colour")


def _dates(message: WarningMessage, _: Feed, __: datetime) -> Judgement | None:
    """Refuse dates that cannot be; a lift is held, for some name the dates of what they lift."""
    judged = _held if message.type is MessageType.CANCEL else _refused
    if message.effective < message.sent:
        what = f"effective {message.effective} is before sent {message.sent}"
        return judged(Reason.IMPOSSIBLE_DATES, what)
    if message.expires is not None and message.expires < message.effective:
        what = f"expires {message.expires} is before effective {message.effective}"
        return judged(Reason.IMPOSSIBLE_DATES, what)
    return None


def _fresh(message: WarningMessage, feed: Feed, now: datetime) -> Judgement | None:
    if now - message.sent > feed.stale_after:
        hours = feed.stale_after / timedelta(hours=1)
        return _refused(Reason.STALE, f"sent {message.sent}, more than {hours:g} hours ago")
    if message.sent - now > AHEAD:
        return _held(Reason.FROM_THE_FUTURE, f"sent {message.sent} is still to come")
    return None


def _earnest(message: WarningMessage, feed: Feed, _: datetime) -> Judgement | None:
    """Hold what says of itself that it is a drill: its words are never taken off.

    What comes by the feed of a drill is marked as a drill's, whatever it says.
    """
    if drills.is_drill(feed.id):
        return None
    said = (message.headline, message.description, message.instruction, message.note)
    drill = next((one for one in said if drills.named(one)), None)
    if drill is None and not headlines.unreal(message.headline):
        return None
    what = f"its status is actual, but it says “{(drill or message.headline)[:40]}”"
    return _held(Reason.SAYS_DRILL, what)


def _consistent(message: WarningMessage, _: Feed, __: datetime) -> Judgement | None:
    if not headlines.contradicts(message.headline, type_=message.type, colour=message.colour):
        return None
    fields = f"{message.type}, {message.colour}"
    return _held(Reason.CONTRADICTORY, f"“{message.headline}” but the fields say {fields}")


def _shapes(message: WarningMessage, _: Feed, __: datetime) -> Judgement | None:
    for block, said in enumerate(message.where, start=1):
        for number, ring in enumerate(said.rings, start=1):
            try:
                Polygon(ring)
            except BadInput as error:
                return _held(Reason.BAD_SHAPE, f"area {block}, ring {number}: {error}")
        if said.lines and not (said.codes or said.description or said.rings or said.circles):
            first, last = said.lines[0][0], said.lines[0][-1]
            what = f"area {block}: the polygon is open: it begins at {first} and ends at {last}"
            return _held(Reason.BAD_SHAPE, what)
    return None


_CHECKS: tuple[Check, ...] = (
    _meant,
    _sender,
    _public,
    _division,
    _coloured,
    _dates,
    _fresh,
    _earnest,
    _consistent,
    _shapes,
)


def _unclear(message: WarningMessage, places: Gazetteer) -> str:
    for block, said in enumerate(message.where, start=1):
        if only_draws(said, places):
            return f"area {block} is only drawn, and holds no village with people known here"
        if wrong := [code for code in said.codes if not is_code(code)]:
            return f"area {block}: “{wrong[0][:40]}” is no division code: 2, 4, 6, 9 or 12 digits"
        if said.others and not said.codes:
            name, code = said.others[0]
            return f"area {block}: codes of “{name[:40]}” ({code[:40]}) are not known here"
    return f"{_said(message)} does not name divisions that are known here"


def _inside(drawn: Drawn | None, feed: Feed) -> str:
    """Say of what was drawn that it counts inside alone; empty where everything was named."""
    if not drawn:
        return ""
    count = len({village for villages in drawn.values() for village in villages})
    return f"drawn, not named: {count} villages inside {feed.area}; outside it counts for nobody"


def _said(message: WarningMessage) -> str:
    blocks = [
        f"“{one.description}” in {', '.join(one.codes) or 'no code'}" for one in message.where
    ]
    return " and ".join(blocks) or "a message without an area"


def _held(reason: Reason, detail: str, *, areas: tuple[AreaCode, ...] = ()) -> Judgement:
    return Judgement(verdict=Verdict.HELD, reason=reason, detail=detail, areas=areas)


def _refused(reason: Reason, detail: str) -> Judgement:
    return Judgement(verdict=Verdict.REFUSED, reason=reason, detail=detail)
