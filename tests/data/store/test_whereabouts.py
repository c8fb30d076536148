"""Steps, marks and appeals in the store: once each, sealed, found along an index."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import Conflict
from data.civic.ids import (
    AppealId,
    AreaCode,
    ConversationId,
    EventId,
    MarkListId,
    PersonId,
    StaffId,
)
from data.civic.knowing.colour_rules import ColourRules
from data.civic.safety.appeals import Answer, Appeal, Outcome, Shown, reply
from data.civic.safety.colours import Subject, colour_of
from data.civic.safety.marks import ListState, Mark, MarkKind, MarkList, approve, end, mark_id
from data.civic.safety.whereabouts import By, Stage
from data.store.collection import Document
from data.store.stores import Stores
from tests.bulletins import START, VILLAGE
from tests.conftest import DATABASE
from tests.safety import AT, EVENT, OLD_HOUSE, situation, step
from tests.safety import WANG as OFFICER
from tests.townsfolk import NEXT_VILLAGE, person, settled
from tests.witness import OWN

ME = PersonId(1)
OTHER_EVENT = EventId("flood")


async def test_the_same_step_five_times_is_one(stores: Stores) -> None:
    one = step(Stage.RELATIVES, by=By.FAMILY)
    for _ in range(5):
        await stores.whereabouts.add(one)
    assert await stores.whereabouts.of_person(ME, [EVENT]) == [one]
    assert await stores.whereabouts.get(one.id) == one
    with pytest.raises(Conflict):
        await stores.whereabouts.add(replace(one, who="李敏"))


async def test_a_batch_sent_again_adds_what_is_new_and_names_what_differs(stores: Stores) -> None:
    first, second = step(key="a"), step(key="b", person=2)
    assert await stores.whereabouts.add_all([first]) == []
    other = replace(first, stage=Stage.HOSPITAL)
    assert await stores.whereabouts.add_all([first, second]) == []
    assert await stores.whereabouts.add_all([other, second]) == [other]
    found = await stores.whereabouts.of_villages([VILLAGE, NEXT_VILLAGE], [EVENT, OTHER_EVENT])
    assert sorted(one.id for one in found) == ["a", "b"]
    assert await stores.whereabouts.of_villages([VILLAGE], []) == []
    assert await stores.whereabouts.of_person(ME, [OTHER_EVENT]) == []


async def test_no_name_stands_in_the_open(stores: Stores, raw: MongoClient[Document]) -> None:
    await stores.whereabouts.add(step(Stage.MOVING, by=By.FAMILY, who="王小敏", helper="陈网格"))
    await stores.appeals.add(appeal())
    for name in ("whereabouts", "appeals"):
        (kept,) = raw[DATABASE][name].find({"_id": {"$exists": True}}, comment=OWN)
        for secret in ("王小敏", "陈网格", "我没有住在", "openid-7"):
            assert secret not in str(kept)


def mark(number: int = 1, **more: object) -> Mark:
    given = {
        "id": mark_id(EVENT, PersonId(number), MarkKind.NEEDS_HAND),
        "event": EVENT,
        "person": PersonId(number),
        "village": VILLAGE,
        "kind": MarkKind.NEEDS_HAND,
        "by": (OFFICER,),
        "at": AT,
    }
    return Mark(**(given | more))  # type: ignore[arg-type]


async def test_marks_are_found_by_person_event_and_night(stores: Stores) -> None:
    for one in (mark(1), mark(2, at=AT + timedelta(days=1))):
        await stores.marks.add(one)
        await stores.marks.add(one)
    ended = await stores.marks.change(mark(1).id, lambda one: end(one, AT))
    assert not ended.live
    assert await stores.marks.of_person(ME, [EVENT]) == [ended]
    assert len(await stores.marks.of_events([EVENT])) == 2
    night = await stores.marks.between(START, AT + timedelta(hours=1))
    assert [one.person for one in night] == [ME]


async def test_lists_are_found_by_how_they_stand(stores: Stores) -> None:
    one = MarkList(
        id=MarkListId("l"),
        event=EVENT,
        area=VILLAGE,
        kind=MarkKind.NEEDS_HAND,
        people=(ME,),
        author=OFFICER,
        at=AT,
    )
    await stores.mark_lists.add(one)
    assert await stores.mark_lists.of(EVENT, ListState.PROPOSED) == [one]
    signed = await stores.mark_lists.change(one.id, lambda it: approve(it, StaffId("li"), AT))
    assert await stores.mark_lists.of(EVENT, ListState.PROPOSED) == []
    assert await stores.mark_lists.of(EVENT, ListState.APPROVED) == [signed]
    assert await stores.mark_lists.between(START, AT + timedelta(hours=1)) == [signed]


def appeal() -> Appeal:
    village = Subject(village=VILLAGE)
    return Appeal(
        id=AppealId("a"),
        person=ME,
        village=VILLAGE,
        conversation=ConversationId("terminal/county/openid-7"),
        shown=Shown.of(colour_of(village, situation(), ColourRules())),
        words="我没有住在危房。",
        at=AT,
    )


async def test_an_appeal_is_open_until_it_is_answered(stores: Stores) -> None:
    await stores.appeals.add(appeal())
    assert await stores.appeals.open(9) == [appeal()]
    said = Answer(outcome=Outcome.EXPLAINED, words="您家在危房名单上。", by=OFFICER, at=AT)
    answered = await stores.appeals.change(
        AppealId("a"), lambda one: reply(one, said, concerned=())
    )
    assert await stores.appeals.open(9) == []
    assert await stores.appeals.of_person(ME, 9) == [answered]
    assert await stores.appeals.between(START, AT + timedelta(hours=1), 9) == [answered]


async def test_people_are_read_class_by_class(stores: Stores) -> None:
    await settled(
        stores,
        person(1, tags=OLD_HOUSE),
        person(2, tags=OLD_HOUSE),
        person(3),
        person(4, village=NEXT_VILLAGE, grid=None),
    )
    found = await stores.risk_classes.within([VILLAGE, NEXT_VILLAGE])
    classes = {(one.village, one.tags): set(one.people) for one in found}
    assert classes == {
        (VILLAGE, OLD_HOUSE): {1, 2},
        (VILLAGE, frozenset()): {3},
        (NEXT_VILLAGE, frozenset()): {4},
    }


async def test_what_has_changed_meanwhile_is_not_overwritten(stores: Stores) -> None:
    one = MarkList(
        id=MarkListId("l"),
        event=EVENT,
        area=VILLAGE,
        kind=MarkKind.NEEDS_HAND,
        people=(ME,),
        author=OFFICER,
        at=AT,
    )
    await stores.marks.add(mark())
    await stores.mark_lists.add(one)
    await stores.appeals.add(appeal())
    said = Answer(outcome=Outcome.UPHELD, words="已更正。", by=OFFICER, at=AT)
    ended, signed = end(mark(), AT), approve(one, StaffId("li"), AT)
    answered = reply(appeal(), said, concerned=())
    await stores.marks.save(ended)
    await stores.mark_lists.save(signed)
    await stores.appeals.save(answered)
    assert await stores.marks.get(ended.id) == ended
    assert await stores.mark_lists.get(signed.id) == signed
    assert await stores.appeals.get(answered.id) == answered
    with pytest.raises(Conflict):
        await stores.marks.save(ended)
    with pytest.raises(Conflict):
        await stores.mark_lists.save(signed)
    with pytest.raises(Conflict):
        await stores.appeals.save(answered)


async def test_who_is_said_to_have_moved_and_was_never_scanned_is_counted(stores: Stores) -> None:
    said = [
        step(Stage.SHELTER, by=By.STAFF, person=1, key="1"),
        step(Stage.RELATIVES, by=By.FAMILY, person=2, key="2", home=NEXT_VILLAGE),
        step(Stage.HOSPITAL, by=By.FAMILY, person=3, key="3"),
        step(Stage.SHELTER, by=By.SCAN, person=3, key="3-scan"),
        step(Stage.MOVING, by=By.SELF, person=4, key="4"),
        step(Stage.AGREED, by=By.STAFF, person=5, key="5"),
        step(Stage.SHELTER, by=By.STAFF, person=6, key="6", event=OTHER_EVENT),
    ]
    assert await stores.whereabouts.add_all(said) == []
    town = AreaCode(VILLAGE[:9])
    counted = await stores.whereabouts.not_scanned(EVENT, town)
    assert counted == {VILLAGE: 1, NEXT_VILLAGE: 1}
    assert await stores.whereabouts.not_scanned(EVENT, NEXT_VILLAGE) == {NEXT_VILLAGE: 1}
    assert await stores.whereabouts.not_scanned(EVENT, AreaCode("330109999")) == {}
    for village, count in counted.items():
        people = await stores.whereabouts.people_not_scanned(EVENT, village)
        assert len(people) == count
    assert await stores.whereabouts.people_not_scanned(EVENT, VILLAGE) == [ME]
    assert await stores.whereabouts.people_not_scanned(OTHER_EVENT, NEXT_VILLAGE) == []


async def test_steps_of_some_people_are_listed_and_of_nobody_else(stores: Stores) -> None:
    mine, later, yours = step(key="1"), step(key="2", minute=20), step(key="3", person=2)
    others = [step(key="4", person=3), step(key="5", event=OTHER_EVENT)]
    await stores.whereabouts.add_all([mine, later, yours, *others])
    found = await stores.whereabouts.of_people([ME, PersonId(2), PersonId(9)], [EVENT])
    assert sorted(found, key=lambda one: one.id) == [mine, later, yours]
    both = await stores.whereabouts.of_people([ME], [EVENT, OTHER_EVENT])
    assert sorted(one.id for one in both) == ["1", "2", "5"]
    for people, events in (([], [EVENT]), ([ME], []), ([PersonId(9)], [EVENT])):
        assert await stores.whereabouts.of_people(people, events) == []


async def test_who_was_ever_with_relatives_in_a_village_is_named_once(stores: Stores) -> None:
    said = [
        step(Stage.RELATIVES, by=By.FAMILY, person=2, key="1", home=NEXT_VILLAGE),
        step(Stage.RELATIVES, by=By.STAFF, person=2, key="2", home=NEXT_VILLAGE, minute=20),
        step(Stage.RELATIVES, by=By.FAMILY, person=1, key="3"),
        step(Stage.SHELTER, person=1, key="4", minute=30),
        step(Stage.RELATIVES, by=By.FAMILY, person=3, key="5", village=NEXT_VILLAGE),
        step(Stage.SHELTER, person=4, key="6"),
        step(Stage.RELATIVES, by=By.FAMILY, person=5, key="7", event=OTHER_EVENT),
    ]
    assert await stores.whereabouts.add_all(said) == []
    found = await stores.whereabouts.with_relatives([VILLAGE], [EVENT])
    assert found == [1, 2]
    everywhere = [VILLAGE, NEXT_VILLAGE]
    assert await stores.whereabouts.with_relatives(everywhere, [EVENT, OTHER_EVENT]) == [1, 2, 3, 5]
    assert await stores.whereabouts.with_relatives([NEXT_VILLAGE], [OTHER_EVENT]) == []
    for villages, events in (([], [EVENT]), ([VILLAGE], [])):
        assert await stores.whereabouts.with_relatives(villages, events) == []
