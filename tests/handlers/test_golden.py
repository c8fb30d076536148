"""The gate: the shipped release passes, a wrong answer is named, and nothing is left behind."""

from dataclasses import replace

import pytest
from pymongo import MongoClient

from bot.clock import SystemClock
from bot.first_release import install
from bot.house import House
from bot.settings import Settings
from data.civic.errors import Mistakes
from data.civic.ids import GuideId, IntentId
from data.civic.knowing.releases import GoldenQuestion, Release
from data.civic.labels import Aspect, Traffic
from data.store.collection import Document
from data.store.indexes import INDEXES
from data.store.stores import Stores
from handlers.directory import directory
from handlers.golden import failing
from handlers.office import Office
from intents.understand import Ear
from tests.conftest import DATABASE
from tests.witness import OWN

RIGHT = GoldenQuestion(
    text="出国用的护照，办一本要多少钱",
    intent=IntentId("passport"),
    aspect=Aspect.FEE,
    phrase="每本120元",
)
"""What release one hears and answers rightly."""


async def test_the_shipped_release_passes(house: House) -> None:
    assert await failing(house.office(), directory()) == ()


def test_the_questions_follow_the_traffic(house: House) -> None:
    release = house.office().release
    asked = [question.intent for question in release.golden]
    wanted = {Traffic.HIGH: 2, Traffic.MID: 1, Traffic.LOW: 0}
    few = [one.id for one in release.intents.values() if asked.count(one.id) < wanted[one.traffic]]
    assert not few
    assert len(asked) >= 200


async def test_a_question_is_asked_once(house: House) -> None:
    texts = [question.text for question in house.office().release.golden]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (replace(RIGHT, intent=IntentId("marriage")), "heard as passport, not marriage"),
        (replace(RIGHT, aspect=Aspect.PLACE), "aspect fee, not place"),
        (replace(RIGHT, aspect=None), "aspect fee, not None"),
        (replace(RIGHT, phrase="每本999元"), "no 每本999元"),
    ],
)
async def test_a_broken_question_is_named(house: House, broken: GoldenQuestion, why: str) -> None:
    office = house.office()
    asked = _asking(office.release, RIGHT, broken)
    assert await failing(replace(office, release=asked), directory()) == (f"{broken.text}: {why}",)


async def test_an_answer_that_cannot_be_given_is_named(house: House) -> None:
    office = house.office()
    passport = replace(office.release.intents[RIGHT.intent], guide=GuideId("gone"))
    intents = {**office.release.intents, passport.id: passport}
    asked = replace(_asking(office.release, RIGHT), intents=intents)
    (wrong,) = await failing(replace(office, release=asked), directory())
    assert wrong == f"{RIGHT.text}: passport has no guide: write guides/passport.toml"


async def test_the_gate_leaves_nothing_in_the_database(
    house: House, raw: MongoClient[Document]
) -> None:
    before = _everything(raw)
    office, desks = house.office(), directory()
    assert any(question.intent in desks.by_intent for question in office.release.golden)
    await failing(office, desks)
    await office.stores.drain()
    assert _everything(raw) == before


async def test_a_release_that_fails_is_not_made_current(
    house: House, stores: Stores, clock: SystemClock
) -> None:
    async def gate(release: Release, ear: Ear) -> tuple[str, ...]:
        asked = _asking(release, replace(RIGHT, phrase="每本999元"))
        office: Office = replace(house.office(), release=asked, ear=ear)
        return await failing(office, directory())

    models = Settings().home / "models"
    with pytest.raises(Mistakes, match="每本999元"):
        await install(stores.releases, models, directory(), clock, gate=gate)
    assert await stores.releases.current() is None


def _asking(release: Release, *asked: GoldenQuestion) -> Release:
    """Give a release with these golden questions in place of its own."""
    return replace(release, golden=asked)


def _everything(raw: MongoClient[Document]) -> dict[str, list[Document]]:
    """Read every document of every collection."""
    return {name: list(raw[DATABASE][name].find({}, comment=OWN)) for name in INDEXES}
