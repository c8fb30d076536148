"""Which fields of a body are wrong, in words."""

import pytest
from pydantic import BaseModel, ValidationError

from bot.body_fields import MOST_WRONG, in_words


class Numbers(BaseModel):
    """A body of numbers."""

    numbers: list[int]


def test_every_wrong_field_is_named_and_nothing_that_was_sent() -> None:
    with pytest.raises(ValidationError) as caught:
        Numbers.model_validate({"numbers": ["secret", 2, "secret"]})
    told = in_words(caught.value)
    assert [place in told for place in ("numbers.0: ", "numbers.1: ", "numbers.2: ")] == [
        True,
        False,
        True,
    ]
    assert "secret" not in told


def test_of_very_many_wrong_fields_the_first_are_named() -> None:
    with pytest.raises(ValidationError) as caught:
        Numbers.model_validate({"numbers": ["x"] * (MOST_WRONG + 5)})
    told = in_words(caught.value)
    assert f"numbers.{MOST_WRONG - 1}: " in told
    assert f"numbers.{MOST_WRONG}: " not in told
    assert told.endswith("and 5 more")
