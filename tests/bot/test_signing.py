"""The seal of the house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signing import HouseSeal
from data.civic.errors import BadInput
from tests import builders

OURS, THEIRS = builders.seal(), HouseSeal(b"another key of thirty-two bytes.")
TEXTS = st.text(st.characters(), max_size=200)


@given(TEXTS, TEXTS)
def test_what_is_hidden_is_read_again(value: str, document: str) -> None:
    document = document.encode("utf-8", "replace").decode()
    sealed = OURS.encrypt(value, bound_to=document)
    assert OURS.decrypt(sealed, bound_to=document) == value


@given(TEXTS, st.integers(0, 400), st.integers(1, 255))
def test_a_byte_that_is_changed_is_found(value: str, at: int, by: int) -> None:
    sealed = bytearray(OURS.encrypt(value, bound_to="m1"))
    at = 1 + at % (len(sealed) - 1)
    sealed[at] ^= by
    with pytest.raises(BadInput, match="m1"):
        OURS.decrypt(bytes(sealed), bound_to="m1")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 12, b"0" * 28])
def test_what_is_too_short_is_bad_input(sealed: bytes) -> None:
    with pytest.raises(BadInput):
        OURS.decrypt(sealed, bound_to="m1")


def test_it_is_bound_to_its_document_and_to_this_house() -> None:
    sealed = OURS.encrypt("护照", bound_to="m1")
    for seal, document in ((OURS, "m2"), (THEIRS, "m1")):
        with pytest.raises(BadInput):
            seal.decrypt(sealed, bound_to=document)


def test_the_same_text_is_never_hidden_the_same_way_twice() -> None:
    assert OURS.encrypt("护照", bound_to="m1") != OURS.encrypt("护照", bound_to="m1")


@given(TEXTS)
def test_a_hash_is_the_same_in_this_house_for_this_purpose_alone(value: str) -> None:
    hashed = OURS.keyed_hash("case", value)
    assert hashed == builders.seal().keyed_hash("case", value)
    assert len(hashed) == 64
    assert hashed not in (OURS.keyed_hash("token", value), THEIRS.keyed_hash("case", value))


def test_a_purpose_and_a_value_do_not_run_together() -> None:
    assert OURS.keyed_hash("a", "b\0c") != OURS.keyed_hash("a\0b", "d")
    assert OURS.keyed_hash("ab", "c") != OURS.keyed_hash("a", "bc")


@given(st.binary(max_size=100), st.binary(min_size=1, max_size=10))
def test_a_signature_holds_for_its_value_alone(value: bytes, more: bytes) -> None:
    signature = OURS.sign(value)
    assert OURS.verify(value, signature)
    assert not OURS.verify(value + more, signature)
    assert not THEIRS.verify(value, signature)
    assert not OURS.verify(value, signature[:-1])


def test_it_shows_no_key() -> None:
    assert "thirty" not in f"{OURS!r} {OURS}"
