"""A relayed warning, its colour per area, as a pure fold of its messages in any order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from data.civic.areas import within
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, FeedId, SignalId
from data.civic.warning.messages import Colour, MessageType, Status, WarningMessage
from data.civic.warning.verdicts import Reason

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of what has no end yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A message with its areas resolved."""

    message: WarningMessage
    areas: tuple[AreaCode, ...]
    counts_from: datetime | None = None
    """By our clock, where its issuer's runs ahead; None: from when it takes effect."""

    @property
    def since(self) -> datetime:
        """Tell from when it counts here."""
        return self.counts_from or self.message.effective

    @property
    def identifier(self) -> str:
        """Tell the message's identifier."""
        return self.message.identifier

    @property
    def order(self) -> tuple[datetime, str]:
        """Tell its place among others: by when it was sent, then by its identifier."""
        return self.message.sent, self.message.identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One warning: the message that began it, and those that changed it, in the order sent."""

    id: SignalId
    steps: tuple[Placed, ...]
    ends_told: frozenset[str] = frozenset()
    """Identifiers of messages whose own end was looked at when it came."""
    version: int = 0

    @property
    def first(self) -> WarningMessage:
        """Give the message that this warning is known by."""
        return self.step(self.id.partition("/")[2]).message

    @property
    def named(self) -> frozenset[AreaCode]:
        """Tell every area that a message named."""
        return frozenset(area for step in self.steps for area in step.areas)

    @property
    def until(self) -> datetime:
        """Tell when no colour is left anywhere; `NEVER` while an area has no end."""
        return max(_end(self.deciding(area, NEVER)) for area in self.named)

    @property
    def next_end(self) -> datetime | None:
        """Tell when the next message ends by itself, or has ended unnoticed."""
        ends = [
            step.message.expires
            for step in self.steps
            if step.message.type is not MessageType.CANCEL and step.identifier not in self.ends_told
        ]
        return min((one for one in ends if one), default=None)

    def deciding(self, area: AreaCode, at: datetime) -> Placed | None:
        """Find the message that decides for an area; after a cancel none later does."""
        decides = None
        for step in self.steps:
            if step.since > at or not _covers(step, area):
                continue
            if step.message.type is not MessageType.CANCEL:
                decides = step
            elif decides is not None:
                return step
        return decides

    def colour(self, area: AreaCode, at: datetime) -> Colour | None:
        """Tell the colour of an area, that of its worst part; None: the warning is not in force."""
        step = self.in_force(area, at)
        return step.message.colour if step else None

    def in_force(self, area: AreaCode, at: datetime) -> Placed | None:
        """Find the message to show for an area: that of its worst part in force."""
        parts = {area, *(one for one in self.named if within(one, area))}
        deciding = [step for one in parts if (step := self.deciding(one, at)) is not None]
        coloured = [step for step in deciding if _colour(step, at)]
        return max(coloured, key=_severity, default=None)

    def decided_by(self, identifier: str, at: datetime) -> tuple[AreaCode, ...]:
        """Tell the areas of a message in which it is the one that decides.

        Of an area that was never named as a whole, those parts of it that were.
        """
        step = self.step(identifier)
        moment = max(at, step.since)

        def decides(area: AreaCode) -> bool:
            found = self.deciding(area, moment)
            return found is not None and found.identifier == identifier

        found: list[AreaCode] = []
        for area in step.areas:
            parts = [one for one in sorted(self.named) if within(one, area) and one != area]
            found += [area] if decides(area) else filter(decides, parts)
        return tuple(dict.fromkeys(found))

    def coming(self, area: AreaCode, at: datetime) -> tuple[Placed, ...]:
        """List the messages for an area, or a part of it, that are still to take effect."""
        return tuple(
            step
            for step in self.steps
            if step.since > at
            and _colour(step, at)
            and any(
                within(area, one) or within(one, area)
                for one in self.decided_by(step.identifier, at)
            )
        )

    def decided_otherwise(self, identifier: str, at: datetime) -> tuple[AreaCode, ...]:
        """Tell the parts of a message's areas in which another message decides.

        None that holds a part in which it decides itself: a cancel ends a warning in a town for
        good, though a later update begins it in the county around.
        """
        step = self.step(identifier)
        moment = max(at, step.since)
        own = self.decided_by(identifier, at)
        return tuple(
            area
            for area in sorted(self.named)
            if _covers(step, area)
            and (found := self.deciding(area, moment))
            and found.identifier != identifier
            and not any(within(one, area) for one in own)
        )

    def lifted_in(self, area: AreaCode, at: datetime, *, but: str = "") -> bool:
        """Say whether a cancel decides for an area, also without the message `but`."""
        known = replace(self, steps=tuple(one for one in self.steps if one.identifier != but))
        decides = known.deciding(area, at)
        return decides is not None and decides.message.type is MessageType.CANCEL

    def ended_before(self, identifier: str) -> tuple[AreaCode, ...]:
        """Tell the areas of a message that a cancel sent before it had ended: it revives none."""
        step = self.step(identifier)
        return tuple(
            area
            for area in sorted(self.named)
            if _covers(step, area)
            and (last := self.deciding(area, NEVER))
            and last.message.type is MessageType.CANCEL
            and last.order < step.order
        )

    def expired(self, at: datetime) -> Mapping[str, tuple[AreaCode, ...]]:
        """Tell where the warning has ended by itself: identifier of the message → areas."""
        found: dict[str, tuple[AreaCode, ...]] = {}
        for area in sorted(self.named):
            step = self.deciding(area, at)
            if step and step.message.type is not MessageType.CANCEL and _end(step) <= at:
                found[step.identifier] = (*found.get(step.identifier, ()), area)
        return found

    def ends_noted(self, at: datetime) -> "Signal":
        """Note that every message that has ended by now was looked at."""
        ended = {one.identifier for one in self.steps if (one.message.expires or NEVER) <= at}
        told = self.ends_told | ended
        if told == self.ends_told:
            return self
        return replace(self, ends_told=told, version=self.version + 1)

    def step(self, identifier: str) -> Placed:
        """Find a message of this warning by its identifier."""
        return next(one for one in self.steps if one.identifier == identifier)

    def joined_by(self, placed: Placed) -> "Signal":
        """Put a message in its place; the same one again changes nothing.

        Raises:
            Conflict: a message with this identifier and other content stands, or it is not meant.
        """
        _meant(placed)
        standing = next((one for one in self.steps if one.identifier == placed.identifier), None)
        if standing is None:
            steps = tuple(sorted((*self.steps, placed), key=lambda one: one.order))
            return replace(self, steps=steps, version=self.version + 1)
        if standing.message != placed.message:
            raise Conflict(f"{placed.identifier} stands with other content: ask its issuer")
        return self

    def refuses(self, message: WarningMessage) -> Reason | None:
        """Tell why a message may not change this warning; None: it may."""
        if message.sender_code != self.first.sender_code:
            return Reason.OTHER_SENDER
        if message.event_code and message.event_code != self.first.event_code:
            return Reason.OTHER_EVENT
        return None


def placed(message: WarningMessage, areas: tuple[AreaCode, ...], now: datetime) -> Placed:
    """Place a message that is here now; by as much as it is ahead of us its clock is wrong."""
    ahead = message.sent - now
    counts_from = message.effective - ahead if ahead > timedelta() else None
    return Placed(message=message, areas=areas, counts_from=counts_from)


def begun_by(placed: Placed, feed: FeedId) -> Signal:
    """Begin a warning.

    Raises:
        Conflict: the message is not meant: a test never becomes a warning.
    """
    _meant(placed)
    return Signal(id=begun_id(placed.message, feed), steps=(placed,))


def begun_id(message: WarningMessage, feed: FeedId) -> SignalId:
    """Name the warning that a message begins."""
    return SignalId(f"{feed}/{message.identifier}")


def _meant(placed: Placed) -> None:
    if placed.message.status is not Status.ACTUAL:
        raise Conflict(f"{placed.identifier} is {placed.message.status}: it becomes no warning")


def _covers(step: Placed, area: AreaCode) -> bool:
    return any(within(area, one) for one in step.areas)


def _severity(step: Placed) -> tuple[int, datetime]:
    colour = step.message.colour
    return colour.rank if colour else -1, step.message.sent


def _end(step: Placed | None) -> datetime:
    if step is None:
        return datetime.min.replace(tzinfo=UTC)
    if step.message.type is MessageType.CANCEL:
        return step.since
    return step.message.expires or NEVER


def _colour(step: Placed | None, at: datetime) -> Colour | None:
    if step is None or step.message.type is MessageType.CANCEL or _end(step) <= at:
        return None
    return step.message.colour
