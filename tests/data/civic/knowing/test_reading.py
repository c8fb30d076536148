"""What is hard to read is told, with what may be said instead."""

import pytest

from data.civic.knowing.reading import Hard, Hint, ReadingRules, hints

RULES = ReadingRules(
    longest_sentence=20,
    longest_plain_sentence=10,
    official={"逾期": "过期", "特此": ""},
    abbreviations={"人社": "人力资源和社会保障"},
    known_letters=frozenset({"APP"}),
)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("逾期不办。", Hint(hard=Hard.OFFICIAL, words="逾期", instead="过期")),
        (
            "请找人社窗口。",
            Hint(hard=Hard.ABBREVIATION, words="人社", instead="人力资源和社会保障"),
        ),
        ("请用APP办CA证书。", Hint(hard=Hard.ABBREVIATION, words="CA")),
        ("办" * 21, Hint(hard=Hard.LONG_SENTENCE, words="办" * 21)),
    ],
)
def test_a_hard_text_is_told(text: str, hint: Hint) -> None:
    assert hints(text, RULES) == (hint,)


def test_an_easy_text_has_no_hint() -> None:
    assert hints("您好。请带身份证。打12345问。", RULES, plain=True, telephone=True) == ()


def test_a_plain_version_is_measured_more_strictly() -> None:
    assert hints("请带好身份证和户口簿来办", RULES) == ()
    assert [one.hard for one in hints("请带好身份证和户口簿来办", RULES, plain=True)] == [
        Hard.LONG_SENTENCE
    ]


@pytest.mark.parametrize("number", ["12345", "119", "0571-82623456", "13800000000", "{hotline}"])
def test_a_telephone_is_found(number: str) -> None:
    assert hints(f"请打{number}。", RULES, telephone=True) == ()


def test_a_text_that_should_name_a_telephone_and_does_not_is_told() -> None:
    assert [one.hard for one in hints("请来窗口。", RULES, telephone=True)] == [Hard.NO_TELEPHONE]
