"""After an event: the file's life, who may hold it, and that a record cannot be changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.civic.errors import BadInput, Conflict
from data.civic.ids import EventId, PersonId, StaffId
from data.civic.safety import aftermath
from data.civic.safety.aftermath import Deletion, EventFile, FileState, Numbers, genuine, signed
from tests import builders

CLOSED = builders.now()
DUE = CLOSED + timedelta(days=91)
WANG, LI = StaffId("wang"), StaffId("li")


def file() -> EventFile:
    return aftermath.begin(EventId("typhoon"), CLOSED, days=90)


def test_it_is_due_ninety_days_after_the_closing_and_not_before() -> None:
    one = file()
    assert one.purge_on - date.fromisoformat(
        f"{CLOSED + timedelta(hours=8):%Y-%m-%d}"
    ) == timedelta(90)
    assert not one.due(CLOSED + timedelta(days=88))
    assert one.due(DUE)


def test_a_hold_is_asked_by_one_and_approved_by_another_by_name() -> None:
    asked = aftermath.ask_hold(file(), "法院调查", WANG, DUE)
    assert not asked.due(DUE + timedelta(days=6))
    with pytest.raises(Conflict, match="another chief"):
        aftermath.approve_hold(asked, WANG, DUE)
    approved = aftermath.approve_hold(asked, LI, DUE)
    assert aftermath.approve_hold(approved, LI, DUE) == approved
    assert not approved.due(DUE + timedelta(days=3000))
    assert approved.holds[-1].approved_by == LI
    ended = aftermath.end_hold(approved, LI, DUE)
    assert ended.due(DUE)
    assert aftermath.end_hold(ended, LI, DUE) == ended


def test_a_hold_that_nobody_approves_ends_after_a_week() -> None:
    asked = aftermath.ask_hold(file(), "法院调查", WANG, DUE)
    assert asked.due(DUE + timedelta(days=8))
    with pytest.raises(Conflict):
        aftermath.approve_hold(asked, LI, DUE + timedelta(days=8))


def test_nobody_holds_twice_nor_without_a_reason_nor_what_is_gone() -> None:
    with pytest.raises(BadInput):
        aftermath.ask_hold(file(), "", WANG, DUE)
    asked = aftermath.ask_hold(file(), "法院调查", WANG, DUE)
    with pytest.raises(Conflict):
        aftermath.ask_hold(asked, "再来一次", LI, DUE)
    gone = aftermath.end_purge(aftermath.start_purge(file(), Numbers(papers={}), DUE), DUE)
    assert gone.state is FileState.PURGED
    with pytest.raises(Conflict, match="destroyed"):
        aftermath.ask_hold(gone, "法院调查", WANG, DUE)


def test_what_has_begun_is_finished_and_its_numbers_stay_as_first_counted() -> None:
    begun = aftermath.start_purge(file(), Numbers(papers={"scans": 940}), DUE)
    assert begun.due(CLOSED)
    assert aftermath.start_purge(begun, Numbers(papers={"scans": 3}), DUE) == begun


def test_what_is_held_by_now_does_not_begin_to_go() -> None:
    asked, none = aftermath.ask_hold(file(), "法院调查", WANG, DUE), Numbers(papers={})
    assert aftermath.start_purge(asked, none, DUE) == asked
    over = aftermath.start_purge(asked, none, DUE + timedelta(days=8))
    assert over.state is FileState.PURGING


def test_a_changed_record_of_deletion_is_not_genuine() -> None:
    seal = builders.seal()
    record = Deletion(
        id="event-typhoon",
        event=EventId("typhoon"),
        at=CLOSED,
        counts={"scans": 940},
        why="closed",
    )
    made = signed(record, seal.sign)
    assert genuine(made, seal.verify)
    for change in (
        {"counts": {"scans": 939}},
        {"people": (PersonId(1),)},
        {"event": EventId("flood")},
        {"at": CLOSED + timedelta(seconds=1)},
    ):
        assert not genuine(replace(made, **change), seal.verify)  # type: ignore[arg-type]
