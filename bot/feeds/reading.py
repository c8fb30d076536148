"""Read a body in its feed's format; what cannot be read is named, not thrown away."""

import structlog

from bot.feeds import cap, national
from bot.feeds.tree import parse
from data.civic.warning.arrivals import Unread
from data.civic.warning.feeds import FeedFormat
from data.civic.warning.messages import Status, WarningMessage
from data.civic.warning.verdicts import Reason, Unfit

_READERS = {FeedFormat.NATIONAL: national.read, FeedFormat.CAP: cap.read}
_STATUSES = {FeedFormat.NATIONAL: national.STATUSES, FeedFormat.CAP: cap.STATUSES}
_UNFORESEEN = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a fault of ours may raise: a body must be kept and its officer called all the same."""

log = structlog.get_logger()


def read(body: bytes, format_: FeedFormat) -> WarningMessage | Unread:
    """Read a message, or say why it cannot be read, and whether it was meant at all."""
    try:
        return _READERS[format_](body)
    except Unfit as error:
        reason, detail = error.reason, str(error)
    except _UNFORESEEN as error:
        log.exception("message unread", format=format_.value)
        reason, detail = Reason.UNREADABLE, f"the reader failed: {type(error).__name__}"
    return Unread(reason=reason, detail=detail, status=_status(body, format_))


def _status(body: bytes, format_: FeedFormat) -> Status | None:
    """Find the status alone: a test with a fault is still a test."""
    try:
        said = parse(body, root="alert").say("status")
    except Unfit:
        return None
    return _STATUSES[format_].get(said)
