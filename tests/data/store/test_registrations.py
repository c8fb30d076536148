"""Registrations and followings: what their stores keep, find, and forget."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pymongo import MongoClient

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ConversationId, PersonId
from data.civic.safety import registrations as moves
from data.civic.safety.registrations import Kind, Registration, Relation, State, registration_id
from data.civic.sending.followings import Audience, Following, Whose
from data.store.collection import Document
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.townsfolk import LINPU, NEXT_VILLAGE, VILLAGE
from tests.witness import OWN

WANG, LI = ConversationId("wechat/county/wang"), ConversationId("wechat/county/li")


def asked(
    conversation: ConversationId = WANG, person: int = 1, *, minutes_ago: float = 0
) -> Registration:
    return Registration(
        id=registration_id(builders.seal(), conversation, PersonId(person)),
        conversation=conversation,
        person=PersonId(person),
        kind=Kind.PROXY,
        state=State.ASKED,
        relation=Relation.MOTHER,
        name="李小芳",
        code="1234",
        asked_at=builders.now() - timedelta(minutes=minutes_ago),
    )


async def test_what_is_kept_comes_back_and_the_name_is_sealed(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    one = asked()
    assert await stores.registrations.add(one) is one
    assert await stores.registrations.get(one.id) == one
    assert await stores.registrations.add(replace(one, code="9999")) == one
    (document,) = raw[DATABASE]["registrations"].find({}, comment=OWN)
    assert "李小芳" not in str(document)
    assert b"\xe6\x9d\x8e" not in document["name"]


async def test_they_are_found_by_conversation_and_by_person_oldest_first(stores: Stores) -> None:
    newer, older, other = asked(), asked(person=2, minutes_ago=5), asked(LI)
    for one in (newer, older, other):
        await stores.registrations.add(one)
    assert await stores.registrations.of_conversation(WANG) == [older, newer]
    assert await stores.registrations.of_person(PersonId(2)) == [older]
    both = await stores.registrations.of_person(PersonId(1))
    assert {one.id for one in both} == {newer.id, other.id}


async def test_a_change_is_written_over_the_version_that_was_read(stores: Stores) -> None:
    one = await stores.registrations.add(asked())
    over = await stores.registrations.change(one.id, lambda x: moves.end(x, "wang", builders.now()))
    assert over.state is State.ENDED
    with pytest.raises(Conflict):
        await stores.registrations.save(replace(one, muted=True, version=1))


async def test_what_is_over_is_purged_and_what_stands_is_not(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    one, two = asked(), asked(LI)
    await stores.registrations.add(one)
    await stores.registrations.add(two)
    await stores.registrations.change(one.id, lambda x: moves.end(x, "wang", builders.now()))
    kept = {
        d["_id"]: d.get("purge_at") for d in raw[DATABASE]["registrations"].find({}, comment=OWN)
    }
    assert kept[one.id] is not None
    assert kept[two.id] is None


async def test_people_and_conversations_are_forgotten(stores: Stores) -> None:
    for one in (asked(), asked(person=2), asked(LI)):
        await stores.registrations.add(one)
    assert await stores.registrations.forget([PersonId(1)]) == 2
    assert await stores.registrations.forget_conversation(WANG) == 1
    assert await stores.registrations.of_conversation(WANG) == []


def follows(conversation: ConversationId, area: AreaCode, *, minutes_ago: float = 60) -> Following:
    since = builders.now() - timedelta(minutes=minutes_ago)
    return Following(conversation=conversation, area=area, whose=Whose.FAMILY, since=since)


async def test_places_are_followed_once_and_stopped_at_once(stores: Stores) -> None:
    first = follows(WANG, VILLAGE)
    await stores.followings.follow(first)
    await stores.followings.follow(follows(WANG, VILLAGE, minutes_ago=1))
    await stores.followings.follow(follows(WANG, NEXT_VILLAGE))
    await stores.followings.follow(follows(LI, VILLAGE))
    assert (await stores.followings.of(WANG))[0] == first
    assert await stores.followings.stop(WANG, VILLAGE)
    assert not await stores.followings.stop(WANG, VILLAGE)
    assert await stores.followings.stop_all(WANG) == 1
    assert await stores.followings.of(WANG) == []
    assert len(await stores.followings.of(LI)) == 1


async def found(stores: Stores, audience: Audience, *, at: datetime) -> list[ConversationId]:
    """Tell who is found, and note that they are told."""
    some = [one.conversation for one in await stores.followings.find(audience, at, 9)]
    await stores.followings.note_told(some, audience.informing)
    return sorted(some)


async def test_each_follower_is_found_until_told_of_a_warning(stores: Stores) -> None:
    now = builders.now()
    for one in (follows(WANG, VILLAGE), follows(LI, LINPU), follows(LI, NEXT_VILLAGE)):
        await stores.followings.follow(one)
    late = replace(follows(WANG, LINPU), since=builders.now() + timedelta(minutes=1))
    await stores.followings.follow(late)
    told = Audience(informing=7, areas=(VILLAGE, LINPU), since=now)
    for _ in range(2):
        assert len(await stores.followings.find(told, now, 9)) == 2, "nobody has been told yet"
    assert len(await stores.followings.find(told, now, 1)) == 1
    assert await found(stores, told, at=now) == sorted([WANG, LI])
    assert await found(stores, told, at=now) == []
    assert await found(stores, replace(told, informing=8), at=now) == sorted([WANG, LI])


async def test_who_follows_two_places_of_a_warning_is_found_once(stores: Stores) -> None:
    for area in (VILLAGE, NEXT_VILLAGE):
        await stores.followings.follow(follows(WANG, area))
    now = builders.now()
    told = Audience(informing=7, areas=(VILLAGE, NEXT_VILLAGE), since=now)
    (first,) = await stores.followings.find(told, now, 9)
    assert await found(stores, told, at=now) == [WANG]
    assert await found(stores, told, at=now) == []
    await stores.followings.put_back(first, 7, until=now + timedelta(seconds=15))
    assert await found(stores, told, at=now) == []
    assert await found(stores, told, at=now + timedelta(seconds=16)) == [WANG]


async def test_a_lift_is_for_those_who_were_told_and_the_rest_for_the_others(
    stores: Stores,
) -> None:
    now = builders.now()
    await stores.followings.follow(follows(WANG, VILLAGE))
    first = Audience(informing=7, areas=(VILLAGE,), since=now)
    assert await found(stores, first, at=now) == [WANG]
    await stores.followings.follow(follows(LI, VILLAGE))
    lift = replace(first, informing=8, told=frozenset({7}))
    rest = replace(first, informing=9, untold=frozenset({7}))
    for audience, who in ((lift, WANG), (rest, LI)):
        assert await found(stores, audience, at=now) == [who]
        assert await found(stores, audience, at=now) == []
