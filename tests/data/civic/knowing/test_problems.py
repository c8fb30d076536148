"""Why a draft could not be published."""

import pytest

from data.civic.knowing.problems import Problem, Trouble, problem_of


@pytest.mark.parametrize("trouble", Trouble)
def test_a_problem_comes_back_as_it_was_written(trouble: Trouble) -> None:
    problem = Problem(trouble=trouble, lines=("a\tb", "c"))
    assert problem_of(str(problem)) == problem


def test_a_line_stays_one_line() -> None:
    problem = Problem(trouble=Trouble.MISTAKES, lines=("one\ntwo",))
    assert problem_of(str(problem)).lines == ("one two",)


def test_what_nobody_wrote_so_is_kept_whole() -> None:
    found = problem_of("the worker was away\nfor an hour")
    assert found == Problem(trouble=Trouble.OTHER, lines=("the worker was away", "for an hour"))


def test_no_words_are_no_known_reason() -> None:
    assert problem_of("").trouble is Trouble.OTHER
