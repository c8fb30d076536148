"""The gate: the shipped release passes, a wrong answer is named, and nothing is left behind."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pymongo import MongoClient

from bot.first_release import Shipped
from bot.house import House
from data.civic.ids import IntentId
from data.civic.knowing.releases import GoldenQuestion
from data.civic.labels import Aspect
from data.store.collection import Document
from data.store.indexes import INDEXES
from handlers.directory import directory
from handlers.golden import failing
from tests.conftest import DATABASE
from tests.houses import house_of
from tests.witness import OWN

ASKED = GoldenQuestion(
    text="办本护照一共多少钱",
    intent=IntentId("passport"),
    aspect=Aspect.FEE,
    phrase="每本120元",
)
"""A question that release one answers rightly."""


async def _failing(house: House, *asked: GoldenQuestion) -> tuple[str, ...]:
    """Ask these questions instead of the release's own."""
    office = house.office()
    release = replace(office.release, golden=asked)
    return await failing(replace(office, release=release), directory())


async def test_the_shipped_release_passes(house: House) -> None:
    assert await failing(house.office(), directory()) == ()


def test_every_busy_intent_is_asked_about(shipped: Shipped) -> None:
    asked = {question.intent for question in shipped.release.golden}
    busy = {one.id for one in shipped.release.intents.values() if one.traffic != "low"}
    assert not busy - asked
    assert len(shipped.release.golden) >= 200
