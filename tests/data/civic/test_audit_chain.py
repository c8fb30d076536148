"""The chain of deeds: whatever is changed, moved or left out is found."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.audit import Deed, End, Entry, enter, follows
from tests import builders

NOW = builders.now()


def chain(length: int) -> list[Entry]:
    end, entries = End(), []
    for number in range(1, length + 1):
        deed = Deed(actor="wang", act="ticket.see", subject=f"T{number}")
        entry = enter(deed, number=number, at=NOW + timedelta(number), before=end.hash)
        entries.append(entry)
        end = End(number=entry.number, hash=entry.hash)
    return entries


def whole(entries: list[Entry]) -> bool:
    end = End()
    for entry in entries:
        if not follows(entry, end):
            return False
        end = End(number=entry.number, hash=entry.hash)
    return True


def test_an_untouched_chain_is_whole() -> None:
    assert whole(chain(5))
    assert whole([])


@given(st.integers(0, 3))
def test_an_entry_that_is_left_out_is_missed(at: int) -> None:
    entries = chain(5)
    del entries[at]
    assert not whole(entries)


@given(st.integers(0, 4), st.sampled_from(["actor", "act", "subject", "purpose"]))
def test_a_deed_that_is_changed_is_found(at: int, field: str) -> None:
    entries = chain(5)
    entries[at] = replace(entries[at], deed=replace(entries[at].deed, **{field: "other"}))
    assert not whole(entries)


@pytest.mark.parametrize("change", [{"at": NOW}, {"number": 9}, {"before": "0" * 64}])
def test_time_number_and_place_are_covered_too(change: dict[str, object]) -> None:
    entries = chain(3)
    entries[1] = replace(entries[1], **change)
    assert not whole(entries)


def test_two_that_change_places_are_found() -> None:
    one, two, three = chain(3)
    assert not whole([one, three, two])


def test_a_deed_is_hashed_as_the_store_gives_it_back() -> None:
    """The store keeps milliseconds."""
    exact = NOW.replace(microsecond=123_456)
    entry = enter(Deed(actor="a", act="b", subject="c"), number=1, at=exact, before=End().hash)
    assert entry.at.microsecond == 123_000
    assert follows(entry, End())
