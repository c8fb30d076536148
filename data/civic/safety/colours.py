"""The colour of a safety code and why: values in, values out, the same for the same inputs.

Red comes of a transfer order in force and of nothing else. Green is what is left when every feed
is heard, no message waits to be settled, nothing is in force or about to be, and whatever order
there was is lifted, checked and released.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from math import inf

from data.civic.areas import within
from data.civic.ids import AreaCode
from data.civic.knowing.colour_rules import CodeColour, ColourRules
from data.civic.risks import RiskTag
from data.civic.safety.holding import covered, released
from data.civic.safety.marks import MarkKind
from data.civic.safety.situation import Situation, digest_of
from data.civic.safety.whereabouts import MOVED, WATCHED, Stage, Standing
from data.civic.warning.feeds import silence
from data.civic.warning.messages import Colour
from data.civic.warning.responses import Level
from data.civic.warning.signals import Placed, Signal
from data.civic.warning.unsettled import unsettled_since


class Reason(StrEnum):
    """Why a code has its colour; of two that give the same, the first is told."""

    ORDER = "order"
    """A transfer order is in force, and nobody has seen the person leave."""
    MOVED = "moved"
    """It is in force, and the person has left."""
    MARKED = "marked"
    AWAITS_RETURN = "awaits_return"
    SIGNAL = "signal"
    RESPONSE = "response"
    SILENT = "silent"
    """A feed is not heard: nobody can say that it is safe."""
    UNSETTLED = "unsettled"
    """A message is held, or was not understood: it may be a warning."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What counts of where somebody is in one event."""

    stage: Stage
    village: AreaCode | None = None
    """Where the person stays, once moved, or was seen last by anybody else."""

    @classmethod
    def of(cls, standing: Standing) -> "Seen":
        """Take what counts of it; who said so and how does not."""
        return cls(stage=standing.stage, village=standing.village)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What counts of a person: who it is does not, so that no list of names can change it."""

    village: AreaCode
    tags: frozenset[RiskTag] = frozenset()
    whereabouts: frozenset[Seen] = frozenset()
    """In the events that go on: one, or, where nothing is recorded, none."""
    marks: frozenset[MarkKind] = frozenset()

    @property
    def line(self) -> str:
        """Write it as one line, the same for the same subject: what a digest is made of."""
        seen = sorted(f"{one.stage}@{one.village or ''}" for one in self.whereabouts)
        parts = (self.village, *sorted(self.tags), "/", *seen, "/", *sorted(self.marks))
        return " ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the one sentence of "why" is filled with."""

    subject: str = ""
    """The id of the order, signal or response; the kind of a mark."""
    place: AreaCode
    colour: Colour | None = None
    """Of the warning."""
    level: Level | None = None
    """Of the response."""
    deadline: datetime | None = None
    last_heard: datetime | None = None
    """When the silent feed was heard; None: never, or there is none."""
    waits_since: datetime | None = None
    """Since when a message waits to be settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colouring:
    """A colour, why, by which rules, and from what."""

    colour: CodeColour
    moved: bool
    """The badge: recorded as safe, do not go back. Words and a tick, no colour of its own."""
    silent: bool
    """A feed is not heard: it may be worse than shown."""
    unsettled: bool
    """A message waits to be settled: it may be worse than shown."""
    reason: Reason
    facts: Facts
    at: datetime
    rules: str
    """Version of the rules: their digest."""
    inputs: str
    """Digest of all that it was worked out from."""


@dataclass(frozen=True, slots=True)
class _Finding:
    colour: CodeColour
    reason: Reason
    facts: Facts


@dataclass(frozen=True, slots=True)
class _Village:
    situation: Situation
    """What of it concerns the village."""
    unknown: tuple[_Finding, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    village: AreaCode
    tags: frozenset[RiskTag]
    moved: bool


def colour_of(subject: Subject, situation: Situation, rules: ColourRules) -> Colouring:
    """Work out the colour of one person's code."""
    return Palette(situation, rules).colour_of(subject)


@dataclass(slots=True)
class Palette:
    """Works out colours in one situation; what concerns a village is looked for once."""

    situation: Situation
    rules: ColourRules
    _version: str = ""
    _inputs: str = ""
    _villages: dict[AreaCode, _Village] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._version = digest_of(self.rules)
        self._inputs = digest_of(self.situation, self._version)

    def colour_of(self, subject: Subject) -> Colouring:
        """Work out a colour: the most urgent of all places, warnings and marks."""
        found = [one for place in _places(subject) for one in self._findings(place)]
        found += _marked(subject, self.rules)
        worst = max(found, key=_urgency)
        held = {one.reason for one in found} & {Reason.MOVED, Reason.AWAITS_RETURN}
        return Colouring(
            colour=worst.colour,
            moved=bool(held) and _moved(subject) and worst.reason is not Reason.ORDER,
            silent=any(one.reason is Reason.SILENT for one in found),
            unsettled=any(one.reason is Reason.UNSETTLED for one in found),
            reason=worst.reason,
            facts=worst.facts,
            at=self.situation.at,
            rules=self._version,
            inputs=sha256(f"{self._inputs} {subject.line}".encode()).hexdigest(),
        )

    def _findings(self, place: _Place) -> Iterator[_Finding]:
        here = self._villages.get(place.village)
        if here is None:
            here = self._villages[place.village] = _concerning(place.village, self.situation)
        yield from _ordered(place, here.situation, self.rules)
        yield from _warned(place, here.situation, self.rules)
        yield from _responded(place, here.situation, self.rules)
        yield from here.unknown


_RANKED = {reason: place for place, reason in enumerate(Reason)}


def _urgency(one: _Finding) -> tuple[int, int, float, int, int, str]:
    """Rank findings so that one comes first whatever order they were read in."""
    facts = one.facts
    until = facts.deadline.timestamp() if facts.deadline else inf
    severe = facts.colour.rank if facts.colour else -1
    level = facts.level.rank if facts.level else 0
    return one.colour.rank, -_RANKED[one.reason], -until, severe, level, facts.subject


def _concerning(village: AreaCode, situation: Situation) -> _Village:
    """Leave out what no rule could find for anybody of a village."""
    now = situation
    orders = (one for one in now.orders if any(within(village, area) for area in one.areas))
    signals = (one for one in now.signals if any(_sent_for(village, one, now.at)))
    responses = (one for one in now.responses if one.covers(village))
    narrowed = replace(
        now, orders=tuple(orders), signals=tuple(signals), responses=tuple(responses)
    )
    return _Village(situation=narrowed, unknown=tuple(_unknown(village, now)))


def _moved(subject: Subject) -> bool:
    return any(one.stage in MOVED for one in subject.whereabouts)


def _places(subject: Subject) -> Iterator[_Place]:
    """Tell where the person may be in danger: at home, and at the door of relatives.

    Risks on the roster are those of the home; elsewhere only what is for everybody counts.
    """
    yield _Place(subject.village, subject.tags, _moved(subject))
    for one in subject.whereabouts:
        if one.stage not in WATCHED and one.village is not None:
            yield _Place(one.village, frozenset(), moved=False)


def _ordered(place: _Place, situation: Situation, rules: ColourRules) -> Iterator[_Finding]:
    for order in situation.orders:
        if not covered(order, place.village, place.tags):
            continue
        tier = order.tier_for(place.village, place.tags)
        facts = Facts(
            subject=order.id, place=place.village, deadline=tier.deadline if tier else None
        )
        if tier is not None and place.moved:
            yield _Finding(rules.moved, Reason.MOVED, facts)
        elif tier is not None:
            yield _Finding(CodeColour.RED, Reason.ORDER, facts)
        elif released(order.id, place.village, situation.returns) is None:
            yield _Finding(rules.awaits_return, Reason.AWAITS_RETURN, facts)


def _warned(place: _Place, situation: Situation, rules: ColourRules) -> Iterator[_Finding]:
    """Find what warnings give; one that was sent and is still to take effect counts as well."""
    for signal in situation.signals:
        for step in _sent_for(place.village, signal, situation.at):
            colour = step.message.colour
            if colour is None or any(word in step.message.event for word in rules.passes_over):
                continue
            facts = Facts(subject=signal.id, place=place.village, colour=colour)
            for rule in rules.signals:
                if colour.rank >= rule.since.rank and _fits(rule.tags, place):
                    yield _Finding(rule.gives, Reason.SIGNAL, facts)


def _sent_for(village: AreaCode, signal: Signal, at: datetime) -> Iterator[Placed]:
    """List what is in force in a village, and what was sent for it and is still to take effect."""
    if (step := signal.in_force(village, at)) is not None:
        yield step
    yield from signal.coming(village, at)


def _responded(place: _Place, situation: Situation, rules: ColourRules) -> Iterator[_Finding]:
    for response in situation.responses:
        level = response.level
        if level is None:
            continue
        facts = Facts(subject=response.id, place=place.village, level=level)
        for rule in rules.responses:
            if level.rank >= rule.since.rank and _fits(rule.tags, place):
                yield _Finding(rule.gives, Reason.RESPONSE, facts)


def _unknown(village: AreaCode, situation: Situation) -> Iterator[_Finding]:
    """Tell why nobody knows that it is safe; where all is known, that there is nothing."""
    quiet = silence(situation.feeds, village, situation.at)
    waits = unsettled_since(situation.unsettled, village)
    if quiet is not None:
        heard = Facts(place=village, last_heard=quiet.last_heard)
        yield _Finding(CodeColour.GREY, Reason.SILENT, heard)
    if waits is not None:
        waiting = Facts(place=village, waits_since=waits)
        yield _Finding(CodeColour.GREY, Reason.UNSETTLED, waiting)
    if quiet is None and waits is None:
        yield _Finding(CodeColour.GREEN, Reason.NOTHING, Facts(place=village))


def _marked(subject: Subject, rules: ColourRules) -> list[_Finding]:
    gives = {
        MarkKind.NEEDS_TRANSFER: rules.needs_transfer,
        MarkKind.NEEDS_HAND: rules.needs_hand,
    }
    return [
        _Finding(gives[kind], Reason.MARKED, Facts(subject=kind, place=subject.village))
        for kind in sorted(subject.marks)
    ]


def _fits(tags: frozenset[RiskTag], place: _Place) -> bool:
    return not tags or bool(tags & place.tags)
