from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.civic.ids import NOT_OURS
from data.civic.knowing.releases import Release, Thresholds
from data.civic.labels import Next
from intents.scorer import Scorer
from intents.understand import Ear


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("护照怎么办", "passport"),
        ("護照怎麼辦", "passport"),
        ("护 照 怎 么 办", "passport"),
        ("嗯那个我想问一下护照咋弄", "passport"),
        ("身份证丢了", "id_card_replace"),
        ("提取公积金", "housing_fund_withdraw"),
        ("你好", "greeting"),
    ],
)
def test_what_is_clear_is_answered(ear: Ear, text: str, intent: str) -> None:
    heard = ear.understand(text)
    assert (heard.intent, heard.next, heard.sure) == (intent, Next.ANSWER, True)


def test_candidates_are_the_best_first_and_share_at_most_one(ear: Ear) -> None:
    shares = [one.confidence for one in ear.understand("证丢了要多久").candidates]
    assert len(shares) == 4
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= 1


def test_what_is_not_ours_is_never_a_candidate(ear: Ear) -> None:
    heard = ear.understand("今天天气怎么样")
    assert NOT_OURS not in [one.intent for one in heard.candidates]
    assert heard.next is Next.REFUSE


def test_an_unknown_question_with_a_service_in_it_is_searched(ear: Ear) -> None:
    assert ear.understand("护照今天天气怎么样讲个笑话推荐一部电影").next is Next.SEARCH


def test_between_two_the_citizen_is_asked(small: Release, scorer: Scorer) -> None:
    strict = Thresholds(answer_score=9, answer_margin=9, clarify_score=-9, temperature=0.2)
    rules = replace(small.rules, thresholds=strict)
    heard = Ear(replace(small, rules=rules), scorer).understand("护照怎么办")
    assert (heard.next, heard.sure, heard.intent) == (Next.CLARIFY, False, "passport")


def test_a_question_about_another_city_is_refused_though_the_service_is_known(ear: Ear) -> None:
    heard = ear.understand("北京公积金怎么提取")
    assert (heard.next, heard.sure) == (Next.REFUSE, False)
    assert (heard.intent, heard.slots.elsewhere) == ("housing_fund_withdraw", "北京")


def test_an_intent_that_is_asked_about_other_places_is_answered(ear: Ear) -> None:
    assert ear.understand("住北京看病医保怎么弄").next is Next.ANSWER


def test_only_an_aspect_has_an_aspect_and_guesses(ear: Ear) -> None:
    heard = ear.understand("多久？")
    assert heard.aspect == "duration"
    assert heard.candidates
    assert not heard.sure


@pytest.mark.parametrize("text", ["", " ", "？？？", "\ud800", "\x00", "😀"])
def test_where_nothing_is_said_nothing_is_guessed(ear: Ear, text: str) -> None:
    heard = ear.understand(text)
    assert (heard.candidates, heard.next) == ((), Next.REFUSE)


def test_without_a_model_aspect_and_facts_are_still_heard(deaf: Ear) -> None:
    heard = deaf.understand("临浦镇办护照多少钱")
    assert (heard.candidates, heard.sure) == ((), False)
    assert (heard.aspect, heard.slots.place) == ("fee", "临浦镇")
    assert heard.next is Next.SEARCH


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_breaks_the_ear(ear: Ear, text: str) -> None:
    assert ear.understand(text) == ear.understand(text)


@pytest.mark.parametrize("text", ["水" * 10_000, "a1" * 5_000, "ﷺ" * 10_000, "那个" * 5_000])
def test_ten_thousand_characters_are_borne(ear: Ear, text: str) -> None:
    assert ear.understand(text).text
