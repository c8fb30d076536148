"""From approved sentences to words for one citizen."""

import pytest

from bot.first_release import Shipped
from data.civic.errors import NotFound
from data.civic.knowing.sentences import Sentence
from handlers.wording import said, say, written


def test_all_three_versions_are_filled() -> None:
    sentence = Sentence(full="请打{phone}。", plain="打{phone}", spoken="请打{phone}")
    words = said(sentence, phone="12345")
    assert (words.full, words.plain, words.spoken) == ("请打12345。", "打12345", "请打幺二三四五")


def test_a_value_with_braces_stays_as_it_is() -> None:
    sentence = Sentence(full="结果：{result}", plain="{result}", spoken="{result}")
    assert said(sentence, result="{phone}{0}").full == "结果：{phone}{0}"


def test_a_sentence_that_is_not_there_is_an_error_that_says_where_to_write_it(
    shipped: Shipped,
) -> None:
    for speak in (say, written):
        with pytest.raises(NotFound, match="wording/"):
            speak(shipped.release, "nothing")
