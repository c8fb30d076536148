"""Read a body in its feed's format; what cannot be read is named, not thrown away."""

from bot.feeds import cap, national
from data.civic.warning.arrivals import Unread
from data.civic.warning.feeds import FeedFormat
from data.civic.warning.messages import WarningMessage
from data.civic.warning.verdicts import Unfit

_READERS = {FeedFormat.NATIONAL: national.read, FeedFormat.CAP: cap.read}


def read(body: bytes, format_: FeedFormat) -> WarningMessage | Unread:
    """Read a message, or say why it cannot be read."""
    try:
        return _READERS[format_](body)
    except Unfit as error:
        return Unread(reason=error.reason, detail=str(error))
