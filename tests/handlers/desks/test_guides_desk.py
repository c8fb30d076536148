"""A guide as it holds for one citizen: place, situation, aspect, not stated, old."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.first_release import Shipped
from data.civic.ids import GuideId
from data.civic.knowing.guides import Element, ElementName, Guide, Standing
from data.civic.labels import Outcome
from tests import builders
from tests.conftest import Build
from tests.handlers.talking import Talk, choices, words

ALLOWANCE = GuideId("elderly_allowance")
ASK = "老人高龄补贴怎么办"


Changed = Callable[..., Talk]


@pytest.fixture
def changed(build: Build, shipped: Shipped) -> Changed:
    """Talk with a house in which one guide differs from the shipped one."""

    def talk(guide: Guide, *, production: bool = False) -> Talk:
        guides = {**shipped.release.guides, guide.id: guide}
        other = replace(shipped, release=replace(shipped.release, guides=guides))
        return Talk(build(shipped=other, ear=shipped.ear(), production=production))

    return talk


@pytest.fixture
def guide(shipped: Shipped) -> Guide:
    return shipped.release.guides[ALLOWANCE]


def stating(guide: Guide, name: ElementName, **element: object) -> Guide:
    """Give a guide another element everywhere."""
    told = Element(**{"standing": Standing.FACT, "text": "", "read": True, **element})  # type: ignore[arg-type]
    bare = replace(guide, variants=(), situations=())
    return replace(bare, elements={**guide.elements, name: told})


@pytest.mark.parametrize(
    ("place", "words_of"),
    [("临浦", "临浦镇便民服务中心"), ("新塘", "户口所在镇街")],
)
async def test_the_smallest_area_around_the_citizen_decides(
    talk: Talk, place: str, words_of: str
) -> None:
    assert words_of in words(await talk.say(f"{place}高龄补贴在哪里办"))


async def test_a_situation_that_is_named_changes_the_answer_and_is_remembered(talk: Talk) -> None:
    reply = await talk.say("老人去世了高龄补贴怎么停")
    assert "老人去世后停发" in words(reply)
    assert "老人去世后停发" in words(await talk.say("流程呢"))
    assert "老人去世后停发" not in choices(reply)


async def test_what_is_not_stated_is_said_so_with_a_telephone(
    changed: Changed, guide: Guide
) -> None:
    without = stating(guide, ElementName.FEE, standing=Standing.NOT_STATED)
    reply = await changed(without).say("高龄补贴收费吗")
    assert "没有写明" in words(reply)
    assert "12345" in words(reply)


async def test_an_old_guide_is_never_shown_as_current(changed: Changed, guide: Guide) -> None:
    talk = changed(replace(guide, valid_until=date(2026, 1, 1), checked_on=date(2025, 1, 1)))
    reply = await talk.say(ASK)
    assert reply.outcome is Outcome.SIGNPOSTED
    assert "正在更新" in words(reply)
    assert "户口簿" not in words(reply)
    assert reply.source is None


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        pytest.param({"standing": Standing.FACT, "read": True}, True, id="read"),
        pytest.param({"standing": Standing.FACT, "read": False}, False, id="unread"),
        pytest.param({"standing": Standing.SAMPLE}, False, id="a sample"),
        pytest.param({"standing": Standing.SAMPLE, "adopted": True}, True, id="adopted"),
    ],
)
async def test_production_shows_only_what_is_read_or_adopted(
    changed: Changed, guide: Guide, element: dict[str, object], *, shown: bool
) -> None:
    told = stating(guide, ElementName.FEE, text="申请一律不收费", **element)
    in_earnest = words(await changed(told, production=True).say("高龄补贴收费吗"))
    assert ("申请一律不收费" in in_earnest) is shown
    on_trial = Talk(changed(told).house, by=builders.citizen("other"))
    tried = words(await on_trial.say("高龄补贴收费吗"))
    assert "申请一律不收费" in tried
    assert ("样例待核对" in tried) is not shown


async def test_the_version_is_the_files(talk: Talk, guide: Guide) -> None:
    reply = await talk.say(ASK)
    assert reply.source is not None
    assert reply.source.version == guide.version
    assert guide.version in words(reply)
