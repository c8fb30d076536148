"""A ticket is opened, seen by somebody with a name, and closed with words."""

from datetime import timedelta

import pytest

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, IntentId, MessageId, StaffId, TicketNumber
from data.civic.talk.additions import Addition
from data.civic.talk.tickets import (
    LONGEST,
    Ticket,
    TicketKind,
    TicketState,
    add,
    called,
    close,
    see,
)
from tests import builders

NOW = builders.now()
WANG, LI = StaffId("wang"), StaffId("li")


def ticket(kind: TicketKind = TicketKind.COMPLAINT) -> Ticket:
    return Ticket(
        number=TicketNumber("T1"),
        message=MessageId("m1"),
        conversation=builders.citizen().id,
        kind=kind,
        intent=IntentId("complaint"),
        area=AreaCode("330109"),
        text="路灯坏了",
        opened_at=NOW,
    )


@pytest.mark.parametrize(
    ("kind", "within"),
    [
        (TicketKind.DANGER, timedelta(hours=1)),
        (TicketKind.HAZARD, timedelta(hours=2)),
        (TicketKind.COMPLAINT, timedelta(days=7)),
    ],
)
def test_the_sort_of_matter_sets_the_clock(kind: TicketKind, within: timedelta) -> None:
    assert ticket(kind).due_at == NOW + within


def test_who_sees_it_first_has_seen_it() -> None:
    seen = see(ticket(), WANG, NOW)
    assert (seen.state, seen.seen_by, seen.seen_at, seen.version) == (
        TicketState.SEEN,
        WANG,
        NOW,
        1,
    )
    assert see(seen, LI, NOW + timedelta(hours=1)) is seen


def test_what_was_seen_is_closed_with_a_result() -> None:
    closed = close(see(ticket(), WANG, NOW), "已修好", NOW)
    assert (closed.state, closed.result, closed.closed_at, closed.version) == (
        TicketState.CLOSED,
        "已修好",
        NOW,
        2,
    )
    assert see(closed, LI, NOW) is closed


def test_nothing_is_closed_unseen_or_twice() -> None:
    closed = close(see(ticket(), WANG, NOW), "已修好", NOW)
    for one in (ticket(), closed):
        with pytest.raises(Conflict, match=r"T1 is (open|closed)"):
            close(one, "再来", NOW)


def test_a_ticket_shows_no_words_of_a_citizen_in_a_log() -> None:
    assert "路灯" not in repr(ticket())


def addition(words: str, number: int = 2, **more: object) -> Addition:
    given = {"area": AreaCode("330109"), "at": NOW} | more
    return Addition(message=MessageId(f"m{number}"), words=words, **given)  # type: ignore[arg-type]


def test_what_is_said_later_is_added_once_and_only_a_nearer_place_counts() -> None:
    village = AreaCode("330109105201")
    added = add(ticket(), addition("村口那盏", area=village))
    assert (added.text, added.area, added.version) == ("路灯坏了\n村口那盏", village, 1)
    assert add(added, addition("村口那盏", 3)) is added


def test_a_message_that_is_walked_again_adds_nothing() -> None:
    one = addition("水到胸口了\n快来", pressing=True)
    added = add(see(ticket(), WANG, NOW), one)
    assert added.text == "路灯坏了\n水到胸口了 快来"
    assert add(added, one) is added
    settled = called(added, NOW)
    assert add(settled, one) is settled


def test_a_closed_or_full_ticket_takes_no_more() -> None:
    closed = close(see(ticket(), WANG, NOW), "修好了", NOW)
    for one, words in ((closed, "又坏了"), (closed, "路灯坏了"), (ticket(), "坏" * LONGEST)):
        with pytest.raises(Conflict):
            add(one, addition(words))


def test_what_is_added_is_new_until_it_is_opened() -> None:
    seen = see(add(ticket(), addition("村口那盏")), WANG, NOW)
    assert not seen.has_news
    later = add(add(seen, addition("两盏", 3)), addition("三盏", 4))
    assert (later.has_news, later.opened_text) == (True, "路灯坏了\n村口那盏")
    with pytest.raises(Conflict, match="added to"):
        close(later, "修好了", NOW)
    opened = see(later, LI, NOW)
    assert (opened.has_news, opened.seen_by, opened.opened_text) == (False, WANG, later.text)
    assert close(opened, "修好了", NOW).state is TicketState.CLOSED


def test_danger_that_is_said_again_in_the_same_words_is_new() -> None:
    seen = see(ticket(), WANG, NOW)
    again = add(seen, addition("路灯坏了", pressing=True))
    assert (again.text, again.has_news) == (seen.text, True)
    assert again.added.pressing_since == NOW
    assert see(again, LI, NOW).added.pressing_since is None
