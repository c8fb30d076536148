"""Telephone numbers as people write them."""

import pytest

from data.civic.telephones import own_telephone, telephone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 13800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("0571-82623000", "057182623000"),
        ("(0571) 82623000", "057182623000"),
        ("82623000", "82623000"),
        ("12345", "12345"),
        ("110", "110"),
        ("4008001234", "4008001234"),
    ],
)
def test_a_number_has_one_form(written: str, number: str) -> None:
    assert telephone(written) == number
    assert telephone(number) == number


@pytest.mark.parametrize(
    "written", ["", "无", "1380000000", "138000000000", "10000000000", "13800000000/13900000000"]
)
def test_what_is_no_number_of_this_country_is_none(written: str) -> None:
    assert telephone(written) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [("138 0000 0000", "13800000000"), ("82623000", "82623000"), ("110", None), ("12345", None)],
)
def test_nobody_lives_at_the_line_of_an_office(written: str, number: str | None) -> None:
    assert own_telephone(written) == number
