"""What a drill has shown: counts moment by moment, and the minutes that matter."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.drill.happenings import digest_of
from data.civic.sending.batches import referred
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Row, RowState
from data.store.boards import totals
from handlers.office import Office

MINUTE = 60
SHARES = (50, 90, 99, 100)


@dataclass(frozen=True, slots=True)
class Moment:
    """How the order stood at one moment."""

    at: int
    """Seconds after it was signed."""
    people: int
    confirmed: int
    at_the_door: int
    """Not informed yet, and on the list of a named worker."""

    @property
    def open(self) -> int:
        """Tell how many are neither informed nor somebody's to go to."""
        return self.people - self.confirmed - self.at_the_door


@dataclass(slots=True)
class Arrivals:
    """What the platforms took, as they themselves count it."""

    taken: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    """(informing, person, way) → how often."""

    def note(self, reference: str) -> int:
        """Note that something was taken; tell of which informing."""
        informing, person, rung, _ = referred(reference)
        self.taken[(informing, int(person), int(rung))] += 1
        return informing

    @property
    def messages(self) -> int:
        """Tell how many were taken."""
        return self.taken.total()

    @property
    def twice(self) -> int:
        """Tell how many came a second time by the same way."""
        return sum(count - 1 for count in self.taken.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the order ended: minutes from its second signature, in the time of the drill."""

    people: int
    minutes: Mapping[int, float | None]
    """Percent → minutes until so many were informed; None: not within the drill."""
    owned: float | None
    """Minutes until everybody was confirmed or a named worker had them at the door."""
    longest: float
    """Minutes that whoever waited longest waited for an answer, to the end if there was none."""
    states: Mapping[str, int]
    lost: int
    moments: tuple[Moment, ...]
    messages: int
    twice: int

    @property
    def digest(self) -> str:
        """Digest all counts: the same inputs bring the same."""
        ends = json.dumps(
            [
                self.people,
                sorted(self.states.items()),
                sorted(self.minutes.items()),
                self.owned,
                self.lost,
                self.messages,
                self.twice,
            ]
        )
        told = (f"{one.at} {one.people} {one.confirmed} {one.at_the_door}" for one in self.moments)
        return digest_of((*told, ends))


async def moment_of(office: Office, informing: Informing) -> Moment:
    """Count how an informing stands now, from the rows themselves."""
    states = totals(await office.stores.boards.exactly(informing.id))
    since = office.clock.now() - informing.created_at
    return Moment(
        at=int(since.total_seconds()),
        people=informing.planned,
        confirmed=states.get(RowState.CONFIRMED, 0),
        at_the_door=states.get(RowState.WITH_WORKER, 0),
    )


async def outcome_of(
    office: Office, informing: Informing, moments: Sequence[Moment], arrivals: Arrivals
) -> Outcome:
    """Draw up how it ended."""
    slices = await office.stores.slices.all(informing.id)
    rows: list[Row] = []
    for one in slices:
        rows += await office.stores.rows.of_slice(informing.id, one.number)
    waited = sorted(_waited(one, informing) for one in rows if one.confirmation)
    open_still = len(waited) < informing.planned
    ended = (office.clock.now() - informing.created_at).total_seconds()
    states = Counter(one.state.name.lower() for one in rows)
    return Outcome(
        people=informing.planned,
        minutes={share: _within(waited, informing.planned, share) for share in SHARES},
        owned=next((_minutes(one.at) for one in moments if not one.open), None),
        longest=_minutes(ended if open_still else waited[-1]),
        states=dict(sorted(states.items())),
        lost=informing.planned - len(rows) + states["created"] + states["unknown"],
        moments=tuple(moments),
        messages=arrivals.messages,
        twice=arrivals.twice,
    )


def _waited(row: Row, informing: Informing) -> float:
    if row.confirmation is None:
        raise ValueError("nobody has answered")
    return (row.confirmation.at - informing.created_at).total_seconds()


def _within(waited: Sequence[float], people: int, share: int) -> float | None:
    """Tell after how many minutes so many percent were informed."""
    wanted = -(-people * share // 100)
    return _minutes(waited[wanted - 1]) if len(waited) >= wanted else None


def _minutes(seconds: float) -> float:
    return round(seconds / MINUTE, 1)
