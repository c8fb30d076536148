import pytest

from data.civic.knowing.releases import Release
from intents.search import GuideSearch, ServiceNames
from tests.intents.small import release


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("护照", "passport"),
        ("出国證件", "passport"),
        ("公积金", "housing_fund_withdraw"),
        ("去外地看病的事", "medical_remote"),
        ("丢失补领", "id_card_replace"),
    ],
)
def test_a_guide_is_found_by_its_title_and_by_everyday_words(
    small: Release, text: str, guide: str
) -> None:
    assert GuideSearch(small).search(text, 3)[0].guide == guide


@pytest.mark.parametrize("text", ["", "今天吃什么", "？", "abc", "\ud800"])
def test_what_shares_nothing_finds_nothing(small: Release, text: str) -> None:
    assert GuideSearch(small).search(text, 3) == ()


def test_hits_are_best_first_and_no_more_than_asked(small: Release) -> None:
    hits = GuideSearch(small).search("身份证 护照 公积金", 2)
    assert len(hits) == 2
    assert 1 >= hits[0].score >= hits[1].score > 0


def test_a_release_without_guides_finds_nothing() -> None:
    empty = release(guides={}, intents={})
    assert GuideSearch(empty).search("护照", 3) == ()
    assert not ServiceNames(empty).heard_in("护照")
