"""The workshop."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.house import House
from bot.workshop import KEPT, Stage, Workshop
from data.civic.errors import Mistakes, TrainingFailed
from data.civic.knowing.drafts import Draft
from data.civic.people import Role, Staff
from handlers.acts import drafts
from tests import small_county
from tests.conftest import Build
from tests.small_county import GUIDE, PASSPORT, written
from tests.staffed import hired
from tests.waiting import until

FILES = small_county.small_files()
WORDING = "wording/conversation.toml"


@pytest.fixture
async def county(build: Build) -> House:
    house = build(shipped=small_county.small_release())
    await small_county.served(house, small_county.small_release())
    return house


@pytest.fixture
async def editor(county: House) -> Staff:
    return await hired(county, "editor", Role.EDITOR)


@pytest.fixture
async def workshop(county: House) -> AsyncIterator[Workshop]:
    workshop = Workshop(county.current, county.directory, small_county.models())
    yield workshop
    await workshop.stop()


async def commented(county: House, editor: Staff, words: str) -> Draft:
    """A draft that changes nothing but a remark: quickly prepared, and different."""
    return await written(county, editor, {WORDING: FILES[WORDING] + f"# {words}\n".encode()})


async def taught(county: House, editor: Staff, example: str = small_county.NEW) -> Draft:
    text = small_county.with_example(FILES[PASSPORT], example)
    return await written(county, editor, {PASSPORT: text})


async def test_a_draft_is_understood_as_it_would_be_if_it_were_served(
    county: House, editor: Staff, workshop: Workshop
) -> None:
    draft = await taught(county, editor)
    prepared = await workshop.prepared(draft)
    question = small_county.NEW.strip('"')
    before = county.office().ear.understand(question)
    after = prepared.office.ear.understand(question)
    assert (before.intent, before.sure) != ("passport", True)
    assert (after.intent, after.sure) == ("passport", True)
    assert prepared.office.release is prepared.release
    assert prepared.manifest.id == prepared.release.id != county.office().release.id


async def test_the_same_content_is_prepared_once(
    county: House, editor: Staff, workshop: Workshop
) -> None:
    draft = await taught(county, editor)
    workshop.begin(draft)
    workshop.begin(draft)
    first, second = await asyncio.gather(workshop.prepared(draft), workshop.prepared(draft))
    assert first is second is await workshop.prepared(draft)


async def test_it_tells_how_far_it_is(county: House, editor: Staff, tmp_path: Path) -> None:
    workshop = Workshop(county.current, county.directory, tmp_path)
    draft = await taught(county, editor)
    assert workshop.progress(draft).state is Stage.NONE
    workshop.begin(draft)
    seen = [workshop.progress(draft)]

    async def ready() -> bool:
        seen.append(workshop.progress(draft))
        return seen[-1].state is Stage.READY

    await until(ready, within_s=60)
    stages = list(dict.fromkeys(one.state for one in seen))
    shares = [one.share for one in seen]
    assert stages == [Stage.READING, Stage.TRAINING, Stage.READY]
    assert shares == sorted(shares)
    assert len(set(shares)) > 10
    assert shares[-1] == 1.0


async def test_what_teaches_nothing_new_is_not_trained(
    county: House, editor: Staff, tmp_path: Path
) -> None:
    nowhere = tmp_path / "no models"
    workshop = Workshop(county.current, county.directory, nowhere)
    prepared = await workshop.prepared(await commented(county, editor, "a remark"))
    assert prepared.model == small_county.small_release().model
    assert not await asyncio.to_thread(nowhere.exists)


async def test_how_long_a_guide_holds_is_no_lesson(
    county: House, editor: Staff, tmp_path: Path
) -> None:
    workshop = Workshop(county.current, county.directory, tmp_path)
    longer = FILES[GUIDE].replace(b"valid_until = 2027", b"valid_until = 2028")
    prepared = await workshop.prepared(await written(county, editor, {GUIDE: longer}))
    assert prepared.model == small_county.small_release().model


async def test_mistakes_are_told_and_not_tried_again(
    county: House, editor: Staff, workshop: Workshop
) -> None:
    draft = await written(county, editor, {PASSPORT: b"title = [", WORDING: b"x = 1\n"})
    with pytest.raises(Mistakes):
        await workshop.prepared(draft)
    progress = workshop.progress(draft)
    assert progress.state is Stage.FAILED
    assert {PASSPORT, WORDING} <= {one.where for one in progress.mistakes}
    workshop.begin(draft)
    assert workshop.progress(draft) is progress


async def test_a_training_that_failed_is_tried_again(
    county: House, editor: Staff, tmp_path: Path
) -> None:
    (tmp_path / "models").write_text("a file stands in the way")
    workshop = Workshop(county.current, county.directory, tmp_path / "models")
    draft = await taught(county, editor)
    with pytest.raises(TrainingFailed):
        await workshop.prepared(draft)
    assert (workshop.progress(draft).state, workshop.progress(draft).why) == (
        Stage.FAILED,
        "no_room",
    )
    (tmp_path / "models").unlink()
    await workshop.prepared(draft)
    assert workshop.progress(draft).state is Stage.READY


async def test_the_last_two_stay_at_hand(county: House, editor: Staff, workshop: Workshop) -> None:
    made = [await commented(county, editor, f"remark {n}") for n in range(KEPT + 1)]
    prepared = [await workshop.prepared(one) for one in made]
    await asyncio.sleep(0)
    states = [workshop.progress(one).state for one in made]
    assert states == [Stage.NONE, *[Stage.READY] * KEPT]
    assert await workshop.prepared(made[-1]) is prepared[-1]


async def test_a_draft_that_was_edited_meanwhile_is_not_made_as_it_was(
    county: House, editor: Staff, tmp_path: Path
) -> None:
    workshop = Workshop(county.current, county.directory, tmp_path)
    before = await taught(county, editor)
    workshop.begin(before)
    office, seen = county.office(), {PASSPORT: before.edits[PASSPORT].digest or ""}
    after = await drafts.save(
        office,
        editor,
        before.id,
        {PASSPORT: None, GUIDE: None},
        {
            **seen,
            GUIDE: (await drafts.file_of(office, before, GUIDE))[1],
        },
    )
    workshop.begin(after)
    assert workshop.progress(before).state is Stage.NONE
    await workshop.stop()


async def test_stopping_leaves_nothing_running(
    county: House, editor: Staff, tmp_path: Path
) -> None:
    workshop = Workshop(county.current, county.directory, tmp_path)
    draft = await taught(county, editor)
    waiting = asyncio.ensure_future(workshop.prepared(draft))

    async def training() -> bool:
        return workshop.progress(draft).state is Stage.TRAINING

    await until(training)
    await workshop.stop()
    await asyncio.wait({waiting})
    assert waiting.cancelled()
    assert workshop.progress(draft).state is Stage.NONE
