"""Journey 2: "I want a subsidy". Which one is asked, in few choices; none of them is heard, too."""

import pytest
from pymongo import MongoClient

from data.civic.talk.unanswered import Why
from data.store.collection import Document
from tests.conftest import DATABASE
from tests.journeys.county import County
from tests.journeys.phones import choices_in
from tests.witness import OWN

VAGUE = "我要补贴"


async def test_at_most_four_choices_are_shown_and_the_last_is_none_of_them(
    county: County,
) -> None:
    answer = await (await county.mini()).ask(VAGUE)
    assert answer.outcome == "clarifying"
    assert 2 <= len(answer.choices) <= 4
    assert answer.choices[-1] == "都不是"


@pytest.mark.parametrize("said", ["1", "１", "一", "第一个", "选1", "1。", "{first}", "{first}吧"])
async def test_the_first_choice_is_picked_by_its_number_or_its_words(
    county: County, said: str
) -> None:
    phone = await county.wechat()
    first = choices_in(await phone.ask(VAGUE))[0]
    answer = await phone.ask(said.format(first=first))
    assert answer.startswith(opening(county, first))


async def test_a_number_that_no_choice_has_shows_the_choices_once_more(county: County) -> None:
    phone = await county.wechat()
    offered = choices_in(await phone.ask(VAGUE))
    assert choices_in(await phone.ask("9")) == offered
    assert (await phone.ask("1")).startswith(opening(county, offered[0]))


@pytest.mark.parametrize("said", ["都不是", "0", "4", "没有我要的"])
async def test_who_picks_none_is_told_the_way_on_and_staff_find_the_question(
    county: County, said: str
) -> None:
    mini = await county.mini()
    await mini.ask(VAGUE)
    answer = await mini.ask(said)
    assert answer.outcome == "signposted"
    assert "12345" in answer.text
    assert "人工" in answer.text
    (kept,) = await county.house.stores.unanswered.list(10)
    assert (kept.text, kept.why) == (VAGUE, Why.UNSURE)


async def test_another_question_instead_of_a_choice_is_answered(county: County) -> None:
    mini = await county.mini()
    await mini.ask(VAGUE)
    assert (await mini.ask("护照怎么办")).body["intent"] == "passport"


async def test_a_question_that_is_kept_shows_no_telephone_anywhere(
    county: County, raw: MongoClient[Document]
) -> None:
    mini = await county.mini()
    assert (await mini.ask("我的电话13800138000，我要补贴")).outcome == "clarifying"
    kept = raw[DATABASE]["conversations"].find({}, comment=OWN)
    assert "13800138000" not in str(list(kept))
    await mini.ask("都不是")
    (question,) = await county.house.stores.unanswered.list(10)
    assert "138****8000" in question.text


async def test_what_is_not_known_is_said_so_with_a_way_on_and_kept(county: County) -> None:
    answer = await (await county.mini()).ask("量子力学是什么")
    assert answer.outcome in ("refused", "clarifying")
    assert "12345" in answer.text
    (kept,) = await county.house.stores.unanswered.list(10)
    assert (kept.text, kept.why) == ("量子力学是什么", Why.UNKNOWN)


def opening(county: County, choice: str) -> str:
    """Tell how the guide begins that a choice leads to."""
    release = county.office.release
    (intent,) = (one for one in release.intents.values() if one.title == choice)
    guide = release.guide_of(intent.id)
    assert guide is not None
    return f"【{guide.title}】"
