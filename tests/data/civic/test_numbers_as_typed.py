"""Numbers of persons in every shape in which thumbs type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.privacy import id_number_valid, mask

MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
ID_NUMBER = st.from_regex(
    r"330109(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}[0-9X]", fullmatch=True
)
AROUND = st.text(st.characters(categories=("Lo", "Po", "Zs")), max_size=8)
GAPS = st.sampled_from(
    ["", " ", "  ", "-", " - ", ".", "·", "－", "—", "–", "\u3000", "\xa0", "\u200b", "\t"]
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@st.composite
def typed(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> tuple[str, str]:
    """Draw a number, and a text in which it stands in groups of any size."""
    number = draw(numbers)
    cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=4)))
    groups = [number[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    written = draw(GAPS).join(groups).translate(draw(st.sampled_from([{}, WIDE])))
    return number, f"{draw(AROUND)}{written}{draw(AROUND)}"


@given(typed(MOBILE))
def test_no_mobile_number_is_left_in_whatever_groups(one: tuple[str, str]) -> None:
    number, text = one
    assert number not in re.sub(r"\D", "", mask(text))


@given(typed(ID_NUMBER))
def test_no_birthday_is_left_in_whatever_groups(one: tuple[str, str]) -> None:
    number, text = one
    masked = re.sub(r"[^0-9X]", "", mask(text).upper())
    assert masked == number[:6] + number[-4:]


@given(st.text())
def test_no_eleven_digits_are_left_in_a_row(text: str) -> None:
    assert not re.search(r"[0-9]{11}", mask(text))


@given(st.text("0123456789", min_size=1))
def test_a_number_keeps_its_length(digits: str) -> None:
    assert len(mask(digits)) == len(digits)


def with_check(number: str) -> str:
    """Add the check digit, as ISO 7064 MOD 11-2 says it: each place counts twice the next."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number))
    return number + "0123456789X"[(12 - total) % 11]


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        pytest.param("11010519491231002X", True, id="the standard's own example"),
        pytest.param("440524188001010014", True, id="its example of 1880"),
        pytest.param(with_check("11010520000229002"), True, id="born on a leap day"),
        pytest.param(with_check("11010519000229002"), False, id="1900 had no leap day"),
        pytest.param(with_check("11010519490230002"), False, id="the 30th of February"),
        pytest.param(with_check("11010519491331002"), False, id="month 13"),
        pytest.param(with_check("11010519490031002"), False, id="month 0"),
        pytest.param(with_check("11010519491232002"), False, id="day 32"),
        pytest.param(with_check("11010518491231002"), False, id="born in 1849"),
        pytest.param("X1010519491231002X", False, id="an X in front"),
        pytest.param(
            "１１０１０５１９４９１２３１００２Ｘ", False, id="full width: not normalised"
        ),
    ],
)
def test_the_day_of_birth_must_have_been(number: str, *, valid: bool) -> None:
    assert id_number_valid(number) is valid
