"""Receipts: what a gateway tells afterwards of a message, a call or a notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.civic.sending.rows import RowState, Said


class Told(StrEnum):
    """What has become of it."""

    DELIVERED = "delivered"
    """The text is on the telephone; the notice is on the screen."""
    READ = "read"
    """The notice was opened; the call was listened to, and no key was pressed."""
    ANSWERED = "answered"
    """A key was pressed, words were read back, or a text was sent back."""
    FAILED = "failed"
    """It has not arrived and will not."""
    NO_ANSWER = "no_answer"
    """It rang, and nobody took the call."""
    LINE_BUSY = "line_busy"
    HUNG_UP = "hung_up"
    """Somebody took the call and hung up before the end."""

    @property
    def row(self) -> RowState:
        """Tell what it means for who was to be informed: a call that was not heard has failed."""
        match self:
            case Told.DELIVERED:
                return RowState.DELIVERED
            case Told.READ | Told.ANSWERED:
                return RowState.READ
            case Told.FAILED | Told.NO_ANSWER | Told.LINE_BUSY | Told.HUNG_UP:
                return RowState.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayReceipt:
    """One receipt, as the gateway of an account has signed it."""

    account: str
    reference: str
    """Under which it was sent."""
    told: Told
    answer: str = ""
    """The key that was pressed, or the words that came back."""
    at: datetime


RECEIVED_KEY, HELP_KEY, AGAIN_KEY = "1", "2", "0"
"""What is pressed: 收到; 需要帮助; read it to me again."""

_SAID: Mapping[str, Said] = {
    RECEIVED_KEY: Said.RECEIVED,
    "收到": Said.RECEIVED,
    "已收到": Said.RECEIVED,
    "知道了": Said.RECEIVED,
    "好的": Said.RECEIVED,
    HELP_KEY: Said.HELP,
    "需要帮助": Said.HELP,
    "帮助": Said.HELP,
    "救命": Said.HELP,
}


def said_by(answer: str) -> Said | None:
    """Tell what a key or a short text means; None: nothing that is known."""
    return _SAID.get(answer.strip().rstrip("。.!！#"))
