import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.civic.knowing.releases import Lexicon
from intents.normalise import LONGEST, Normaliser, clean
from tests.intents.small import LEXICON


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("身份證遺失怎麼補辦", "身份证遗失怎么补办", id="traditional"),
        pytest.param("ＡＰＰ１２３", "app123", id="full width"),
        pytest.param("身 份 证 丢了", "身份证丢了", id="spaces between characters"),
        pytest.param("身份证　丢了", "身份证丢了", id="the wide space"),
        pytest.param("身\u200b份\ufeff证\u202e", "身份证", id="invisible characters"),
        pytest.param("护\x00照\x07", "护照", id="control characters"),
        pytest.param("护照\n多少钱\r\n", "护照多少钱", id="lines"),
        pytest.param("wi fi 密码", "wi fi密码", id="latin words keep their space"),
        pytest.param("XS123 4567", "xs123 4567", id="numbers keep their space"),
        pytest.param("护照\ud800", "护照", id="half of a character"),
        pytest.param(" \t ", "", id="nothing"),
        pytest.param("皇后与里长", "皇后与里长", id="simplified stays"),
    ],
)
def test_a_sentence_is_written_in_one_way(typed: str, written: str) -> None:
    assert clean(typed) == written


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_whatever_is_typed_nothing_breaks_and_nothing_invisible_is_left(typed: str) -> None:
    written = clean(typed)
    assert written == written.strip()
    assert not any(
        char in "\x00\n\t\u200b\ufeff" or "\ud800" <= char <= "\udfff" for char in written
    )
    Normaliser(LEXICON)(written)


@given(st.text("護照怎麼辦 ＡｂＣ１２３，。？!咋a1", max_size=40))
def test_what_is_clean_stays_as_it_is(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


@pytest.mark.parametrize("typed", ["水" * 12_000, "ﷺ" * 9_000], ids=["long", "growing"])
def test_a_very_long_text_is_cut(typed: str) -> None:
    assert len(clean(typed)) <= LONGEST


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        pytest.param("啥地方办护照", "哪里办护照", id="dialect"),
        pytest.param("护照咋弄", "护照怎么办", id="the longest variant wins"),
        pytest.param("护照咋补", "护照怎么补", id="the shorter where the longer is not"),
        pytest.param("yibao怎么交", "医保怎么交", id="typed in pinyin"),
        pytest.param("myyibaox", "myyibaox", id="never within a latin word"),
        pytest.param("嗯,请问那个护照多少钱", "护照多少钱", id="fillers before"),
        pytest.param("护照多少钱,谢谢", "护照多少钱", id="fillers after"),
        pytest.param("护照,那个,多少钱", "护照,多少钱", id="fillers after a pause"),
        pytest.param("护照那个钱", "护照那个钱", id="no filler without a pause"),
        pytest.param("谢谢", "谢谢", id="only a filler is a message"),
        pytest.param("护照多少钱?", "护照多少钱?", id="a question stays a question"),
    ],
)
def test_words_become_standard_and_fillers_go(written: str, standard: str) -> None:
    assert Normaliser(LEXICON)(written) == standard


def test_an_empty_lexicon_changes_nothing() -> None:
    assert Normaliser(Lexicon(words=(), variants=(), fillers=()))("护照咋弄") == "护照咋弄"
