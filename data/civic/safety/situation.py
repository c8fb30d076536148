"""What is in force at one moment, and the digest by which a colour can be worked out again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum

from data.civic.warning.feeds import FeedState
from data.civic.warning.orders import TransferOrder
from data.civic.warning.responses import Response
from data.civic.warning.returns import Return
from data.civic.warning.signals import Signal
from data.civic.warning.unsettled import Unsettled


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that colours are worked out from, besides the person; of a drill, or in earnest."""

    at: datetime
    signals: tuple[Signal, ...] = ()
    responses: tuple[Response, ...] = ()
    orders: tuple[TransferOrder, ...] = ()
    """Of every event that goes on, those that are lifted too."""
    returns: tuple[Return, ...] = ()
    """Of the same events, those that are released too."""
    feeds: tuple[FeedState, ...] = ()
    """None: nobody can say that the sky is quiet."""
    unsettled: tuple[Unsettled, ...] = ()
    """Messages that wait: until they are settled, nobody can say it of their places either."""


def digest_of(*parts: object) -> str:
    """Digest values so that the same ones always read the same: 64 hex digits, SHA-256."""
    text = json.dumps([_plain(one) for one in parts], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(part: object) -> object:
    """Write a value with all its parts in a form that has one order alone."""
    if is_dataclass(part) and not isinstance(part, type):
        named = {one.name: _plain(getattr(part, one.name)) for one in fields(part)}
        return {"": type(part).__name__, **named}
    if isinstance(part, Mapping):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, (tuple, list, frozenset)):
        listed = [_plain(one) for one in part]
        return sorted(listed, key=str) if isinstance(part, frozenset) else listed
    return _leaf(part)


def _leaf(part: object) -> object:
    match part:
        case Enum():
            return str(part.value)
        case datetime():
            return part.timestamp()
        case timedelta():
            return part.total_seconds()
        case _:
            return part
