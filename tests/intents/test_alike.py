"""Which gists are nearly the same."""

from intents.alike import joined, near


def test_what_is_nearly_the_same_joins_the_leader_it_is_most_like() -> None:
    gists = ["办份补证身", "份补证身", "公积金取"]
    assert joined(gists, ["a", "a", "a"]) == [[0, 1], [2]]


def test_what_was_guessed_to_be_another_matter_is_not_joined() -> None:
    assert joined(["办份补证身", "份补证身"], ["a", "b"]) == [[0], [1]]


def test_a_short_gist_is_joined_to_nothing() -> None:
    assert joined(["照", "照护"], ["a", "a"]) == [[0], [1]]


def test_the_nearest_come_first() -> None:
    assert near("份补证身", ["公积金", "份换证身", "份证身"], 5) == [2, 1]


def test_of_nothing_nothing_is_near() -> None:
    assert joined([], []) == []
    assert near("x", [], 3) == []
