"""Replies as plain text, and texts in parts."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.rendering import as_text, parts
from data.civic.labels import Outcome
from data.civic.talk.messages import Reply, Say


def test_care_mode_reads_the_plain_version() -> None:
    words = Say(full="全文", plain="简短", spoken="念")
    reply = Reply(parts=(words, words), outcome=Outcome.ANSWERED)
    assert as_text(reply, care=False) == "全文\n\n全文"
    assert as_text(reply, care=True) == "简短\n\n简短"


def test_a_silent_reply_is_no_text() -> None:
    assert as_text(Reply(parts=(), outcome=Outcome.SILENT), care=False) == ""
    assert parts("") == ()


def test_a_part_ends_at_a_line_where_one_is_near() -> None:
    assert parts("一二三\n四五六七", limit=14) == ("一二三\n", "四五六七")


@given(st.text(), st.integers(min_value=4, max_value=64))
def test_parts_are_short_enough_and_nothing_is_lost(text: str, limit: int) -> None:
    split = parts(text, limit=limit)
    assert "".join(split) == text
    assert all(0 < len(part.encode()) <= limit for part in split)
