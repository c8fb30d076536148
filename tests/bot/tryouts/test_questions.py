"""Citizens' questions, taken from what a hotline exports."""

import pytest

from bot.tryouts.questions import LONGEST, questions_in
from data.civic.errors import Mistakes

TITLES = ("诉求内容", "问题", "内容")


def texts(name: str, content: str) -> list[tuple[str, str, int]]:
    found = questions_in(name, content.encode(), TITLES)
    return [(one.text, one.where, one.times) for one in found.questions]


def test_a_text_file_has_one_question_a_line() -> None:
    assert texts("q.txt", "\ufeff护照\r\n\r\n身份证\r\n") == [
        ("护照", "q.txt:1", 1),
        ("身份证", "q.txt:3", 1),
    ]


def test_the_column_is_found_by_its_title_wherever_it_stands() -> None:
    table = "编号,备注内容很长很长很长很长很长,诉求内容\n1,无,护照\n2,无,\n"
    found = questions_in("q.csv", table.encode(), TITLES)
    assert [one.where for one in found.questions] == ["q.csv!C2"]
    assert found.empty == 1


def test_a_title_that_says_a_little_more_is_known() -> None:
    assert texts("q.csv", "编号,市民问题描述\n1,护照\n") == [("护照", "q.csv!B2", 1)]


def test_without_titles_the_wordiest_column_is_taken_with_its_first_row() -> None:
    assert texts("q.csv", "1,怎么办护照\n2,怎么办身份证\n") == [
        ("怎么办护照", "q.csv!B1", 1),
        ("怎么办身份证", "q.csv!B2", 1),
    ]


def test_a_question_that_stands_twice_is_kept_once_and_counted() -> None:
    assert texts("q.txt", "护照\n护照\n") == [("护照", "q.txt:1", 2)]


def test_a_question_that_is_too_long_is_told_and_not_cut() -> None:
    found = questions_in("q.csv", f"问题\n{'长' * (LONGEST + 1)}\n护照\n".encode(), TITLES)
    assert [one.where for one in found.faults] == ["q.csv!A2"]
    assert len(found.questions) == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("q.txt", "\n\n", "no question stands", id="empty"),
        pytest.param("q.csv", "问题\n", "no question stands", id="titles only"),
        pytest.param("q.txt", "问\n" * 10_001, "more than 10000", id="too many lines"),
        pytest.param("q.csv", "问题\n" + "问\n" * 10_001, "more than 10000", id="too many rows"),
    ],
)
def test_what_holds_no_questions_or_too_many_is_refused(name: str, content: str, why: str) -> None:
    with pytest.raises(Mistakes, match=why):
        questions_in(name, content.encode(), TITLES)
