"""Journey 24: staff teach the assistant, safely: reviewed, gated, at a time, and back again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workshop import Workshop
from data.civic.calendar import BEIJING, local
from data.civic.knowing.drafts import DraftState
from data.civic.knowing.problems import Trouble, problem_of
from handlers.acts.return_release import return_to
from tests import small_county
from tests.conftest import Build
from tests.journeys.county import County, opened
from tests.journeys.phones import MiniProgramPhone
from tests.small_county import GUIDE, PASSPORT, People, published, signed
from tests.waiting import until

FILES = small_county.small_files()
LEXICON = "lexicon/words.txt"
SAID = (
    "毛孩子想出国玩要啥证",
    "给毛孩子办出国证件",
    "毛孩子出国本本咋整",
    "毛孩子跟着出国要办啥",
    "毛孩子的出国证件丢了",
)
ASKED = "毛孩子要出国咋整"


@pytest.fixture
async def county(build: Build, platforms_home: Path) -> AsyncIterator[County]:
    """A county whose processes follow the release that is served."""
    house = build(shipped=small_county.small_release())
    await small_county.served(house, small_county.small_release())
    async with opened(house, home=platforms_home) as one:
        following = asyncio.create_task(house.current.follow())
        yield one
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


@pytest.fixture
async def staff(county: County) -> People:
    return await small_county.people(county.house)


@pytest.fixture
async def workshop(county: County) -> AsyncIterator[Workshop]:
    house = county.house
    workshop = Workshop(house.current, house.directory, small_county.models())
    yield workshop
    await workshop.stop()


def taught() -> dict[str, bytes]:
    """Five utterances, and a word that the segmenter should know."""
    text = FILES[PASSPORT]
    for one in SAID:
        text = small_county.with_example(text, f'"{one}"')
    return {PASSPORT: text, LEXICON: FILES[LEXICON] + "毛孩子\n".encode()}


async def follows(house: House) -> None:
    """Wait until this process answers by the release that is current."""

    async def so() -> bool:
        return house.office().release.id == await house.stores.releases.current()

    await until(so)


async def intent_of(phone: MiniProgramPhone, text: str) -> str | None:
    answer = await phone.ask(text)
    return str(answer.body["intent"]) if answer.outcome == "answered" else None


async def test_what_five_people_said_is_understood_and_can_be_taken_back(
    county: County, staff: People, workshop: Workshop
) -> None:
    house, old = county.house, small_county.small_release()
    phone = await county.mini()
    assert await intent_of(phone, ASKED) != "passport"

    draft = await published(house, workshop, await signed(house, taught(), by=staff))
    assert draft.state is DraftState.PUBLISHED
    assert draft.release is not None
    await follows(house)
    assert await intent_of(phone, ASKED) == "passport"
    assert await intent_of(await county.mini("alipay"), "护照怎么办") == "passport"

    await return_to(
        house.office(),
        staff[2],
        old.manifest.id,
        seen=draft.release,
        reason="先退回",
        check=house.directory.check,
    )
    await follows(house)
    office = house.office()
    stored = await house.stores.releases.load(office.release.id)
    assert (stored.files, stored.model) == (old.files, old.model)
    assert office.release.lexicon == old.release.lexicon
    assert office.ear.understand(ASKED) == old.ear().understand(ASKED)
    assert await intent_of(await county.mini(user="li"), ASKED) != "passport"


async def test_a_release_that_breaks_one_golden_question_never_reaches_a_phone(
    county: County, staff: People, workshop: Workshop
) -> None:
    house, phone = county.house, await county.mini()
    dearer = {GUIDE: FILES[GUIDE].replace("每本120元".encode(), "每本130元".encode())}
    draft = await published(house, workshop, await signed(house, dearer, by=staff))
    problem = problem_of(draft.problem)
    assert (draft.state, problem.trouble) == (DraftState.FAILED, Trouble.GOLDEN)
    assert len(problem.lines) == 1
    assert "每本120元" in (await phone.ask("护照多少钱")).text


async def test_it_goes_out_at_eight_tomorrow(
    county: County, staff: People, workshop: Workshop, clock: SystemClock
) -> None:
    house, phone = county.house, await county.mini()
    now = clock.now()
    day = local(now).date() + timedelta(days=1)
    eight = datetime.combine(day, time(8), tzinfo=BEIJING)
    draft = await signed(house, taught(), by=staff, publish_at=eight)

    clock.shift = eight - now - timedelta(minutes=1)
    assert (await published(house, workshop, draft)).state is DraftState.APPROVED
    clock.shift = eight - now + timedelta(seconds=1)
    assert (await published(house, workshop, draft)).state is DraftState.PUBLISHED
    await follows(house)
    clock.shift = timedelta()
    assert await intent_of(phone, ASKED) == "passport"
