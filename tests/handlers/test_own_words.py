"""What a release has no words for yet is said in the program's own; nothing else changes."""

from dataclasses import replace

import pytest

from bot.first_release import Shipped
from data.civic.knowing.releases import Release
from data.civic.knowing.sentences import Sentence
from handlers.directory import directory
from handlers.own_words import completed

KEYS = ("unknown", "welcome")


@pytest.fixture
def older(shipped: Shipped) -> Release:
    """A release from before these words."""
    words = {key: one for key, one in shipped.release.words.items() if key not in KEYS}
    return replace(shipped.release, words=words)


def test_what_is_missing_is_lent_and_named(older: Release, shipped: Shipped) -> None:
    whole = completed(older)
    assert whole.words == shipped.release.words
    assert whole.lent == set(KEYS)
    assert directory().check(whole) == ()


def test_the_id_and_what_the_house_says_itself_stay(older: Release) -> None:
    ours = Sentence(full="您好", plain="您好", spoken="您好")
    whole = completed(replace(older, words={**older.words, "welcome": ours}))
    assert (whole.id, whole.origin) == (older.id, older.origin)
    assert whole.words["welcome"] is ours
    assert whole.lent == {"unknown"}


def test_a_whole_release_is_lent_nothing(shipped: Shipped) -> None:
    assert completed(shipped.release) is shipped.release


def test_a_second_time_changes_nothing(older: Release) -> None:
    assert completed(completed(older)) == completed(older)


def test_only_what_is_named_is_lent(older: Release) -> None:
    whole = completed(older, only={"welcome", "no such sentence"})
    assert whole.lent == {"welcome"}
    assert [str(one) for one in directory().check(whole)] == ["wording: [unknown] is missing"]


def test_a_placeholder_that_does_not_fit_stays_a_mistake(older: Release) -> None:
    odd = Sentence(full="您好{fax}", plain="您好", spoken="您好")
    whole = completed(replace(older, words={**older.words, "welcome": odd}))
    assert [str(one) for one in directory().check(whole)] == [
        "wording: [welcome] has no placeholder {fax}"
    ]
