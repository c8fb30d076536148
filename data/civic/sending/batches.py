"""A batch: people of a slice to whom something is sent at once, and what became of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from data.civic.errors import BadInput
from data.civic.ids import AreaCode, PersonId
from data.civic.sending.rows import (
    GIVEN_UP,
    Attempt,
    Ending,
    Member,
    RowState,
    Rung,
    Standing,
    state_after,
)

Group = tuple[Standing, Sequence[Member]]
"""People who stand alike."""
Due = Mapping[Rung, Sequence[Group]]
"""Who is to be sent something now, by which way."""


class Sent(NamedTuple):
    """How one send ended; made once a message, so it costs as little as can be."""

    person: PersonId
    ending: Ending
    provider_id: str = ""
    """What the platform calls it; at the door: the worker who has the person on the list."""
    error: str = ""


class Gone(NamedTuple):
    """How often one way was gone in all."""

    sent: int
    """Taken by the platform, at the door by a worker; or still under way, or not known."""
    refused: int
    """Not taken; at the door: nobody answers for the grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """People of a batch who go the same way, by an attempt of the same number."""

    rung: Rung
    number: int
    tries: int
    """How often in a row this way had failed before."""
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Written down before it is sent, told when it is over."""

    informing: int
    slice: int
    turn: int
    """In which claim of the slice."""
    place: int
    """The how-many-eth batch of that claim."""
    at: datetime
    parts: tuple[Part, ...]
    told: tuple[Sent, ...] | None = None
    """How each ended; None: in flight, or it was when its worker died."""

    def attempt(self, person: PersonId) -> Attempt | None:
        """Tell one person's attempt; None for somebody who is not in the batch."""
        part = next((one for one in self.parts if person in one.people), None)
        if part is None:
            return None
        ended = next((one for one in self.told or () if one.person == person), None)
        return Attempt(
            number=part.number,
            rung=part.rung,
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
        """Tell the state of these people now; None: it stays, for nobody hears a loudspeaker."""
        return None if self.rung is Rung.LOUDSPEAKER else state_after(self.rung, self.ending)

    @property
    def arrived(self) -> bool:
        """Say whether it has, or may have, arrived."""
        return arrives(self.rung, self.ending)


def parts_of(due: Due) -> tuple[Part, ...]:
    """Number the next attempt of each, and put those together who fare alike so far."""
    alike: dict[tuple[Rung, int, int], list[PersonId]] = defaultdict(list)
    for rung, groups in due.items():
        for standing, members in groups:
            key = (rung, standing.attempts + 1, tries_of(standing, rung))
            alike[key] += [one.person for one in members]
    return tuple(
        Part(rung=rung, number=number, tries=tries, people=tuple(people))
        for (rung, number, tries), people in alike.items()
    )


def arrives(rung: Rung, ending: Ending) -> bool:
    """Say whether a send has, or may have, arrived; a door is on somebody's list or is not."""
    return ending is Ending.ACCEPTED or (ending is Ending.UNKNOWN and rung is not Rung.DOOR)


def tries_of(standing: Standing, rung: Rung) -> int:
    """Tell how often in a row a way has failed so far."""
    return standing.tries if standing.rung is rung else 0


def marks_of(batch: Batch, sent: Sequence[Sent]) -> list[Mark]:
    """Tell what is to be written; of whom nothing was told, nothing is known.

    Who may or may not be on the list of a door is simply put there again.
    """
    endings = {one.person: one.ending for one in sent}
    marks = []
    for part in batch.parts:
        alike: dict[Ending, list[PersonId]] = defaultdict(list)
        for person in part.people:
            alike[endings.get(person, Ending.UNKNOWN)].append(person)
        if part.rung is Rung.DOOR:
            alike.pop(Ending.UNKNOWN, None)
        marks += [_mark(batch, part, ending, people) for ending, people in alike.items()]
    return marks


def lost(batch: Batch) -> tuple[Sent, ...]:
    """Tell of a batch whose worker died what can be told: nothing is known."""
    return _alike(batch, Ending.UNKNOWN, "the worker died")


def held_back(batch: Batch) -> tuple[Sent, ...]:
    """Tell of a batch that was written down and surely not sent: the slice is another's by now."""
    return _alike(batch, Ending.BUSY, "another worker has taken over")


def marked(standing: Standing, rung: Rung, ending: Ending, at: datetime) -> Standing:
    """Tell how somebody stands after an attempt; an answer that came meanwhile counts for more."""
    arrived = arrives(rung, ending)
    return Standing(
        ways=standing.ways,
        state=standing.state if rung is Rung.LOUDSPEAKER else state_after(rung, ending),
        rung=rung,
        attempts=standing.attempts + 1,
        tries=_tries(ending, tries_of(standing, rung)),
        at=at,
        reached=standing.reached | {rung} if arrived else standing.reached,
    )


def first_of(groups: Sequence[Group], most: int) -> list[Group]:
    """Take the first people, at most so many."""
    some: list[Group] = []
    for standing, members in groups:
        if most > 0:
            some.append((standing, members[:most]))
            most -= len(members)
    return some


def moved(
    people: Mapping[Standing, Sequence[Member]], due: Due, sent: Sequence[Sent], at: datetime
) -> Mapping[Standing, Sequence[Member]]:
    """Tell how everybody of a slice stands after the first people of some groups were sent to."""
    endings = {one.person: one.ending for one in sent}
    now: dict[Standing, list[Member]] = {one: list(members) for one, members in people.items()}
    for rung, groups in due.items():
        for standing, members in groups:
            del now[standing][: len(members)]
            alike: dict[Ending, list[Member]] = defaultdict(list)
            for member in members:
                alike[endings.get(member.person, Ending.UNKNOWN)].append(member)
            for ending, some in alike.items():
                now.setdefault(marked(standing, rung, ending, at), []).extend(some)
    return {one: members for one, members in now.items() if members}


def outside(
    people: Mapping[Standing, Sequence[Member]], villages: Collection[AreaCode]
) -> Mapping[Standing, Sequence[Member]]:
    """Leave out the people of some villages."""
    if not villages:
        return people
    left = {
        one: [member for member in members if member.village not in villages]
        for one, members in people.items()
    }
    return {one: members for one, members in left.items() if members}


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


def _alike(batch: Batch, ending: Ending, error: str) -> tuple[Sent, ...]:
    people = (person for part in batch.parts for person in part.people)
    return tuple(Sent(person, ending, error=error) for person in people)


def _mark(batch: Batch, part: Part, ending: Ending, people: Sequence[PersonId]) -> Mark:
    return Mark(
        informing=batch.informing,
        slice=batch.slice,
        people=tuple(people),
        rung=part.rung,
        number=part.number,
        ending=ending,
        tries=_tries(ending, part.tries),
        at=batch.at,
    )


def _tries(ending: Ending, before: int) -> int:
    match ending:
        case Ending.BUSY:
            return before + 1
        case Ending.REFUSED:
            return GIVEN_UP
        case _:
            return 0
