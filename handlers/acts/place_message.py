"""Give a message its part in the warnings it changes, and say what is news.

A message that refers to several warnings has its part in each that it may change, in whatever
order they arrive; every step can be taken again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.civic.ids import AreaCode, FeedId
from data.civic.warning.messages import MessageType, WarningMessage
from data.civic.warning.shared import shares
from data.civic.warning.signals import NEVER, Placed, Signal, begun_by
from data.civic.warning.telling import ToInform, ToTell
from data.civic.warning.verdicts import Reason
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where a message has its part."""

    signals: tuple[Signal, ...]
    """The warnings that it changes, or the one that it begins, by their ids."""
    reason: Reason | None = None
    """Why it may not change another one that it refers to, or that none is known."""


async def begin(office: Office, feed: FeedId, placed: Placed) -> Part:
    """Begin a warning with a message. Idempotent."""
    return Part(signals=(await office.stores.signals.add(begun_by(placed, feed)),))


async def join_all(office: Office, feed: FeedId, placed: Placed) -> Part:
    """Put a message into every warning that it refers to and may change. Idempotent."""
    found = await _referred(office, feed, placed.message.references)
    if not found:
        return Part(signals=(), reason=Reason.UNKNOWN_REFERENCE)
    fit, why = [], []
    for one in found:
        if (reason := one.refuses(placed.message)) is not None:
            why.append(reason)
            continue
        fit.append(await office.stores.signals.change(one.id, lambda one: one.joined_by(placed)))
    return Part(signals=tuple(fit), reason=min(why, default=None))


async def say_news(office: Office, part: Part, message: WarningMessage) -> None:
    """Say what a message has changed: nothing where a later one already decides."""
    now = office.clock.now()
    if message.type is MessageType.CANCEL:
        for one in part.signals:
            await _say(office, ToTell.LIFT, one, message, _lifted(one, message, office))
    elif (message.expires or NEVER) > now:
        for id_, areas in shares(part.signals, message.identifier, now).items():
            one = next(signal for signal in part.signals if signal.id == id_)
            await _say(office, ToTell.SIGNAL, one, message, areas)


async def _referred(office: Office, feed: FeedId, references: Sequence[str]) -> list[Signal]:
    found = await office.stores.warnings.applied(feed, references) if references else []
    ids = sorted({id_ for one in found for id_ in one.signals})
    signals = [await office.stores.signals.get(id_) for id_ in ids]
    return [one for one in signals if one is not None]


def _lifted(signal: Signal, message: WarningMessage, office: Office) -> tuple[AreaCode, ...]:
    """Tell where a cancel is news: one that comes late is none where another has lifted it."""
    now, came = office.clock.now(), message.identifier
    areas = signal.decided_by(came, now)
    return tuple(one for one in areas if not signal.lifted_in(one, now, but=came))


async def _say(
    office: Office,
    kind: ToTell,
    signal: Signal,
    message: WarningMessage,
    areas: tuple[AreaCode, ...],
) -> None:
    if areas:
        now, said = office.clock.now(), message.identifier
        news = ToInform(kind=kind, subject=signal.id, source=said, areas=areas, at=now)
        await office.stores.to_inform.add(news)
