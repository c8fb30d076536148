"""Groups of questions: counted once a message, the worst first, found by what is looked for."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pymongo import MongoClient

from data.civic.ids import AreaCode, DraftId, IntentId, MessageId, ReleaseId, StaffId
from data.civic.talk.gist import gist_of, group_of
from data.civic.talk.groups import Decision, GroupState, Wanted
from data.civic.talk.unanswered import UnansweredQuestion, Why
from data.store import unanswered
from data.store.collection import Document
from data.store.migrations import m0002_question_groups
from data.store.mongo import Database
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.witness import OWN

COUNTY, LINPU, XU = AreaCode("330109"), AreaCode("330109105"), AreaCode("330109105201")
DECIDED = Decision(by=StaffId("li"), at=builders.now(), title="上牌")
OLD, NEW = ReleaseId("a" * 64), ReleaseId("b" * 64)


def question(
    text: str = "电动车怎么上牌", message: str = "m1", **more: object
) -> UnansweredQuestion:
    given = {
        "guess": IntentId("electric_bike_plate"),
        "confidence": 0.4,
        "why": Why.UNKNOWN,
        "area": COUNTY,
        "at": builders.now(),
        "gist": gist_of(text),
        "release": OLD,
    }
    return UnansweredQuestion(
        message=MessageId(message),
        conversation=builders.citizen().id,
        text=text,
        **(given | more),  # type: ignore[arg-type]
    )


async def texts(stores: Stores, wanted: Wanted) -> list[str]:
    found = await stores.question_groups.list(wanted, limit=10)
    return [one.samples[0].text for one in found]


async def test_questions_of_one_gist_are_one_group(stores: Stores) -> None:
    groups = stores.question_groups
    await groups.note(question("电动车怎么上牌", "m1", harm=1.0))
    await groups.note(question("怎么上牌，电动车", "m2", harm=3.0, area=XU, why=Why.USELESS))
    (group,) = await groups.list(Wanted(), limit=10)
    assert (group.count, group.score, group.harm) == (2, 4.0, 2.0)
    assert group.reasons == {Why.UNKNOWN: 1, Why.USELESS: 1}
    assert [one.text for one in group.samples] == ["怎么上牌，电动车", "电动车怎么上牌"]
    assert (group.asked_in(COUNTY), group.asked_in(LINPU)) == (2, 1)
    assert group.guess == "electric_bike_plate"


async def test_a_message_that_comes_again_counts_once(stores: Stores) -> None:
    for _ in range(3):
        await stores.question_groups.note(question())
    group = await stores.question_groups.get(group_of(gist_of("电动车怎么上牌")))
    assert group is not None
    assert (group.count, len(group.samples)) == (1, 1)


async def test_of_many_at_once_none_is_lost(stores: Stores) -> None:
    await asyncio.gather(
        *(stores.question_groups.note(question(message=f"m{n}")) for n in range(40))
    )
    (group,) = await stores.question_groups.list(Wanted(), limit=10)
    assert group.count == 40


async def test_words_that_look_like_operators_are_words(stores: Stores) -> None:
    odd = question("$count 和 $$ROOT", message="$m")
    await stores.question_groups.note(odd)
    (group,) = await stores.question_groups.list(Wanted(), limit=1)
    assert group.samples[0].text == "$count 和 $$ROOT"


async def test_the_worst_come_first(stores: Stores) -> None:
    await stores.question_groups.note(question("轻的", "m1", harm=1.0))
    await stores.question_groups.note(question("重的", "m2", harm=15.0))
    assert await texts(stores, Wanted()) == ["重的", "轻的"]


async def test_a_later_page_goes_on_where_the_one_before_ended(stores: Stores) -> None:
    for n, text in enumerate(("甲丙", "乙丙", "丁丙")):
        await stores.question_groups.note(question(text, f"m{n}", harm=10.0 - n))
    found = await stores.question_groups.list(Wanted(), limit=5, skip=1)
    assert [one.samples[0].text for one in found] == ["乙丙", "丁丙"]
    assert await stores.question_groups.list(Wanted(), limit=5, skip=9) == []


WANTED = [
    Wanted(why=Why.USELESS),
    Wanted(place=LINPU),
    Wanted(month=7),
    Wanted(words="车电"),
    Wanted(guess=IntentId("flood")),
    Wanted(why=Why.USELESS, place=LINPU, month=7, words="电", guess=IntentId("flood")),
]


@pytest.mark.parametrize("wanted", WANTED, ids=repr)
async def test_groups_are_found_by_what_is_looked_for(stores: Stores, wanted: Wanted) -> None:
    await stores.question_groups.note(question("护照在哪办", "m1"))
    july = datetime(2026, 7, 1, tzinfo=UTC)
    await stores.question_groups.note(
        question("电动车", "m2", area=XU, why=Why.USELESS, at=july, guess=IntentId("flood"))
    )
    assert await texts(stores, wanted) == ["电动车"]


async def test_what_was_taught_comes_back_under_a_later_release_alone(stores: Stores) -> None:
    groups, one = stores.question_groups, question()
    await groups.note(one)
    id_ = group_of(one.gist)
    await groups.mark([id_], GroupState.TAUGHT, DECIDED, draft=DraftId("d1"), release=OLD)
    await groups.note(replace(one, message=MessageId("m2")))
    taught = await groups.get(id_)
    assert taught is not None
    assert (taught.state, taught.draft, taught.returned) == (GroupState.TAUGHT, "d1", False)
    assert taught.decided == DECIDED
    await groups.note(replace(one, message=MessageId("m3"), release=NEW))
    back = await groups.get(id_)
    assert back is not None
    assert (back.state, back.draft, back.returned) == (GroupState.OPEN, "d1", True)
    assert await groups.count() == 1


async def test_what_is_not_ours_stays_so(stores: Stores) -> None:
    one = question()
    await stores.question_groups.note(one)
    await stores.question_groups.mark([group_of(one.gist)], GroupState.NOT_OURS, DECIDED)
    await stores.question_groups.note(replace(one, message=MessageId("m2"), release=NEW))
    assert await texts(stores, Wanted()) == []
    assert await texts(stores, Wanted(state=GroupState.NOT_OURS)) == [one.text]


async def test_a_way_of_asking_that_is_too_old_is_forgotten(stores: Stores) -> None:
    now = builders.now()
    await stores.question_groups.note(question("上牌电动车", "m1", at=now - timedelta(days=200)))
    await stores.question_groups.note(question("电动车上牌", "m2", at=now))
    assert await texts(stores, Wanted()) == ["电动车上牌"]


async def test_questions_kept_before_there_were_groups_are_counted_once(
    database: Database, stores: Stores, raw: MongoClient[Document]
) -> None:
    kept = raw[DATABASE][unanswered.COLLECTION]
    for n in range(120):
        document = unanswered.to_document(question(message=f"old-{n}"))
        new = ("gist", "group", "harm", "release", "answer", "guide", "runner_up")
        kept.insert_one({k: v for k, v in document.items() if k not in new}, comment=OWN)
    for _ in range(2):
        await m0002_question_groups.apply(database)
    (group,) = await stores.question_groups.list(Wanted(), limit=10)
    assert group.count == 120
    shown = await stores.unanswered.of_group(group.id, area=COUNTY, limit=200)
    assert len(shown) == 120


async def test_a_groups_questions_are_listed_by_area_newest_first(stores: Stores) -> None:
    now = builders.now()
    for n, area in enumerate((COUNTY, XU, LINPU)):
        one = question(message=f"m{n}", area=area, at=now - timedelta(minutes=n))
        await stores.unanswered.add(one)
    group = group_of(gist_of("电动车怎么上牌"))
    listed = await stores.unanswered.of_group(group, area=LINPU, limit=5)
    assert [one.message for one in listed] == ["m1", "m2"]
    older = await stores.unanswered.of_group(group, area=COUNTY, before=listed[0].at, limit=5)
    assert [one.message for one in older] == ["m2"]


async def test_groups_are_counted_by_state(stores: Stores) -> None:
    await stores.question_groups.note(question("电动车怎么上牌", "m1"))
    await stores.question_groups.note(question("三轮车年检", "m2"))
    one = group_of(gist_of("三轮车年检"))
    await stores.question_groups.mark([one], GroupState.DISMISSED, DECIDED)
    assert await stores.question_groups.count() == 1
    assert await stores.question_groups.count(GroupState.DISMISSED) == 1


async def test_what_a_withdrawn_draft_taught_is_open_again(stores: Stores) -> None:
    groups, asked = (
        stores.question_groups,
        ("电动车怎么上牌", "三轮车年检", "摩托车过户", "货车通行证"),
    )
    for n, text in enumerate(asked):
        await groups.note(question(text, f"m{n}"))
    taught, not_ours, dismissed, other = (group_of(gist_of(text)) for text in asked)
    one, two = DraftId("d1"), DraftId("d2")
    await groups.mark([taught], GroupState.TAUGHT, DECIDED, draft=one)
    await groups.mark([not_ours], GroupState.NOT_OURS, DECIDED, draft=one)
    await groups.mark([dismissed], GroupState.DISMISSED, DECIDED, draft=one)
    await groups.mark([other], GroupState.TAUGHT, DECIDED, draft=two)
    assert [await groups.open_again([one]) for _ in range(2)] == [2, 0]
    assert sorted(await texts(stores, Wanted())) == sorted(asked[:2])
    assert await stores.question_groups.open_again([]) == 0
    assert await groups.count(GroupState.TAUGHT) == 1
