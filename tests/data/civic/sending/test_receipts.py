"""What receipts mean."""

import pytest

from data.civic.sending.receipts import Told, said_by
from data.civic.sending.rows import RowState, Said


@pytest.mark.parametrize("told", [Told.NO_ANSWER, Told.LINE_BUSY, Told.HUNG_UP, Told.FAILED])
def test_a_call_that_was_not_heard_has_failed(told: Told) -> None:
    assert told.row is RowState.FAILED


def test_a_call_that_was_heard_without_a_key_is_no_confirmation() -> None:
    assert Told.READ.row is RowState.READ
    assert Told.DELIVERED.row is RowState.DELIVERED


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("1", Said.RECEIVED),
        (" 1# ", Said.RECEIVED),
        ("收到。", Said.RECEIVED),
        ("2", Said.HELP),
        ("救命！", Said.HELP),
        ("3", None),
        ("你是谁", None),
        ("", None),
    ],
)
def test_a_key_or_a_word_says_what_it_says(answer: str, said: Said | None) -> None:
    assert said_by(answer) is said
