"""Announcements: read out, repeated, and a button that is pressed twice."""

from datetime import timedelta

from data.civic.ids import AreaCode, StaffId
from data.civic.sending.announcements import SAME_READING, Announcement, Reading, read_out
from tests import builders

AT = builders.now()
CHEN, LI = StaffId("chen"), StaffId("li")
FRESH = Announcement(
    informing=7, village=AreaCode("330109105201"), text="请大家注意。", asked_at=AT
)


def test_each_reading_stands_with_who_and_when() -> None:
    again = read_out(read_out(FRESH, CHEN, AT), CHEN, AT + timedelta(minutes=10))
    assert [one.at - AT for one in again.readings] == [timedelta(), timedelta(minutes=10)]
    assert (FRESH.last, again.last) == (None, Reading(by=CHEN, at=AT + timedelta(minutes=10)))
    assert again.version == 2


def test_a_button_pressed_twice_is_one_reading_and_two_people_are_two() -> None:
    once = read_out(FRESH, CHEN, AT)
    assert read_out(once, CHEN, AT + SAME_READING / 2) is once
    assert len(read_out(once, LI, AT + SAME_READING / 2).readings) == 2


def test_its_words_show_in_no_log() -> None:
    assert "注意" not in repr(FRESH)
