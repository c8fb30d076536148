"""A worker is killed after each step of publishing: another ends it, once, and nothing is lost."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.house import House
from bot.workers.publishing import publish_next
from bot.workshop import Workshop
from data.civic.errors import StoreUnavailable
from data.civic.ids import DraftId
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.ports import Seal
from data.store.mongo import DOORS_MS, connect
from data.store.stores import Stores
from handlers.acts.return_release import return_to
from tests import small_county
from tests.conftest import DATABASE, Build
from tests.faults.publisher import STEPS
from tests.proxy import Cable
from tests.small_county import PASSPORT, People, now, signed
from tests.waiting import until

ROOT = Path(__file__).parents[2]
FILES = small_county.small_files()
WORDING = "wording/conversation.toml"
TAUGHT = {PASSPORT: small_county.with_example(FILES[PASSPORT])}
REMARK = {WORDING: FILES[WORDING] + b"# published before\n"}

Kill = Callable[[str], Awaitable[int]]


@pytest.fixture(scope="module")
async def kill(mongod_uri: str) -> AsyncIterator[Kill]:
    """Let a worker publish and die after a step; tell how it ended."""
    publisher = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.publisher", mongod_uri, DATABASE),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert publisher.stdin is not None
    assert publisher.stdout is not None

    async def killed(step: str) -> int:
        publisher.stdin.write(json.dumps(step).encode() + b"\n")
        return int(await publisher.stdout.readline())

    yield killed
    await publisher.communicate(b"")  # end of input: it leaves


@pytest.fixture
async def county(build: Build) -> House:
    house = build(shipped=small_county.small_release())
    await small_county.served(house, small_county.small_release())
    return house


@pytest.fixture
async def staff(county: House) -> People:
    return await small_county.people(county)


@pytest.fixture
async def workshop(county: House) -> AsyncIterator[Workshop]:
    workshop = Workshop(county.current, county.directory, small_county.models())
    yield workshop
    await workshop.stop()


@pytest.fixture
async def draft(county: House, staff: People, workshop: Workshop) -> Draft:
    """A signed draft that stands on a release which is not current any more."""
    draft = await signed(county, TAUGHT, by=staff)
    before = await signed(county, REMARK, by=staff)
    later = await county.stores.drafts.save(
        draft.schedule(small_county.tomorrow(), draft.changed_at)
    )
    assert (await ended(county, workshop, before.id)).state is DraftState.PUBLISHED
    return await county.stores.drafts.save(later.schedule(None, later.changed_at))


async def ended(county: House, workshop: Workshop, draft: DraftId) -> Draft:
    """Let another worker go on until a draft has come to an end."""

    async def one() -> Draft | None:
        await publish_next(county.office(), county.directory, workshop, holder="healthy")
        found = await now(county, draft)
        return found if found.state in (DraftState.PUBLISHED, DraftState.FAILED) else None

    found = await until(one, within_s=60)
    assert found is not None
    return found


@pytest.mark.parametrize("step", STEPS)
async def test_another_worker_ends_what_a_killed_one_began(
    county: House, workshop: Workshop, draft: Draft, kill: Kill, step: str
) -> None:
    assert await kill(step) == -signal.SIGKILL
    done = await ended(county, workshop, draft.id)
    current = await county.stores.releases.current()
    assert (done.state, done.release) == (DraftState.PUBLISHED, current)
    assert current is not None
    stored = await county.stores.releases.load(current)
    assert stored.files == {**FILES, **TAUGHT, **REMARK}
    assert len(await county.stores.releases.list(10)) == 3
    deeds = [one.deed for one in await county.stores.audit.of_subject(draft.id, 50)]
    assert {one.purpose for one in deeds if one.act == "draft.publish"} == {current}


async def test_what_staff_went_back_from_meanwhile_is_not_served_again(
    county: House, staff: People, workshop: Workshop, draft: Draft, kill: Kill
) -> None:
    """The worker dies when citizens are served by it already, and before it could say so."""
    before = await county.stores.releases.current()
    assert await kill("switched") == -signal.SIGKILL
    bad = await county.stores.releases.current()
    assert bad is not None
    assert before is not None
    check = county.directory.check
    await return_to(county.office(), staff[2], before, seen=bad, reason="答错了", check=check)
    done = await ended(county, workshop, draft.id)
    assert (done.state, done.release) == (DraftState.PUBLISHED, bad)
    assert await county.stores.releases.current() == before


@pytest.fixture
async def distant(
    build: Build, pulled: Cable, mongod_uri: str, seal: Seal, county: House
) -> AsyncIterator[House]:
    """The same county, whose database is at the far end of the cable."""
    port = urlsplit(mongod_uri).port
    uri = mongod_uri.replace(f":{port}/", f":{pulled.port}/")
    beyond = Stores.of(await connect(uri, name=DATABASE, timeout_ms=DOORS_MS), seal)
    yield build(shipped=small_county.small_release(), stores=beyond)
    await beyond.stop()


async def test_the_database_goes_away_while_publishing(
    county: House, distant: House, workshop: Workshop, staff: People, pulled: Cable
) -> None:
    draft = await signed(county, TAUGHT, by=staff)
    far = Workshop(distant.current, distant.directory, small_county.models())
    going = asyncio.ensure_future(
        publish_next(distant.office(), distant.directory, far, holder="distant")
    )

    async def started() -> bool:
        return (await now(county, draft.id)).state is DraftState.PUBLISHING

    await until(started)
    pulled.whole.clear()
    with pytest.raises(StoreUnavailable):
        await going
    assert await county.stores.releases.current() == small_county.small_release().manifest.id
    assert (await now(county, draft.id)).state is DraftState.PUBLISHING
    pulled.whole.set()
    await far.stop()
    assert (await ended(county, workshop, draft.id)).state is DraftState.PUBLISHED
