"""The directory refuses a release in which something would go unanswered or unsaid."""

from dataclasses import replace

import pytest

from bot.first_release import Shipped
from data.civic.errors import NotFound
from data.civic.ids import IntentId
from data.civic.knowing.releases import Intent, Release
from data.civic.knowing.sentences import Sentence
from data.civic.labels import Kind
from handlers.desk import Desk
from handlers.directory import DESKS, directory


@pytest.fixture
def release(shipped: Shipped) -> Release:
    return shipped.release


def wrong(release: Release) -> list[str]:
    return [str(one) for one in directory().check(release)]


def test_the_shipped_release_is_whole(release: Release) -> None:
    assert wrong(release) == []


def test_every_word_that_is_said_must_be_there(release: Release) -> None:
    for key in directory().words:
        words = {name: sentence for name, sentence in release.words.items() if name != key}
        assert wrong(replace(release, words=words)) == [f"wording: [{key}] is missing"]


def test_a_placeholder_that_nobody_fills_is_named(release: Release) -> None:
    odd = Sentence(full="您好{name}", plain="您好", spoken="您好")
    words = {**release.words, "welcome": odd}
    assert wrong(replace(release, words=words)) == ["wording: [welcome] has no placeholder {name}"]


def test_an_intent_without_a_desk_is_named(release: Release) -> None:
    without = directory(tuple(desk for desk in DESKS if desk.name != "guides"))
    said = [str(one) for one in without.check(release)]
    assert any("passport" in one and "no desk answers" in one for one in said)
    with pytest.raises(NotFound, match="passport"):
        without.binding(release.intents[IntentId("passport")])


@pytest.mark.parametrize("intent", ["greeting", "warning_now", "safe_report"])
def test_an_intent_that_has_nothing_to_say_is_named(release: Release, intent: str) -> None:
    bare: Intent = replace(release.intents[IntentId(intent)], answer=None)
    intents = {**release.intents, bare.id: bare}
    assert any(
        intent in one and "[answer]" in one for one in wrong(replace(release, intents=intents))
    )


def test_a_slot_that_is_needed_brings_its_question(release: Release) -> None:
    desk = Desk("pets")
    desk.on("pet", needs=("plate",))(DESKS[0].by_intent[IntentId("elderly_mode")].handler)
    said = [str(one) for one in directory((*DESKS, desk)).check(release)]
    assert said == ["wording: [ask_plate] is missing"]


def test_every_kind_has_its_desk() -> None:
    known = directory()
    assert set(Kind) - known.by_kind.keys() <= {Kind.TICKET}, "tickets are bound by their ids"
