import subprocess
import sys
from pathlib import Path

import jieba
import pytest

from intents.tokens import Words, base_dictionary, reference_cut

SENTENCES = [
    "我想问一下身份证丢了怎么补办",
    "异地就医备案需要哪些材料",
    "公积金提取条件是什么",
    "明天下午萧山会下大雨吗",
    "老人优待证坐公交免费",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_without_own_words_the_cut_is_jiebas(sentence: str) -> None:
    base_dictionary()
    assert Words().cut(sentence) == jieba.lcut(sentence, HMM=False)


def test_an_own_word_is_cut_out_whole() -> None:
    assert "异地就医备案" in Words(["异地就医备案"]).cut("请问异地就医备案怎么办")


def test_the_words_of_one_release_are_unknown_to_another() -> None:
    before = dict(base_dictionary())
    Words(["浙里办通办"])
    assert "浙里办通办" not in Words().cut("浙里办通办")
    assert base_dictionary() == before


def test_marks_are_left_out_and_latin_words_stay_whole() -> None:
    assert Words().cut("APP123，护照？wifi") == ["APP123", "护照", "wifi"]


def test_nothing_is_printed_and_no_cache_is_left_in_the_temp_folder(tmp_path: Path) -> None:
    (tmp_path / "temp").mkdir()
    program = "from intents.tokens import reference_cut; reference_cut('护照')"
    ran = subprocess.run(  # noqa: S603  (our own interpreter, our own program)
        [sys.executable, "-W", "always", "-c", program],
        capture_output=True,
        check=True,
        env={
            "TMPDIR": str(tmp_path / "temp"),
            "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"),  # as on the first start of all
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
    )
    assert (ran.stdout, ran.stderr) == (b"", b"")
    assert list((tmp_path / "temp").iterdir()) == []


def test_the_yardstick_is_jieba_itself() -> None:
    assert reference_cut("身份证丢了") == ["身份证", "丢", "了"]
