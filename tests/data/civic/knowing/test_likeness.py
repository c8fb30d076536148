"""Near-duplicates are found, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from data.civic.knowing.likeness import ALIKE, Sentences, flat, triples

KNOWN = Sentences([("护照丢了怎么补办", "passport"), ("公积金怎么提取", "fund"), ("你好", "hello")])


def test_a_sentence_that_differs_by_marks_is_the_same() -> None:
    (near,) = KNOWN.near("护照，丢了怎么补办？")
    assert (near.whose, near.share) == ("passport", 1)


def test_a_sentence_that_differs_by_a_word_is_near() -> None:
    assert [one.whose for one in KNOWN.near("护照丢了怎么补办啊")] == ["passport"]


def test_another_sentence_is_not_near_and_the_own_are_left_out() -> None:
    assert KNOWN.near("身份证丢了去哪里补") == ()
    assert KNOWN.near("护照丢了怎么补办", but={"passport"}) == ()
    assert [one.whose for one in KNOWN.near("你好")] == ["hello"]


@given(
    st.lists(st.text("甲乙丙丁", min_size=1, max_size=8), max_size=6), st.text("甲乙丙", min_size=1)
)
def test_the_index_finds_what_comparing_all_would_find(texts: list[str], asked: str) -> None:
    mine = triples(flat(asked))
    alike = {
        text
        for text in texts
        if len(mine & triples(flat(text))) >= ALIKE * len(mine | triples(flat(text)))
    }
    found = Sentences([(text, "x") for text in texts]).near(asked)
    assert {one.text for one in found} == alike
