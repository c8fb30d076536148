"""Watching how a new release answers."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.watching import watch
from bot.workshop import Workshop
from data.civic.ids import ReleaseId
from data.civic.knowing.drafts import Draft, Lane
from data.civic.labels import Channel
from data.civic.people import Role
from data.civic.talk.conversations import ConversationKey
from handlers.acts.return_release import return_to
from handlers.acts.returned import by_itself
from tests import builders, small_county
from tests.small_county import People, published, signed
from tests.staffed import hired
from tests.waiting import until

FILES = small_county.small_files()
WORDING = "wording/conversation.toml"
CHANGED = {WORDING: FILES[WORDING] + b"# another\n"}
OLD = small_county.small_release().manifest.id


@pytest.fixture
async def draft(county: House, staff: People, workshop: Workshop) -> Draft:
    """A draft that was published a moment ago."""
    return await published(county, workshop, await signed(county, CHANGED, by=staff))


async def ended(house: House, release: ReleaseId | None, badly: int, asked: int) -> None:
    """So many turns ended, a few minutes before the switch or after it."""
    assert release is not None
    at = house.clock.now() + timedelta(minutes=-20 if release == OLD else 0)
    for n in range(asked):
        house.stores.outcomes.count(release, badly=n < badly, at=at)

    async def written() -> bool:
        tally = await house.stores.outcomes.tally(
            release, since=at, until=at + timedelta(minutes=10)
        )
        return tally.asked >= asked

    await until(written)


async def looked(house: House) -> bool:
    return await watch(house.office(), house.directory.check)


async def test_a_release_that_answers_much_worse_is_taken_back(county: House, draft: Draft) -> None:
    await ended(county, OLD, 5, 100)
    await ended(county, draft.release, 30, 60)
    assert await looked(county)
    assert await county.stores.releases.current() == OLD
    duty = await hired(county, "duty", Role.DUTY)
    told = await by_itself(county.office(), duty)
    assert told is not None
    assert (told.left, told.title) == (draft.release, draft.title)
    assert (told.before.badly, told.before.asked) == (5, 100)
    assert (told.since.badly, told.since.asked) == (30, 60)


async def test_it_is_taken_back_once(county: House, draft: Draft) -> None:
    """What somebody serves again, although it was taken back, stays."""
    await ended(county, OLD, 5, 100)
    await ended(county, draft.release, 30, 60)
    assert await looked(county)
    chief = await hired(county, "boss", Role.CHIEF)
    assert draft.release is not None
    await return_to(
        county.office(),
        chief,
        draft.release,
        seen=OLD,
        reason="误判",
        check=county.directory.check,
    )
    assert not await looked(county)
    assert await county.stores.releases.current() == draft.release
    assert await by_itself(county.office(), chief) is None


@pytest.mark.parametrize(
    ("before", "since"),
    [
        pytest.param((5, 100), (6, 60), id="as-well-as-before"),
        pytest.param((5, 100), (49, 49), id="too-few-have-asked"),
        pytest.param((5, 49), (60, 60), id="nothing-to-compare-with"),
    ],
)
async def test_it_stays_where_nothing_has_jumped(
    county: House, draft: Draft, before: tuple[int, int], since: tuple[int, int]
) -> None:
    await ended(county, OLD, *before)
    await ended(county, draft.release, *since)
    assert not await looked(county)
    assert await county.stores.releases.current() == draft.release


async def test_after_an_hour_it_is_left_to_people(
    county: House, draft: Draft, clock: SystemClock
) -> None:
    await ended(county, OLD, 5, 100)
    await ended(county, draft.release, 60, 60)
    clock.shift = timedelta(minutes=61)
    assert not await looked(county)


async def test_what_went_by_the_emergency_lane_stays(
    county: House, staff: People, workshop: Workshop
) -> None:
    draft = await signed(county, CHANGED, by=staff, lane=Lane.EMERGENCY)
    draft = await published(county, workshop, draft)
    await ended(county, OLD, 5, 100)
    await ended(county, draft.release, 60, 60)
    assert not await looked(county)


async def test_the_doors_count_how_turns_end(county: House, clock: SystemClock) -> None:
    clock.shift = timedelta(minutes=5 - builders.now().minute % 10)  # far from a bucket's end
    citizen = ConversationKey(channel=Channel.WECHAT, account="county", user="oWang")
    other = ConversationKey(channel=Channel.WECHAT, account="county", user="oLi")
    drill = builders.citizen()
    texts = [
        *((citizen, text) for text in ("护照怎么办", "你好", "转人工", "你好")),
        *((other, "护照怎么办") for _ in range(5)),
        (drill, "护照怎么办"),
    ]
    for n, (by, text) in enumerate(texts):
        message = builders.message(text, key=f"m{n}", by=by)
        await county.frontdesk.receive_within(message, seconds=5)
    await county.stores.outcomes.stop()
    now = clock.now()
    tally = await county.stores.outcomes.tally(
        OLD, since=now - timedelta(minutes=10), until=now + timedelta(minutes=1)
    )
    assert (tally.asked, tally.badly) == (6, 1)  # three of each, none of the terminal
