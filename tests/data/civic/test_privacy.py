"""Masking: no telephone, ID or card number is left, however it was typed."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.privacy import CHECKS, WEIGHTS, id_number_valid, mask, mask_ids

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
WORDS = st.text(alphabet="我的电话是身份证，。 ：怎么办a", max_size=8)
WIDTHS = st.sampled_from([{}, WIDE])
GAPS = st.sampled_from(["", " ", "-", "\u3000", "."])


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    return (
        "1" + draw(st.sampled_from("3456789")) + draw(st.text("0123456789", min_size=9, max_size=9))
    )


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """Draw well-formed ID numbers that nobody has to have."""
    born = draw(st.dates(date(1900, 1, 1), date(2026, 11, 1)))
    body = f"330109{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECKS[total % 11]


def typed(number: str, cuts: tuple[int, ...], gap: str) -> str:
    """Type a number in groups."""
    pieces = [number[a:b] for a, b in zip((0, *cuts), (*cuts, len(number)), strict=True)]
    return gap.join(pieces)


@given(WORDS, mobiles(), WORDS, GAPS, WIDTHS)
def test_no_telephone_is_left(
    before: str, number: str, after: str, gap: str, width: dict[int, int]
) -> None:
    shown = typed(number, (3, 7), gap).translate(width)
    masked = mask(f"{before}，{shown}，{after}")
    assert number not in re.sub(r"\D", "", masked)
    assert number[:3] in masked
    assert number[-4:] in masked


@given(WORDS, id_numbers(), WORDS, GAPS, WIDTHS)
def test_no_id_number_is_left(
    before: str, number: str, after: str, gap: str, width: dict[int, int]
) -> None:
    shown = typed(number, (6, 10, 14), gap).translate(width)
    masked = mask(f"{before}，{shown}，{after}")
    assert number[6:14] not in re.sub(r"[^0-9X]", "", masked)
    assert mask_ids(f"{before}，{number}，{after}").count(number) == 0


@given(st.text("我的电话号码是１1３3８8００0056789-. \u3000xX，。", max_size=60))
def test_a_masked_text_stays_as_it_is(text: str) -> None:
    assert mask(mask(text)) == mask(text)
    assert mask_ids(mask_ids(text)) == mask_ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "请打12345或者110",
        "萧山区行政服务中心0571-82372345"[:9],
        "2026年11月21日",
        "要带3张2寸照片",
        "每本120元，7个工作日",
        "330109",
        "电话号码",
        "",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800138000", "138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("138-0013-8000", "138****8000"),
        ("电话13800138000，姓王", "电话138****8000，姓王"),
        ("110101199003070337", "110101********0337"),
        ("11010119900307002x", "110101********002x"),
        ("110101900307033", "110101******033"),
        ("6222021234567890123", "622*************123"),
        ("13800138000和13900139000", "138****8000和139****9000"),
    ],
)
def test_how_it_looks(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(id_numbers())
def test_a_well_formed_id_number_is_valid_and_a_mistyped_one_is_not(number: str) -> None:
    assert id_number_valid(number)
    assert id_number_valid(number.lower())
    wrong = str((int(number[16]) + 1) % 10)
    assert not id_number_valid(number[:16] + wrong + number[17:])


@pytest.mark.parametrize("number", ["", "1" * 17, "1" * 19, "a" * 18, "110101199013070337"])
def test_what_is_no_id_number_is_not_valid(number: str) -> None:
    assert not id_number_valid(number)
