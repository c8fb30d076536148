"""Codes: one spelling, nothing of a person inside, and no mutation is ever accepted."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signing import code_check
from data.civic.errors import BadInput
from data.civic.safety import spelling
from data.civic.safety.codekeys import id_of
from data.civic.safety.codes import (
    LARGEST_HANDLE,
    LENGTH,
    PREFIX,
    Code,
    CodeKind,
    NoCode,
    Unreadable,
    in_digits,
    number_of,
    pack,
    typed,
    unpack,
)
from data.civic.safety.verifying import Keys, Revocations, Standing, verify
from tests import builders

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
SEAL = builders.seal()
PUBLIC = SEAL.code_key("salt")
KEY = id_of(PUBLIC)
KEYS = Keys(dated=NOW, fits={KEY: code_check(PUBLIC)})
NOTHING = Revocations(dated=NOW, version=0, handles=frozenset())
ALPHABET = spelling.ALPHABET
MUTATED = 100_000

moments = st.integers(1_700_000_000, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))


def sign(packed: bytes) -> bytes:
    return SEAL.sign_code(packed, salt="salt")


def code(**different: object) -> Code:
    given = {
        "key": KEY,
        "handle": 0x0123456789ABCDEF,
        "kind": CodeKind.SHEET,
        "issued": NOW,
        "expires": NOW + timedelta(days=365),
    }
    return Code(**(given | different))  # type: ignore[arg-type]


def judged(text: str) -> Standing:
    return verify(text, NOW, KEYS, NOTHING).standing


@given(
    handle=st.integers(1, LARGEST_HANDLE),
    kind=st.sampled_from(CodeKind),
    issued=moments,
    lasts=st.timedeltas(timedelta(seconds=1), timedelta(days=700)),
)
def test_what_is_packed_is_unpacked(
    handle: int, kind: CodeKind, issued: datetime, lasts: timedelta
) -> None:
    whole = code(handle=handle, kind=kind, issued=issued, expires=issued + lasts)
    text = pack(whole, sign)
    read = unpack(text).code
    assert len(text) == LENGTH <= 130
    assert (read.handle, read.kind, read.issued) == (handle, kind, issued)
    assert whole.expires - read.expires < timedelta(seconds=1)


def test_nothing_but_six_fields_stands_in_a_code() -> None:
    """Decoded byte by byte: no name, telephone, number, address, health or colour has room."""
    content = spelling.decode(pack(code(), sign)[len(PREFIX) :])
    assert content[0] == 1
    assert int.from_bytes(content[1:3], "big") == KEY
    assert content[3:11].hex() == "0123456789abcdef"
    assert content[11] == CodeKind.SHEET.value
    assert int.from_bytes(content[12:16], "big") == int(NOW.timestamp())
    assert int.from_bytes(content[16:20], "big") - int(NOW.timestamp()) == 365 * 86400
    assert len(content[20:]) == 64
    assert SEAL.code_check(PUBLIC)(content[:20], content[20:])


def test_of_a_hundred_thousand_mutated_codes_none_is_accepted() -> None:
    chance = np.random.default_rng(6)  # the same mutations every time
    good = pack(code(), sign)
    assert judged(good) is Standing.VALID
    made = (mutated(good, *chance.integers(0, 1 << 30, 3)) for _ in range(MUTATED))
    assert [bad for bad in made if bad != good and judged(bad) is Standing.VALID] == []


def mutated(text: str, how: int, one: int, other: int) -> str:
    """Change, exchange, drop, add, lower, double, or turn a bit of what stands inside."""
    at, low, high = one % LENGTH, *sorted((one % LENGTH, other % LENGTH))
    letter, content = ALPHABET[other % 45], bytearray(spelling.decode(text[len(PREFIX) :]))
    content[one % len(content)] ^= 1 << other % 8
    ways = (
        text[:at] + letter + text[at + 1 :],
        text[:low] + text[high:] + text[low:high],
        text[:at] + text[at + 1 :],
        text[:at] + letter + text[at:],
        text[:at] + text[at:].lower(),
        text + text[at:],
        PREFIX + spelling.encode(bytes(content)),
        text[:low] + text[high : high + 1] + text[low + 1 :],
    )
    return ways[how % len(ways)]


GOOD = pack(code(), sign)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("https://example.org/", Unreadable.FOREIGN, id="another QR code"),
        pytest.param(GOOD.lower(), Unreadable.FOREIGN, id="all in lower case"),
        pytest.param("", Unreadable.FOREIGN, id="nothing"),
        pytest.param(GOOD + "0", Unreadable.LENGTH, id="a character behind"),
        pytest.param(GOOD + "000", Unreadable.LENGTH, id="two bytes behind"),
        pytest.param(GOOD + "\n", Unreadable.LENGTH, id="an end of line"),
        pytest.param(GOOD[:-3], Unreadable.LENGTH, id="cut"),
        pytest.param(PREFIX + GOOD[4:].lower(), Unreadable.SPELLING, id="lower case behind"),
        pytest.param(GOOD[:-3] + ":::", Unreadable.SPELLING, id="a group above two bytes"),
        pytest.param(GOOD[:-1] + "全", Unreadable.SPELLING, id="another alphabet"),
    ],
)
def test_another_spelling_is_refused_with_its_reason(text: str, why: Unreadable) -> None:
    with pytest.raises(NoCode) as refused:
        unpack(text)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("byte", "value", "why"),
    [(0, 2, Unreadable.VERSION), (11, 9, Unreadable.CONTENT), (16, 0, Unreadable.CONTENT)],
)
def test_what_no_code_says_is_refused_before_its_signature(
    byte: int, value: int, why: Unreadable
) -> None:
    content = bytearray(spelling.decode(GOOD[len(PREFIX) :]))
    content[byte] = value
    with pytest.raises(NoCode) as refused:
        unpack(PREFIX + spelling.encode(bytes(content)))
    assert refused.value.why is why


def test_the_other_signature_of_the_same_text_is_refused() -> None:
    """Ed25519 without its check of S would take S + L as well: a second spelling."""
    order = 2**252 + 27742317777372353535851937790883648493
    content = spelling.decode(GOOD[len(PREFIX) :])
    twin = int.from_bytes(content[52:], "little") + order
    text = PREFIX + spelling.encode(content[:52] + twin.to_bytes(32, "little"))
    assert judged(text) is Standing.FORGED


@pytest.mark.parametrize(
    "different",
    [
        {"handle": 0},
        {"handle": LARGEST_HANDLE + 1},
        {"key": 1 << 16},
        {"expires": NOW},
        {"issued": datetime(2200, 1, 1, tzinfo=UTC), "expires": datetime(2201, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_does_not_fit_into_a_code_is_not_written(different: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        pack(code(**different), sign)


@given(st.binary(max_size=90).filter(lambda one: len(one) % 2 == 0))
def test_bytes_have_one_spelling(content: bytes) -> None:
    text = spelling.encode(content)
    assert spelling.decode(text) == content
    assert set(text) <= set(ALPHABET)


def test_base45_is_that_of_the_standard() -> None:
    assert spelling.encode(b"Hello!") == "%69 VD92E"
    assert spelling.decode("BB8") == b"AB"


@given(st.text())
def test_no_text_at_all_makes_reading_fail_otherwise(text: str) -> None:
    for one in (text, PREFIX + text):
        assert judged(one) is Standing.UNREADABLE


@given(st.integers(1, LARGEST_HANDLE))
def test_digits_are_read_as_they_were_written(handle: int) -> None:
    assert typed(in_digits(handle)) == number_of(handle)
    wide = in_digits(handle).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert typed(wide.replace(" ", "-")) == number_of(handle)


@given(handle=st.integers(1, LARGEST_HANDLE), at=st.integers(0, 11), to=st.integers(0, 9))
def test_one_wrong_digit_is_found(handle: int, at: int, to: int) -> None:
    digits = in_digits(handle).replace(" ", "")
    wrong = digits[:at] + str(to) + digits[at + 1 :]
    if wrong != digits:
        with pytest.raises(BadInput):
            typed(wrong)


@given(handle=st.integers(1, LARGEST_HANDLE), at=st.integers(0, 10))
def test_two_digits_exchanged_are_found(handle: int, at: int) -> None:
    digits = in_digits(handle).replace(" ", "")
    wrong = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if wrong != digits:
        with pytest.raises(BadInput):
            typed(wrong)


@pytest.mark.parametrize(
    "text", ["", "1234", "1234 5678 901", "1234 5678 90123", "一二三四五六七八九十一二"]
)
def test_what_is_not_twelve_digits_is_said_so(text: str) -> None:
    with pytest.raises(BadInput, match="twelve digits"):
        typed(text)
