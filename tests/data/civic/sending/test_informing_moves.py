"""An informing: its words, its life, and how it is cut into slices."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.errors import BadInput, Conflict
from data.civic.ids import AreaCode
from data.civic.safety.targets import Target
from data.civic.sending import informing as moves
from data.civic.sending.informing import (
    LARGE,
    SLICE,
    Informing,
    InformingKind,
    InformingState,
    Words,
)
from data.civic.sending.ladder import URGENT
from data.civic.sending.rows import Rung
from tests import builders

VILLAGE = AreaCode("330109105201")


def informing(key: str = "signal/1", *, words: Words | None = None) -> Informing:
    return Informing(
        id=1,
        key=key,
        event=key,
        kind=InformingKind.SIGNAL,
        words=words or Words(text="台风红色预警"),
        target=Target(areas=(VILLAGE,)),
        rules=URGENT,
        by="system",
        created_at=builders.now(),
    )


def test_every_way_has_words_its_own_or_the_nearest() -> None:
    words = Words(text="全文", sms="短信", voice="语音")
    said = {rung: words.by(rung) for rung in Rung}
    assert said[Rung.CHAT] == said[Rung.SUBSCRIPTION] == said[Rung.DOOR] == "全文"
    assert (said[Rung.SMS], said[Rung.VOICE], said[Rung.LOUDSPEAKER]) == ("短信", "语音", "语音")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        pytest.param("signal/1", Words(text=" "), id="no words"),
        pytest.param("signal/1", Words(text="【演练】台风"), id="an actual one marked as a drill"),
        pytest.param("drill-1", Words(text="台风"), id="a drill that is not marked"),
        pytest.param("drill-1", Words(text="【演练】台风", sms="台风"), id="one way not marked"),
    ],
)
def test_what_cannot_be_said_so_is_refused(key: str, words: Words) -> None:
    with pytest.raises(BadInput, match=key):
        moves.check(informing(key, words=words))


def test_a_correction_follows_something_and_a_signal_follows_nothing() -> None:
    moves.check(informing())
    correction = replace(informing(), kind=InformingKind.CORRECTION)
    with pytest.raises(BadInput):
        moves.check(correction)
    moves.check(replace(correction, of=1))
    with pytest.raises(BadInput):
        moves.check(replace(informing(), of=1))


def test_it_is_planned_sent_cancelled_resumed_and_closed() -> None:
    one = moves.planned(informing(), 10)
    assert (one.state, one.planned, one.version) == (InformingState.SENDING, 10, 1)
    stopped = moves.cancel(one)
    assert moves.cancel(stopped) is stopped
    again = moves.resume(stopped)
    assert moves.resume(again) is again
    closed = moves.close(again)
    assert moves.close(closed) is closed
    for move in (moves.cancel, moves.resume):
        with pytest.raises(Conflict):
            move(closed)


COUNTS = st.lists(st.integers(min_value=1, max_value=LARGE), max_size=60)


@given(counts=COUNTS, first=st.integers(min_value=0, max_value=9))
def test_each_village_is_in_one_slice_and_no_slice_is_far_too_large(
    counts: list[int], first: int
) -> None:
    villages = [(AreaCode(f"{n:012}"), count) for n, count in enumerate(counts)]
    cut = moves.slices(1, villages, first=first)
    assert [pair for one in cut for pair in one.villages] == villages
    assert [one.number for one in cut] == list(range(first, first + len(cut)))
    assert all(one.people <= SLICE or len(one.villages) == 1 for one in cut)


@given(people=st.sets(st.integers(min_value=1, max_value=(1 << 40) - 1), min_size=1, max_size=200))
def test_everybody_of_a_large_village_belongs_to_one_part(people: set[int]) -> None:
    handles = sorted(people)
    cut = moves.parts(1, VILLAGE, handles, first=3)
    for handle in handles:
        assert sum(one.first <= handle < one.end for one in cut) == 1
    assert sum(one.people for one in cut) == len(handles)
    assert cut[0].first == 0, "who is entered meanwhile belongs to a part as well"
    assert cut[-1].end == 1 << 40


def test_a_large_village_is_cut_into_parts_of_a_slice() -> None:
    cut = moves.parts(1, VILLAGE, range(1, 2 * SLICE + 500), first=0)
    assert [one.people for one in cut] == [SLICE, SLICE, 499]
