"""Journey 10 as a property: in any order, doubled or late, every town's colour is right.

The model paints minutes: it knows nothing of references, folds or lookups.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from data.civic.areas import within
from data.civic.ids import AreaCode
from data.civic.warning.folding import Folded, fold
from data.civic.warning.messages import Colour, MessageType, WarningMessage
from data.civic.warning.signals import Placed, Signal
from tests.bulletins import (
    COUNTY,
    FEED,
    JINHUA,
    LINPU,
    PUYANG,
    START,
    cancel,
    message,
    named,
    update,
)

TOWNS = (LINPU, PUYANG, JINHUA)
LAST = 40
"""Minutes that are looked at."""

areas = st.just((COUNTY,)) | st.sets(st.sampled_from(TOWNS), min_size=1).map(
    lambda found: tuple(sorted(found))
)
"""A part of the county, or all of it by its own code."""
colours = st.sampled_from([one for one in Colour if one is not Colour.WHITE])
hours = st.sampled_from([None, 5 / 60, 15 / 60, 1.0])


@st.composite
def stories(draw: st.DrawFn) -> list[Placed]:
    """Draw what one issuer sends: two warnings, their changes, their ends, in any moments."""
    sent = []
    for number in range(1, draw(st.integers(2, 8)) + 1):
        minute = draw(st.integers(0, 25))
        first = draw(st.sampled_from([1, 2]))
        given_ = {"minute": minute, "colour": draw(colours), "hours": draw(hours)}
        if number <= 2:
            one = message(number, **given_)
        elif draw(st.booleans()):
            one = update(number, of=first, **given_)
        else:
            one = cancel(number, of=first, minute=minute)
        if number > 2 and draw(st.booleans()):
            one = of_both(one)
        sent.append(Placed(message=one, areas=draw(areas)))
    return sent


def of_both(one: WarningMessage) -> WarningMessage:
    """Let a message refer to both warnings."""
    return replace(one, references=(named(2), named(1)))


def painted(sent: Sequence[Placed], town: AreaCode) -> list[Colour | None]:
    """Paint a town's minutes, the worst of the two warnings."""
    ones = [_painted([p for p in sent if first in _roots(p.message)], town) for first in (1, 2)]
    return [
        max((one for one in pair if one), key=lambda c: c.rank, default=None)
        for pair in zip(*ones, strict=True)
    ]


def _painted(sent: Sequence[Placed], town: AreaCode) -> list[Colour | None]:
    strip: list[Colour | None] = [None] * LAST
    touched, dead = [False] * LAST, [False] * LAST
    for one in sorted(sent, key=lambda p: (p.message.sent, p.message.identifier)):
        if not any(within(town, area) for area in one.areas):
            continue
        begins, ends = _minute(one.message.effective), _minute(one.message.expires)
        for minute in range(begins, LAST):
            if one.message.type is MessageType.CANCEL:
                dead[minute] |= touched[minute]
                strip[minute] = None if dead[minute] else strip[minute]
            elif not dead[minute]:
                touched[minute] = True
                strip[minute] = one.message.colour if minute < ends else None
    return strip


def _minute(moment: object) -> int:
    return LAST if moment is None else int((moment - START) / timedelta(minutes=1))  # type: ignore[operator]


def _roots(one: WarningMessage) -> set[int]:
    return {int(name[-1]) for name in one.references or (one.identifier,)}


def strips(found: Folded) -> dict[AreaCode, list[Colour | None]]:
    return {
        town: [found.colour(town, START + timedelta(minutes=m)) for m in range(LAST)]
        for town in TOWNS
    }


@settings(max_examples=300, deadline=None)
@given(story=stories(), data=st.data())
def test_any_order_with_doubles_gives_the_colours_of_the_model(
    story: list[Placed], data: st.DataObject
) -> None:
    doubled = [*story, *data.draw(st.lists(st.sampled_from(story), max_size=4))]
    arrived = data.draw(st.permutations(doubled))
    found = fold(arrived, FEED.id)
    assert not found.left
    assert not found.conflicts
    assert strips(found) == {town: painted(story, town) for town in TOWNS}


@settings(max_examples=60, deadline=None)
@given(story=stories(), data=st.data())
def test_in_every_town_that_was_named_one_message_alone_is_to_be_told(
    story: list[Placed], data: st.DataObject
) -> None:
    found = fold(data.draw(st.permutations(story)), FEED.id)
    at = START + timedelta(minutes=data.draw(st.integers(0, LAST)))
    for signal in found.signals.values():
        for town in TOWNS:
            tellers = [one.identifier for one in signal.steps if _tells(signal, one, town, at)]
            decides = signal.deciding(town, at)
            if town in signal.named and decides is not None:
                assert tellers == [decides.identifier]
            else:
                assert len(tellers) <= 1


def _tells(signal: Signal, one: Placed, town: AreaCode, at: datetime) -> bool:
    """Say whether a message is told to the people of a town at a moment."""
    if one.message.effective > at:
        return False
    told, but = (
        signal.decided_by(one.identifier, at),
        signal.decided_otherwise(one.identifier, at),
    )
    return any(within(town, area) for area in told) and not any(within(town, area) for area in but)


@dataclass
class Wire:
    """Messages that were sent, in what order they have arrived, and with what content first."""

    sent: list[Placed] = field(default_factory=list)
    arrived: list[Placed] = field(default_factory=list)


class LateAndDoubled(RuleBasedStateMachine):
    """An issuer sends, the wire delays, doubles and swaps: the fold never disagrees."""

    def __init__(self) -> None:
        super().__init__()
        self.wire = Wire()

    @rule(minute=st.integers(0, 25), colour=colours, where=areas, lasts=hours)
    def alert(
        self, minute: int, colour: Colour, where: tuple[AreaCode, ...], lasts: float | None
    ) -> None:
        number = len(self.wire.sent) + 1
        if number <= 2:
            one = message(number, minute=minute, colour=colour, hours=lasts)
            self.wire.sent.append(Placed(message=one, areas=where))

    @precondition(lambda self: 2 <= len(self.wire.sent) <= 8)
    @rule(
        of=st.sampled_from([1, 2]),
        minute=st.integers(0, 25),
        colour=st.none() | colours,
        where=areas,
        lasts=hours,
        both=st.booleans(),
    )
    def change(
        self,
        of: int,
        minute: int,
        colour: Colour | None,
        where: tuple[AreaCode, ...],
        lasts: float | None,
        both: bool,  # noqa: FBT001  (hypothesis gives it by name)
    ) -> None:
        number = len(self.wire.sent) + 1
        one = (
            update(number, of=of, minute=minute, colour=colour, hours=lasts)
            if colour
            else cancel(number, of=of, minute=minute)
        )
        self.wire.sent.append(Placed(message=of_both(one) if both else one, areas=where))

    @precondition(lambda self: bool(self.wire.sent))
    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        """Let any of the messages arrive, also one that came before."""
        self.wire.arrived.append(data.draw(st.sampled_from(self.wire.sent)))

    @invariant()
    def every_town_has_its_colour(self) -> None:
        found = fold(self.wire.arrived, FEED.id)
        here = {one.identifier: one for one in self.wire.arrived}
        rooted = [_of_known(one, here) for one in here.values() if _known(one.message, here)]
        assert strips(found) == {town: painted(rooted, town) for town in TOWNS}
        assert set(found.left) == set(here) - {one.identifier for one in rooted}


def _known(one: WarningMessage, here: dict[str, Placed]) -> bool:
    return not one.references or any(name in here for name in one.references)


def _of_known(one: Placed, here: dict[str, Placed]) -> Placed:
    known = tuple(name for name in one.message.references if name in here)
    return replace(one, message=replace(one.message, references=known))


LateAndDoubled.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestLateAndDoubled = LateAndDoubled.TestCase
