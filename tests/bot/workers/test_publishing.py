"""Publishing drafts."""

import asyncio
from datetime import timedelta

from bot.clock import SystemClock
from bot.house import House
from bot.workers.publishing import LEASE, publish_next
from bot.workshop import Workshop
from data.civic.knowing.drafts import DraftState, Lane
from data.civic.knowing.problems import Trouble, problem_of
from handlers.acts import freeze
from handlers.acts.return_release import return_to
from tests import small_county
from tests.conftest import Build
from tests.small_county import GUIDE, PASSPORT, People, now, published, signed, written

FILES = small_county.small_files()
TAUGHT = {PASSPORT: small_county.with_example(FILES[PASSPORT])}
DEARER = {GUIDE: FILES[GUIDE].replace("每本120元".encode(), "每本130元".encode())}
SHORTER = {"wording/conversation.toml": FILES["wording/conversation.toml"] + b"\n# shorter\n"}


async def test_a_signed_draft_becomes_the_release_that_is_served(
    county: House, staff: People, workshop: Workshop
) -> None:
    draft = await published(county, workshop, await signed(county, TAUGHT, by=staff))
    current = await county.stores.releases.current()
    assert (draft.state, draft.release, draft.progress) == (DraftState.PUBLISHED, current, 1.0)
    assert current is not None
    stored = await county.stores.releases.load(current)
    assert stored.files == {**FILES, **TAUGHT}
    assert stored.model != small_county.small_release().model


async def test_what_teaches_nothing_new_is_heard_by_the_same_model(
    county: House, staff: People, workshop: Workshop
) -> None:
    draft = await published(county, workshop, await signed(county, SHORTER, by=staff))
    assert draft.release is not None
    stored = await county.stores.releases.load(draft.release)
    assert stored.model == small_county.small_release().model


async def test_a_release_that_breaks_a_golden_question_is_refused_and_it_is_named(
    county: House, staff: People, workshop: Workshop
) -> None:
    before = await county.stores.releases.current()
    draft = await published(county, workshop, await signed(county, DEARER, by=staff))
    problem = problem_of(draft.problem)
    assert (draft.state, problem.trouble) == (DraftState.FAILED, Trouble.GOLDEN)
    assert problem.lines == ("出国用的护照，办一本要多少钱\twords\t每本120元\t",)
    assert await county.stores.releases.current() == before


async def test_a_draft_waits_for_its_time(
    county: House, staff: People, workshop: Workshop, clock: SystemClock
) -> None:
    waiting = await signed(county, SHORTER, by=staff, publish_at=small_county.tomorrow())
    assert (await published(county, workshop, waiting)).state is DraftState.APPROVED
    clock.shift = timedelta(days=1, minutes=1)
    assert (await published(county, workshop, waiting)).state is DraftState.PUBLISHED


async def test_while_publishing_is_frozen_only_the_emergency_lane_goes_on(
    county: House, staff: People, workshop: Workshop
) -> None:
    _, _, chief = staff
    ordinary = await signed(county, SHORTER, by=staff)
    await freeze.freeze(county.office(), chief, "台风")
    emergency = await signed(county, TAUGHT, by=staff, lane=Lane.EMERGENCY)
    assert (await published(county, workshop, emergency)).state is DraftState.PUBLISHED
    assert (await now(county, ordinary.id)).state is DraftState.APPROVED
    await freeze.thaw(county.office(), chief)
    assert (await published(county, workshop, ordinary)).state is DraftState.PUBLISHED


async def test_two_drafts_on_one_base_are_both_published(
    county: House, staff: People, workshop: Workshop
) -> None:
    first = await signed(county, TAUGHT, by=staff)
    second = await signed(county, SHORTER, by=staff)
    await published(county, workshop, first)
    states = {(await now(county, one.id)).state for one in (first, second)}
    current = await county.stores.releases.current()
    assert states == {DraftState.PUBLISHED}
    assert current is not None
    stored = await county.stores.releases.load(current)
    assert stored.files == {**FILES, **TAUGHT, **SHORTER}


async def test_a_draft_that_clashes_with_what_was_published_fails_and_says_where(
    county: House, staff: People, workshop: Workshop
) -> None:
    one, other = (
        {PASSPORT: FILES[PASSPORT].replace(b'title = "', f'title = "{word}'.encode(), 1)}
        for word in ("普通", "新版")
    )
    drafts = [await signed(county, texts, by=staff) for texts in (one, other)]
    await published(county, workshop, drafts[0])
    ended = [await now(county, draft.id) for draft in drafts]
    assert {draft.state for draft in ended} == {DraftState.PUBLISHED, DraftState.FAILED}
    (lost,) = [draft for draft in ended if draft.state is DraftState.FAILED]
    problem = problem_of(lost.problem)
    assert problem.trouble is Trouble.CLASH
    assert PASSPORT in problem.lines[0]
    assert lost.edits == drafts[ended.index(lost)].edits  # nothing of it is lost


async def test_of_two_workers_one_publishes(
    county: House, staff: People, workshop: Workshop
) -> None:
    draft = await signed(county, SHORTER, by=staff)
    rounds = [
        publish_next(county.office(), county.directory, workshop, holder=f"w{n}") for n in range(2)
    ]
    assert sorted(await asyncio.gather(*rounds)) == [False, True]
    deeds = await county.stores.audit.of_subject(draft.id, 50)
    assert [one.deed.act for one in deeds].count("draft.publish") == 1


async def test_nothing_is_done_while_another_worker_holds_the_lease(
    county: House, staff: People, workshop: Workshop
) -> None:
    draft = await signed(county, SHORTER, by=staff)
    assert await county.stores.leases.take(LEASE, "another", seconds=60)
    assert (await published(county, workshop, draft)).state is DraftState.APPROVED
    await county.stores.leases.give_back(LEASE, "another")
    assert (await published(county, workshop, draft)).state is DraftState.PUBLISHED


async def test_what_is_only_written_is_never_published(
    county: House, staff: People, workshop: Workshop
) -> None:
    draft = await written(county, staff[0], SHORTER)
    assert (await published(county, workshop, draft)).state is DraftState.OPEN


async def test_in_production_samples_are_refused(
    build: Build, staff: People, workshop: Workshop, county: House
) -> None:
    earnest = build(shipped=small_county.small_release(), production=True)
    serious = Workshop(earnest.current, earnest.directory, small_county.models())
    draft = await published(earnest, serious, await signed(county, SHORTER, by=staff))
    problem = problem_of(draft.problem)
    assert (draft.state, problem.trouble) == (DraftState.FAILED, Trouble.SAMPLES)
    assert problem.lines


async def test_going_back_restores_answers_dictionary_and_model_byte_for_byte(
    county: House, staff: People, workshop: Workshop
) -> None:
    old = small_county.small_release()
    lexicon = "lexicon/words.txt"
    texts = {**TAUGHT, lexicon: FILES[lexicon] + "毛孩子\n".encode()}
    draft = await published(county, workshop, await signed(county, texts, by=staff))
    assert draft.release is not None
    await return_to(
        county.office(),
        staff[2],
        old.manifest.id,
        seen=draft.release,
        reason="试试",
        check=county.directory.check,
    )
    stored = await county.stores.releases.load(old.manifest.id)
    assert await county.stores.releases.current() == old.manifest.id
    assert (stored.files, stored.model) == (old.files, old.model)
