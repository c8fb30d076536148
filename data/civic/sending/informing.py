"""An informing: one piece of news for the people of some areas, until each of them has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from data.civic.areas import within
from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.sending.ladder import LadderRules
from data.civic.sending.rows import Rung
from data.civic.warning import drills

SLICE = 4_000
"""About how many people one slice holds: what a worker claims at once.

Measured 2026-11-22: with 1,000, claiming costs as much as a third of making the rows.
"""
LARGE = 2 * SLICE
"""A village of more people is cut into parts."""


class InformingKind(StrEnum):
    """What sort of news it is."""

    SIGNAL = "signal"
    RESPONSE = "response"
    ORDER = "order"
    RETURN = "return"
    NOTICE = "notice"
    CORRECTION = "correction"
    LIFT = "lift"

    @property
    def follows(self) -> bool:
        """Say whether it goes to all who got another informing, by the same ways."""
        return self in (InformingKind.CORRECTION, InformingKind.LIFT)


class InformingState(StrEnum):
    """Where an informing stands."""

    PLANNING = "planning"
    """Its slices are being written."""
    SENDING = "sending"
    CANCELLED = "cancelled"
    """Nothing more is sent; it can be resumed."""
    CLOSED = "closed"
    """Its event is over: the ladder goes no further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said by each way; approved before, never composed here."""

    text: str
    """In full: the chat, and the page behind a subscription message."""
    sms: str = ""
    voice: str = ""
    loudspeaker: str = ""
    door: str = ""
    """What the worker at the door says and hands over."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """For the templates of subscription messages: title, area, colour, time, advice …"""

    def by(self, rung: Rung) -> str:
        """Tell the words for a way; where it has none of its own, the nearest."""
        match rung:
            case Rung.SMS:
                return self.sms or self.text
            case Rung.VOICE:
                return self.voice or self.sms or self.text
            case Rung.LOUDSPEAKER:
                return self.loudspeaker or self.voice or self.sms or self.text
            case Rung.DOOR:
                return self.door or self.text
            case _:
                return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Informing:
    """What is said to whom; the people themselves stand in rows."""

    id: int
    """Counted up; rows build on it: below 2**23."""
    key: str
    """What it says, by name: the same news is one informing."""
    event: str
    kind: InformingKind
    words: Words = field(repr=False)
    target: Target | None
    """Of what follows another: the areas in which it does; None: in all."""
    rules: LadderRules
    of: int | None = None
    """The informing that it corrects or lifts."""
    also: tuple[int, ...] = ()
    """What else told of the same: who got only that is told, too, and everybody once."""
    beside: tuple[int, ...] = ()
    """What is sent at the same time and goes before: whoever is told by that is not told this."""
    ended_in: tuple[AreaCode, ...] = ()
    """Areas in which nothing more is sent: lifted there, or newer words stand in its place."""
    urgent: bool = True
    """Goes before all that is not."""
    by: str
    """The staff id of who signed, or `system` for what is relayed."""
    created_at: datetime
    state: InformingState = InformingState.PLANNING
    planned: int = 0
    """How many people are meant, by its slices; of what follows others, at most so many."""
    version: int = 0

    @property
    def drill(self) -> bool:
        """Say whether it is for the people of a drill alone."""
        return drills.is_drill(self.key) or drills.is_drill(self.event)

    def has_ended_in(self, area: AreaCode) -> bool:
        """Say whether nothing more is sent in an area."""
        return any(within(area, one) for one in self.ended_in)


def check(informing: Informing) -> None:
    """Insist that an informing can be begun.

    Raises:
        BadInput: words are missing; it is marked as a drill and is none, or the other way round;
            it follows nothing, or is for nobody.
    """
    words = informing.words
    if not words.text.strip():
        raise BadInput(f"informing {informing.key} has no words: write at least the full text")
    for text in (words.text, words.sms, words.voice, words.loudspeaker, words.door):
        if text and text.startswith(drills.MARK) != informing.drill:
            wanted = "begins" if informing.drill else "never begins"
            raise BadInput(f"a text of {informing.key} {wanted} with {drills.MARK}")
    if informing.kind.follows != (informing.of is not None):
        raise BadInput(f"informing {informing.key}: a {informing.kind} follows another, or none")
    if informing.of is None and informing.target is None:
        raise BadInput(f"informing {informing.key} is for nobody: name areas")


def planned(informing: Informing, people: int) -> Informing:
    """Note that its slices stand; from now on it is sent."""
    _must(informing, InformingState.PLANNING)
    return _moved(replace(informing, planned=people), InformingState.SENDING)


def counted_anew(informing: Informing, people: int) -> Informing:
    """Note how many people are meant, who came and who left since the plan. Idempotent."""
    if people == informing.planned:
        return informing
    return _moved(replace(informing, planned=people), informing.state)


def cancel(informing: Informing) -> Informing:
    """Send nothing more. Idempotent.

    Raises:
        Conflict: it is closed.
    """
    if informing.state is InformingState.CANCELLED:
        return informing
    _must(informing, InformingState.PLANNING, InformingState.SENDING)
    return _moved(informing, InformingState.CANCELLED)


def resume(informing: Informing, *, begun: bool = True) -> Informing:
    """Go on after a cancel; not `begun`, no slice could be claimed: plan it anew. Idempotent.

    Raises:
        Conflict: it is closed.
    """
    if informing.state in (InformingState.PLANNING, InformingState.SENDING):
        return informing
    _must(informing, InformingState.CANCELLED)
    return _moved(informing, InformingState.SENDING if begun else InformingState.PLANNING)


def close(informing: Informing) -> Informing:
    """Note that its event is over. Idempotent."""
    if informing.state is InformingState.CLOSED:
        return informing
    return _moved(informing, InformingState.CLOSED)


def end_in(informing: Informing, areas: Sequence[AreaCode]) -> Informing:
    """Send nothing more in some areas; where none is left it is closed. Idempotent."""
    fresh = tuple(one for one in areas if not any(within(one, own) for own in informing.ended_in))
    if informing.state is InformingState.CLOSED or not fresh:
        return informing
    ended = replace(informing, ended_in=(*informing.ended_in, *fresh))
    target = informing.target
    if target and not target.shapes and all(ended.has_ended_in(one) for one in target.areas):
        return close(ended)
    return _moved(ended, ended.state)


def _must(informing: Informing, *states: InformingState) -> None:
    if informing.state not in states:
        raise Conflict(f"informing {informing.id} is {informing.state}: see how it stands now")


def _moved(informing: Informing, state: InformingState) -> Informing:
    return replace(informing, state=state, version=informing.version + 1)


class Source(NamedTuple):
    """A slice of another informing, whose people are told what follows it."""

    informing: int
    slice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """About `SLICE` people of an informing: whole villages, or a part of a large one."""

    informing: int
    number: int
    villages: tuple[tuple[AreaCode, int], ...]
    """Each with how many of its people were meant when it was planned."""
    first: int = 0
    """Handles of people from here …"""
    end: int = 1 << 40
    """… to before here belong to it."""
    exact: bool = False
    """Only who lives inside one of the target's shapes, or nobody knows where."""
    source: Source | None = None
    """Whose people these are; None: they are found on the roster."""

    @property
    def people(self) -> int:
        """Tell how many people were meant when it was planned."""
        return sum(count for _, count in self.villages)


def parts(informing: int, village: AreaCode, handles: Sequence[int], *, first: int) -> list[Slice]:
    """Cut a large village into slices by the handles of its people, which stand in order."""
    cuts = [0, *handles[SLICE::SLICE], 1 << 40]
    counts = [min(SLICE, len(handles) - at) for at in range(0, len(handles), SLICE)]
    return [
        Slice(
            informing=informing,
            number=number,
            villages=((village, count),),
            first=cuts[number - first],
            end=cuts[number - first + 1],
        )
        for number, count in enumerate(counts, start=first)
    ]


def slices(
    informing: int, villages: Sequence[tuple[AreaCode, int]], *, first: int, exact: bool = False
) -> list[Slice]:
    """Cut villages into slices of about `SLICE` people, numbered from `first`; none is divided."""
    cut: list[list[tuple[AreaCode, int]]] = []
    held = SLICE
    for one in villages:
        if held + one[1] > SLICE:
            cut.append([])
            held = 0
        cut[-1].append(one)
        held += one[1]
    return [
        Slice(informing=informing, number=number, villages=tuple(part), exact=exact)
        for number, part in enumerate(cut, start=first)
    ]
