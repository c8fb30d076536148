"""What to do about a platform's error code: one table for each platform, and nothing else.

What a row of an informing does next is the ladder's to decide (`ladder`); here stands what one
call, one account and one interface do.

Source: WeChat, error codes of the server API; Alipay, public error codes and those of
alipay.open.app.mini.templatemessage.send; both read 2026-11-21.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.calendar import local

RETRIES = 3
"""How often a call is repeated that the platform was too busy for."""
FIRST_PAUSE = timedelta(seconds=0.4)
MINUTE_REST = timedelta(seconds=60)
FAULTS_OPEN = 5
"""So many calls in a row that are not answered open the circuit of an interface."""
FAULT_REST = timedelta(seconds=15)


class Reaction(StrEnum):
    """What to do."""

    AGAIN = "again"
    """Nothing was taken; the platform is busy: repeat the call a few times."""
    NEW_TOKEN = "new_token"  # noqa: S105  (no secret: the name of a step)
    """Fetch another access token once, and repeat the call once."""
    REST_A_MINUTE = "rest_a_minute"
    """Leave this interface alone for a minute or more."""
    REST_TODAY = "rest_today"
    """Leave this interface alone until midnight in Beijing."""
    UNSUBSCRIBED = "unsubscribed"
    """The person has no subscription: write it into the ledger."""
    WINDOW_CLOSED = "window_closed"
    """The person has not written lately, as far as the platform knows: for this message it ends."""
    WINDOW_SPENT = "window_spent"
    """So much was sent already: no more until the person writes again."""
    GIVE_UP = "give_up"
    """It will never be taken; only this message is affected."""
    TELL_STAFF = "tell_staff"
    """It will never be taken, nor will the next: template, permission or account is wrong."""

    @property
    def rests(self) -> bool:
        """Say whether the whole interface is left alone."""
        return self in (Reaction.REST_A_MINUTE, Reaction.REST_TODAY)


WECHAT: Mapping[str, Reaction] = {
    "-1": Reaction.AGAIN,
    "40001": Reaction.NEW_TOKEN,
    "40014": Reaction.NEW_TOKEN,
    "42001": Reaction.NEW_TOKEN,
    "45009": Reaction.REST_TODAY,
    "45011": Reaction.REST_A_MINUTE,
    "43101": Reaction.UNSUBSCRIBED,
    "45015": Reaction.WINDOW_CLOSED,
    "45047": Reaction.WINDOW_SPENT,
    "40003": Reaction.GIVE_UP,
    "45002": Reaction.GIVE_UP,
    "40013": Reaction.TELL_STAFF,
    "40037": Reaction.TELL_STAFF,
    "40125": Reaction.TELL_STAFF,
    "40164": Reaction.TELL_STAFF,
    "41030": Reaction.TELL_STAFF,
    "43107": Reaction.TELL_STAFF,
    "47003": Reaction.TELL_STAFF,
    "48001": Reaction.TELL_STAFF,
}
ALIPAY: Mapping[str, Reaction] = {
    "20000": Reaction.AGAIN,
    "isp.unknow-error": Reaction.AGAIN,
    "aop.unknow-error": Reaction.AGAIN,
    "40005": Reaction.REST_A_MINUTE,
    "isv.app-call-limited": Reaction.REST_A_MINUTE,
    "USER_NOT_SUBSCRIBE": Reaction.UNSUBSCRIBED,
    "USER_KEYWORD_LENGTH_ERROR": Reaction.TELL_STAFF,
    "USER_TEMPLATE_LACK_KEYWORD": Reaction.TELL_STAFF,
    "USER_TEMPLATE_ILLEGAL": Reaction.TELL_STAFF,
    "isv.invalid-signature": Reaction.TELL_STAFF,
    "isv.invalid-app-id": Reaction.TELL_STAFF,
    "40003": Reaction.TELL_STAFF,
    "40006": Reaction.TELL_STAFF,
    "isv.insufficient-isv-permissions": Reaction.TELL_STAFF,
}
GATEWAY: Mapping[str, Reaction] = {
    "busy": Reaction.AGAIN,
    "too_fast": Reaction.REST_A_MINUTE,
    "out_of_quota": Reaction.REST_TODAY,
    "bad_number": Reaction.GIVE_UP,
    "blocked": Reaction.GIVE_UP,
    "unknown_staff": Reaction.GIVE_UP,
    "too_long": Reaction.TELL_STAFF,
    "bad_words": Reaction.TELL_STAFF,
    "bad_signature": Reaction.TELL_STAFF,
    "malformed": Reaction.TELL_STAFF,
}
"""The codes of our own protocol with SMS, voice and work gateways (docs/channels.md)."""


def reaction(table: Mapping[str, Reaction], code: str) -> Reaction:
    """Look a code up; one that the table does not know ends this message alone."""
    return table.get(code, Reaction.GIVE_UP)


def rests_until(what: Reaction, at: datetime) -> datetime:
    """Tell until when an interface is left alone."""
    if what is not Reaction.REST_TODAY:
        return at + MINUTE_REST
    tomorrow = local(at) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def pause(tried: int, chance: float) -> timedelta | None:
    """Tell how long to wait before a busy platform is called again; None: not again.

    `tried` is how often it was called, `chance` lies between 0 and 1 and spreads the calls.
    """
    if tried > RETRIES:
        return None
    return FIRST_PAUSE * (1 << tried - 1) * (0.5 + chance)
