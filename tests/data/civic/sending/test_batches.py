"""Batches: what is written of whom, after a send and after a death."""

import pytest

from data.civic.errors import BadInput
from data.civic.ids import AreaCode, GridId, PersonId
from data.civic.sending.batches import (
    Batch,
    Mark,
    Sent,
    first_of,
    lost,
    marks_of,
    moved,
    parts_of,
    reference,
    referred,
)
from data.civic.sending.rows import GIVEN_UP, Ending, Member, RowState, Rung, Standing
from tests import builders

NOW = builders.now()
NEW = Standing(ways=frozenset(Rung))


def member(person: int) -> Member:
    return Member(PersonId(person), AreaCode("330109105201"), GridId("g"))


def batch(rung: Rung, *people: int, standing: Standing = NEW) -> Batch:
    parts = parts_of({rung: [(standing, [member(one) for one in people])]})
    return Batch(informing=1, slice=0, turn=1, place=0, at=NOW, parts=parts)


def seen(marks: list[Mark]) -> list[tuple[tuple[int, ...], Ending, int, RowState | None]]:
    return [(mark.people, mark.ending, mark.tries, mark.state) for mark in marks]


def test_those_who_fare_alike_are_written_together() -> None:
    sent = [
        Sent(PersonId(1), Ending.ACCEPTED),
        Sent(PersonId(2), Ending.REFUSED),
        Sent(PersonId(3), Ending.ACCEPTED),
        Sent(PersonId(4), Ending.BUSY),
    ]
    assert seen(marks_of(batch(Rung.SMS, 1, 2, 3, 4), sent)) == [
        ((1, 3), Ending.ACCEPTED, 0, RowState.SENT),
        ((2,), Ending.REFUSED, GIVEN_UP, RowState.FAILED),
        ((4,), Ending.BUSY, 1, RowState.FAILED),
    ]


def test_of_whom_the_messenger_says_nothing_nothing_is_known() -> None:
    marks = marks_of(batch(Rung.SMS, 1, 2), [Sent(PersonId(1), Ending.ACCEPTED)])
    assert seen(marks)[1] == ((2,), Ending.UNKNOWN, 0, RowState.UNKNOWN)


def test_what_was_in_flight_when_a_worker_died_is_unknown_but_a_door_is_given_again() -> None:
    sms, door = batch(Rung.SMS, 1), batch(Rung.DOOR, 2)
    assert seen(marks_of(sms, lost(sms))) == [((1,), Ending.UNKNOWN, 0, RowState.UNKNOWN)]
    assert marks_of(door, lost(door)) == []


def test_a_way_that_failed_before_is_counted_on_and_another_begins_anew() -> None:
    failed = Standing(
        ways=frozenset(Rung), state=RowState.FAILED, rung=Rung.SMS, attempts=3, tries=2, at=NOW
    )
    (again,) = parts_of({Rung.SMS: [(failed, [member(1)])]})
    (other,) = parts_of({Rung.VOICE: [(failed, [member(1)])]})
    assert (again.number, again.tries) == (4, 2)
    assert (other.number, other.tries) == (4, 0)


def test_people_are_taken_from_the_first_and_stand_where_their_sends_ended() -> None:
    people = {NEW: [member(n) for n in range(1, 6)]}
    due = {Rung.SMS: first_of(list(people.items()), 3)}
    sent = [Sent(PersonId(1), Ending.ACCEPTED), Sent(PersonId(2), Ending.REFUSED)]
    now = {
        standing.state: [int(one.person) for one in members]
        for standing, members in moved(people, due, sent, NOW).items()
    }
    assert now == {
        RowState.CREATED: [4, 5],
        RowState.SENT: [1],
        RowState.FAILED: [2],
        RowState.UNKNOWN: [3],
    }
    assert len(people[NEW]) == 5, "what was read is left as it is"


def test_a_batch_remembers_each_attempt() -> None:
    one = batch(Rung.SMS, 1, 2)
    (part,) = one.parts
    attempt = one.attempt(PersonId(1))
    assert attempt is not None
    assert (attempt.number, attempt.rung, attempt.ending) == (part.number, Rung.SMS, None)
    assert one.attempt(PersonId(3)) is None


def test_a_reference_is_read_as_it_was_written() -> None:
    written = reference(7, PersonId((1 << 40) - 1), Rung.VOICE, 12)
    assert referred(written) == (7, (1 << 40) - 1, Rung.VOICE, 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1-2-3",
        "1-2-3-4-5",
        "a-2-3-4",
        "1-0-3-1",
        "1-2-9-1",
        "-1-2-3",
        "1-²-3-1",
        "9999999-1-1-1",
    ],
)
def test_what_is_no_reference_of_ours_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        referred(text)
