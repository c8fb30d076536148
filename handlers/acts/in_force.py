"""What is in force in an area: signals, responses, orders, returns, notices, and any silence.

A silent feed is not a quiet sky: `silence` says why nobody may claim that there is no warning.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.civic.ids import AreaCode
from data.civic.warning.feeds import Silence, silence
from data.civic.warning.messages import Colour, WarningMessage, worst
from data.civic.warning.notices import Notice
from data.civic.warning.orders import TransferOrder
from data.civic.warning.places import touches
from data.civic.warning.responses import Response
from data.civic.warning.returns import Return
from data.civic.warning.signals import Signal
from data.civic.warning.unsettled import unsettled, unsettled_since
from handlers.office import Office
from handlers.waiting_messages import waiting_messages

MOST = 1_000
EXPIRED_IS_SAID = timedelta(hours=12)
"""So long it is said of a warning that it has run out, and that nobody has lifted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalHere:
    """A signal as it is in one area: its colour there, and the message that says so."""

    signal: Signal
    colour: Colour
    message: WarningMessage
    """What is shown, with issuer and time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What is in force in one area at one moment, the worst signal first."""

    area: AreaCode
    at: datetime
    signals: tuple[SignalHere, ...] = ()
    responses: tuple[Response, ...] = ()
    orders: tuple[TransferOrder, ...] = ()
    returns: tuple[Return, ...] = ()
    """Villages to which nobody may go back yet."""
    notices: tuple[Notice, ...] = ()
    silence: Silence | None = None
    expired: tuple[SignalHere, ...] = ()
    """Warnings that have run out here of late: that is no word that the danger is over."""
    coming: tuple[SignalHere, ...] = ()
    """Warnings that were sent and are still to take effect here."""
    unsettled: datetime | None = None
    """Since when a message waits that may be a warning for here; None: there is none."""

    @property
    def colour(self) -> Colour | None:
        """Tell the worst colour; None says nothing about the sky while a feed is silent."""
        return worst(one.colour for one in self.signals)

    @property
    def anything(self) -> bool:
        """Say whether anything is in force."""
        decided = self.responses or self.orders or self.returns or self.notices
        return bool(self.signals or decided)

    @property
    def quiet(self) -> bool:
        """Say whether it may be said that nothing is in force.

        Every feed is heard, nothing is about to take effect, and no message waits to be settled.
        """
        known = self.silence is None and self.unsettled is None
        return known and not self.coming and not self.anything


async def warnings_in_force(
    office: Office, area: AreaCode, at: datetime | None = None, *, drill: bool = False
) -> InForce:
    """Tell what is in force in an area and its parts; of a drill, or in earnest."""
    moment, stores = at or office.clock.now(), office.stores
    signals, responses, orders, returns, notices, feeds = await asyncio.gather(
        stores.signals.lasting(moment - EXPIRED_IS_SAID, drill=drill, limit=MOST),
        stores.responses.alive(drill=drill, limit=MOST),
        stores.orders.alive(drill=drill, limit=MOST),
        stores.returns.alive(drill=drill, limit=MOST),
        stores.notices.alive(drill=drill, limit=MOST),
        stores.feeds.configured(),
    )
    waiting = await waiting_messages(office, moment, drill=drill)
    return InForce(
        area=area,
        at=moment,
        signals=signals_in(signals, area, moment),
        responses=tuple(one for one in responses if one.covers(area)),
        orders=tuple(one for one in orders if one.touches(area)),
        returns=tuple(one for one in returns if touches(one.village, area)),
        notices=tuple(one for one in notices if one.in_force(area, moment)),
        silence=silence(feeds, area, moment),
        expired=expired_in(signals, area, moment),
        coming=coming_in(signals, area, moment),
        unsettled=unsettled_since(unsettled(waiting, feeds, moment), area),
    )


def signals_in(signals: Sequence[Signal], area: AreaCode, at: datetime) -> tuple[SignalHere, ...]:
    """Find the signals in force in an area, the worst first."""
    here = [
        SignalHere(signal=one, colour=step.message.colour, message=step.message)
        for one in signals
        if (step := one.in_force(area, at)) is not None and step.message.colour is not None
    ]
    return _once(sorted(here, key=lambda one: (-one.colour.rank, one.signal.id)))


def expired_in(signals: Sequence[Signal], area: AreaCode, at: datetime) -> tuple[SignalHere, ...]:
    """Find the signals that have ended in an area by themselves of late, and not been lifted."""
    return _once(
        SignalHere(signal=one, colour=message.colour, message=message)
        for one in signals
        for identifier, areas in one.expired(at).items()
        if one.in_force(area, at) is None
        and any(touches(each, area) for each in areas)
        and (message := one.step(identifier).message).colour is not None
        and message.expires is not None
        and at - message.expires < EXPIRED_IS_SAID
    )


def coming_in(signals: Sequence[Signal], area: AreaCode, at: datetime) -> tuple[SignalHere, ...]:
    """Find the warnings that are still to take effect in an area, the next first."""
    here = [
        SignalHere(signal=one, colour=step.message.colour, message=step.message)
        for one in signals
        for step in one.coming(area, at)
        if step.message.colour is not None
    ]
    return _once(sorted(here, key=lambda one: (one.message.effective, one.signal.id)))


def _once(here: Iterable[SignalHere]) -> tuple[SignalHere, ...]:
    """Leave a message out that stands for several warnings and is shown already."""
    found: dict[tuple[str, str], SignalHere] = {}
    for one in here:
        found.setdefault((one.signal.id.partition("/")[0], one.message.identifier), one)
    return tuple(found.values())
