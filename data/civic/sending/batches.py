"""A batch: people to whom something is sent together by one way, and what became of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.civic.errors import BadInput
from data.civic.ids import PersonId
from data.civic.sending.rows import GIVEN_UP, Attempt, Ending, Row, RowState, Rung, state_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How one send ended."""

    person: PersonId
    ending: Ending
    provider_id: str = ""
    """What the platform calls it; at the door: the worker who has the person on the list."""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """People of a slice, each with the number of this attempt."""

    informing: int
    slice: int
    turn: int
    """In which claim of the slice."""
    place: int
    """The how-many-eth batch of that claim."""
    rung: Rung
    at: datetime
    people: Mapping[PersonId, tuple[int, int]]
    """Each with the attempt's number, and how often in a row this way had failed before."""
    told: tuple[Sent, ...] | None = None
    """How each ended; None: in flight, or it was when its worker died."""

    def attempt(self, person: PersonId) -> Attempt | None:
        """Tell one person's attempt; None for somebody who is not in the batch."""
        if person not in self.people:
            return None
        ended = next((one for one in self.told or () if one.person == person), None)
        return Attempt(
            number=self.people[person][0],
            rung=self.rung,
            at=self.at,
            ending=ended.ending if ended else None,
            provider_id=ended.provider_id if ended else "",
            error=ended.error if ended else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is written into the rows of all who fared alike in a batch."""

    informing: int
    slice: int
    people: tuple[PersonId, ...]
    rung: Rung
    number: int
    ending: Ending
    tries: int
    at: datetime

    @property
    def state(self) -> RowState | None:
        """Tell the state of these people now; None: it stays as it is."""
        kept = self.rung is Rung.LOUDSPEAKER
        return None if kept else state_after(self.rung, self.ending)


def numbered(rows: Iterable[Row], rung: Rung) -> Mapping[PersonId, tuple[int, int]]:
    """Number the next attempt of each, and count how often this way has failed so far."""
    return {row.resident: (row.attempts + 1, row.tries if row.rung is rung else 0) for row in rows}


def marks_of(batch: Batch, sent: Sequence[Sent]) -> list[Mark]:
    """Tell what is to be written; of whom nothing was told, nothing is known."""
    told = {one.person: one for one in sent}
    alike: dict[tuple[int, int, Ending], list[PersonId]] = defaultdict(list)
    for person, (number, before) in batch.people.items():
        one = told.get(person) or Sent(person=person, ending=Ending.UNKNOWN)
        alike[number, _tries(one.ending, before), one.ending].append(person)
    return [
        Mark(
            informing=batch.informing,
            slice=batch.slice,
            people=tuple(people),
            rung=batch.rung,
            number=number,
            ending=ending,
            tries=tries,
            at=batch.at,
        )
        for (number, tries, ending), people in alike.items()
    ]


def marked(row: Row, mark: Mark) -> Row:
    """Write a mark into a row; an answer that came meanwhile stands in the store alone."""
    arrived = mark.ending in (Ending.ACCEPTED, Ending.UNKNOWN)
    return Row(
        resident=row.resident,
        village=row.village,
        grid=row.grid,
        household=row.household,
        ways=row.ways,
        state=row.state if mark.state is None else mark.state,
        rung=mark.rung,
        attempts=mark.number,
        tries=mark.tries,
        at=mark.at,
        reached=row.reached | {mark.rung} if arrived else row.reached,
    )


def reference(informing: int, person: PersonId, rung: Rung, number: int) -> str:
    """Name an attempt for a platform, which names it again in its receipts."""
    return f"{informing}-{person}-{int(rung)}-{number}"


def referred(text: str) -> tuple[int, PersonId, Rung, int]:
    """Read a reference: informing, person, way, number.

    Raises:
        BadInput: it is none of ours.
    """
    parts = text.split("-")
    if len(parts) != 4 or not all(one.isascii() and one.isdigit() for one in parts):
        raise BadInput("the receipt names no attempt of ours: send back the reference as it was")
    informing, person, rung, number = map(int, parts)
    if rung not in set(Rung) or not 0 < person < 1 << 40 or not 0 < informing < 1 << 23:
        raise BadInput("the receipt names no attempt of ours: send back the reference as it was")
    return informing, PersonId(person), Rung(rung), number


def _tries(ending: Ending, before: int) -> int:
    match ending:
        case Ending.BUSY:
            return before + 1
        case Ending.REFUSED:
            return GIVEN_UP
        case _:
            return 0
