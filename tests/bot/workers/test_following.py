"""Followers: told once, at a decent hour, again where the platform was busy, and of the end too."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.following import BUSY, tell_next_followers
from data.civic.calendar import local
from data.civic.errors import BadInput, StoreUnavailable
from data.civic.ids import AreaCode, ConversationId
from data.civic.safety.targets import Target
from data.civic.sending.batches import referred
from data.civic.sending.followings import Following
from data.civic.sending.informing import InformingKind
from data.civic.sending.ladder import CALM
from data.civic.sending.rows import Ending, Rung
from data.civic.shapes import Circle, Point
from data.store.outbox import Outbox
from handlers.acts import inform
from tests import builders
from tests.townsfolk import (
    LINPU,
    NEXT_VILLAGE,
    VILLAGE,
    Remembering,
    informed,
    person,
    request,
    settled,
)

WANG, LI = ConversationId("wechat/county/wang"), ConversationId("wechat/county/li")
PUYANG = AreaCode("330109103")


async def follows(house: House, who: ConversationId, *areas: AreaCode) -> None:
    since = house.clock.now() - timedelta(hours=1)
    for area in areas:
        one = Following(conversation=who, area=area, since=since)
        await house.stores.followings.follow(one)


async def told(house: House, *, ending: Ending = Ending.ACCEPTED) -> list[tuple[str, int]]:
    """Let the worker tell followers in the chat; tell whom, and of which informing."""
    chat = Remembering(rung=Rung.CHAT, answer=lambda _: ending)
    while await tell_next_followers(house.office(), {Rung.CHAT: chat}):
        pass
    return [(str(one.conversation), one.informing) for one in chat.given]


async def test_a_warning_for_two_places_of_one_phone_comes_once(house: House) -> None:
    await follows(house, WANG, LINPU, VILLAGE, NEXT_VILLAGE)
    one = await informed(house)
    assert await told(house) == [(WANG, one.id)]


async def test_who_could_not_be_sent_it_for_the_platform_was_busy_is_sent_it_later(
    house: House, clock: SystemClock
) -> None:
    await follows(house, WANG, LINPU)
    one = await informed(house)
    assert await told(house, ending=Ending.BUSY) == [(WANG, one.id)]
    assert await told(house) == [], "not before a while"
    clock.shift += BUSY
    assert await told(house) == [(WANG, one.id)]
    clock.shift += BUSY
    assert await told(house) == []


@pytest.mark.parametrize("ending", [Ending.UNKNOWN, Ending.REFUSED])
async def test_what_may_have_arrived_or_never_will_is_not_sent_again(
    house: House, clock: SystemClock, ending: Ending
) -> None:
    await follows(house, WANG, LINPU)
    await informed(house)
    assert len(await told(house, ending=ending)) == 1
    clock.shift += BUSY * 2
    assert await told(house) == []


async def test_lifts_and_corrections_reach_the_followers_who_were_told(house: House) -> None:
    await follows(house, WANG, LINPU)
    first = await informed(house)
    await told(house)
    await follows(house, LI, LINPU)
    for key, kind in (("a", InformingKind.CORRECTION), ("b", InformingKind.LIFT)):
        one = await informed(house, key, kind=kind, of=first.id)
        assert await told(house) == [(WANG, one.id)], kind


async def test_who_was_not_told_the_wrong_words_is_told_the_right_ones_as_new(
    house: House,
) -> None:
    await follows(house, WANG, LINPU)
    first = await informed(house)
    await told(house)
    await follows(house, LI, LINPU)
    correction = await informed(house, "a", kind=InformingKind.CORRECTION, of=first.id)
    beside = replace(request("b", kind=InformingKind.NOTICE), beside=(correction.id,))
    rest = await inform.start(house.office(), beside)
    assert sorted(await told(house)) == sorted([(WANG, correction.id), (LI, rest.id)])


async def test_where_other_words_stand_already_followers_are_not_told_the_old_ones(
    house: House,
) -> None:
    await follows(house, WANG, VILLAGE)
    await follows(house, LI, NEXT_VILLAGE)
    one = await informed(house)
    await inform.end_in(house.office(), one, [VILLAGE])
    assert await told(house) == [(LI, one.id)]


async def test_what_was_drawn_on_the_map_reaches_those_who_follow_its_villages(
    house: House,
) -> None:
    home = Point(120.25, 30.05)
    await settled(house.stores, replace(person(1), home=home))
    await house.stores.villages.recount([VILLAGE])
    await follows(house, WANG, VILLAGE)
    await follows(house, LI, PUYANG)
    circle = replace(request(), target=Target(shapes=(Circle(home, 2_000.0),)))
    one = await inform.start(house.office(), circle)
    assert await told(house) == [(WANG, one.id)]


async def test_blue_and_yellow_wake_no_follower(house: House, clock: SystemClock) -> None:
    await follows(house, WANG, LINPU)
    at(clock, hour=23)
    one = await informed(house, urgent=False)
    assert one.rules == CALM
    assert await told(house) == []
    clock.shift += timedelta(hours=7, minutes=5)
    assert await told(house) == [(WANG, one.id)]


async def test_no_receipt_of_a_follower_is_one_of_somebody_on_the_roster(house: House) -> None:
    await follows(house, WANG, LINPU)
    await informed(house)
    chat = Remembering(rung=Rung.CHAT)
    await tell_next_followers(house.office(), {Rung.CHAT: chat})
    with pytest.raises(BadInput, match="no attempt of ours"):
        referred(chat.given[0].reference)


class Lost(Outbox):
    """The database is lost when the throttle reads whether somebody waits for an answer."""

    async def oldest_due(self) -> datetime | None:
        raise StoreUnavailable("no primary")


async def test_who_was_found_when_the_database_was_lost_is_told_at_once_when_it_is_back(
    house: House,
) -> None:
    """Nobody is marked before all is read, and nobody waits for the lease to run out."""
    await follows(house, WANG, LINPU, VILLAGE)
    await follows(house, LI, LINPU)
    one = await informed(house)
    stores = replace(house.stores, outbox=Lost(house.stores.database))
    chat = Remembering(rung=Rung.CHAT)
    with pytest.raises(StoreUnavailable):
        await tell_next_followers(replace(house.office(), stores=stores), {Rung.CHAT: chat})
    assert chat.given == []
    assert sorted(await told(house)) == sorted([(WANG, one.id), (LI, one.id)])
    assert await told(house) == []


async def test_a_house_without_a_way_to_followers_comes_to_an_end(house: House) -> None:
    await follows(house, WANG, LINPU)
    await informed(house)
    assert await tell_next_followers(house.office(), {})
    assert not await tell_next_followers(house.office(), {})


def at(clock: SystemClock, *, hour: int) -> None:
    """Let it be a full hour of today, Beijing time."""
    here = local(builders.now())
    wanted = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    clock.shift += wanted - here
