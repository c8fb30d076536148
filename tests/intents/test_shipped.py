"""The shipped release, heard by the ear that it trains: the promises made with it."""

import tomllib

import pytest

from bot.first_release import Shipped
from data.civic.ids import NOT_OURS
from data.civic.knowing.releases import Release
from data.civic.labels import Aspect
from intents.evaluate import evaluate
from intents.understand import Ear


@pytest.fixture
def content(shipped: Shipped) -> Release:
    return shipped.release


@pytest.fixture(scope="module")
def county(shipped: Shipped) -> Ear:
    return shipped.ear()


def test_unseen_sentences_are_understood(content: Release, county: Ear) -> None:
    rows = [(row.text, row.intent, 1.0) for row in content.held_out if row.intent != NOT_OURS]
    report = evaluate(county, rows)
    assert report.accuracy >= 0.85
    assert report.top3 >= 0.95
    assert report.wrong_answered <= 0.05


def test_what_is_not_ours_is_hardly_ever_answered(content: Release, county: Ear) -> None:
    rows = [(row.text, row.intent, 1.0) for row in content.held_out if row.intent == NOT_OURS]
    report = evaluate(county, rows)
    assert report.answered <= 0.03


def test_every_example_of_danger_is_heard_and_no_look_alike(shipped: Shipped, county: Ear) -> None:
    rules = tomllib.loads(shipped.files["rules/danger.toml"].decode())
    told = [text for rule in rules["danger"] for text in rule["examples"]]
    alike = [text for rule in rules["look_alike"] for text in rule["examples"]]
    assert [text for text in told if not county.understand(text).danger] == []
    assert [text for text in alike if county.understand(text).danger] == []


def test_every_example_of_an_aspect_is_heard(shipped: Shipped, county: Ear) -> None:
    rules = tomllib.loads(shipped.files["rules/aspects.toml"].decode())
    wrong = [
        (text, rule["id"])
        for rule in rules["aspect"]
        for text in rule["examples"]
        if county.understand(text).aspect != Aspect(rule["id"])
    ]
    assert wrong == []
