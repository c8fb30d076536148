"""Patterns made of many words: put together for speed, they match what they did one by one."""

import re

from hypothesis import given
from hypothesis import strategies as st

from intents.patterns import any_of, first_of

words = st.lists(st.text("水火.-a", max_size=3), max_size=8)
texts = st.text("水火.-ab", max_size=12)


@given(words, texts)
def test_of_words_that_begin_alike_the_longest_is_taken(words: list[str], text: str) -> None:
    one_by_one = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    assert re.findall(any_of(words), text) == re.findall(one_by_one or "(?!)", text)


@given(words, texts)
def test_of_patterns_the_first_that_fits_is_taken(words: list[str], text: str) -> None:
    patterns = [re.escape(word) + ".{0,2}?火" for word in words if word]
    assert re.findall(first_of(patterns), text) == re.findall("|".join(patterns) or "(?!)", text)
