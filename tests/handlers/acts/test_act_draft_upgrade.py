"""What an upgrade brings over a release that staff made: one draft, and nothing by itself."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.house import House
from bot.workshop import Workshop
from data.civic.ids import GuideId
from data.civic.knowing.adoptions import Adoption, Spot, said
from data.civic.knowing.adoptions import digest_of as words_digest
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.knowing.guides import ElementName, Words
from data.civic.knowing.releases import Origin
from data.content.adopting import Adoptions, with_adoptions
from data.content.files import manifest_of
from data.store.contents import digest_of
from data.store.releases import ReleaseFiles
from handlers.acts import drafts, review_draft
from handlers.acts.draft_upgrade import SYSTEM, draft_upgrade
from handlers.office import Office
from handlers.own_words import completed
from tests import builders, small_county
from tests.conftest import Build
from tests.small_county import GUIDE, PASSPORT, people, with_example, with_files

OLD = small_county.small_files()
"""What the program before brought."""
WORDING, ANSWER = "wording/conversation.toml", "我还答不上来"
FEE = Spot(guide=GuideId("passport"), element=ElementName.FEE)
OWN = "wording/own.toml"
NEW_FILE = "wording/new.toml"
NEW = '[new_words]\nfull = "新话术。"\n'.encode()

Files = Mapping[str, bytes]


@pytest.fixture
def house(build: Build) -> House:
    return build(shipped=small_county.small_release())


async def standing(house: House, files: Files, origin: Origin = Origin.CONSOLE) -> Office:
    """Let the house serve these files, as it would after a start."""
    one, releases = with_files(files), house.stores.releases
    made = await releases.put(one.manifest, one.files, one.model, origin=origin, at=builders.now())
    await releases.make_current(made, expected=await releases.current())
    release = completed(replace(one.release, origin=origin))
    return replace(house.office(), release=release)


async def ran_before(office: Office, files: Files = OLD) -> None:
    """Let a program have run that brought these files."""
    given = ReleaseFiles(manifest=manifest_of(files), files=files)
    await office.stores.shipped_files.note(given)


async def all_drafts(office: Office) -> list[Draft]:
    return await office.stores.drafts.list(tuple(DraftState), 10)


def renamed(files: Files, path: str, before: str, after: str) -> bytes:
    text = files[path].decode()
    assert before in text
    return text.replace(before, after).encode()


async def test_what_is_new_becomes_a_draft_of_the_system(house: House) -> None:
    office = await standing(house, {**OLD, OWN: b'[own]\nfull = "1"\n'})
    await ran_before(office)
    now = {**OLD, NEW_FILE: NEW, PASSPORT: with_example(OLD[PASSPORT])}
    del now[GUIDE]
    made = await draft_upgrade(office, now)
    assert made is not None
    assert (made.created_by, made.state, made.base) == (SYSTEM, DraftState.OPEN, office.release.id)
    assert {path: one.digest for path, one in made.edits.items()} == {
        NEW_FILE: digest_of(NEW),
        PASSPORT: digest_of(now[PASSPORT]),
        GUIDE: None,
    }
    assert await drafts.files_of(office, made) == {**now, OWN: b'[own]\nfull = "1"\n'}
    assert await office.stores.releases.current() == office.release.id
    (deed,) = await office.stores.audit.of_subject(made.id, 10)
    assert (deed.deed.actor, deed.deed.act) == ("system", "draft.open")


async def test_what_staff_changed_stays_and_what_both_changed_is_named(house: House) -> None:
    mine = {**OLD, GUIDE: renamed(OLD, GUIDE, '"出国证件"', '"出国本子"')}
    office = await standing(house, mine)
    await ran_before(office)
    theirs = {**OLD, NEW_FILE: NEW, GUIDE: renamed(OLD, GUIDE, "每本120元。贴", "每本110元。贴")}
    both = {**theirs, WORDING: renamed(OLD, WORDING, ANSWER, "我不会")}
    ours = {**mine, WORDING: renamed(OLD, WORDING, ANSWER, "我不知道")}
    made = await draft_upgrade(await standing(house, ours), both)
    assert made is not None
    files = await drafts.files_of(office, made)
    assert "我不知道" in files[WORDING].decode()
    guide = files[GUIDE].decode()
    assert "出国本子" in guide, "what only staff changed"
    assert "每本110元。贴" in guide, "what only the program changed"
    (remark,) = made.remarks
    assert (remark.by, remark.text) == (SYSTEM, f"{WORDING}: unknown.full")


def vouched_for() -> dict[str, bytes]:
    """The old files, in which the police say what a passport costs."""
    guide = small_county.small_release().release.guides[FEE.guide]
    fee = Adoption(
        spot=FEE,
        digest=words_digest(said(guide)[FEE]),
        department=guide.department,
        by="李强",
        on=date(2026, 11, 22),
        correction=Words.of("每本150元。", ()),
    )
    return dict(with_adoptions(OLD, Adoptions(elements=(fee,)), ()))


@pytest.mark.parametrize(
    ("mine", "theirs", "named"),
    [
        pytest.param(
            {**OLD, WORDING: renamed(OLD, WORDING, ANSWER, "我不知道")},
            {**OLD, WORDING: renamed(OLD, WORDING, ANSWER, "我不会")},
            f"{WORDING}: unknown.full",
            id="both changed the same",
        ),
        pytest.param(
            vouched_for(),
            {**OLD, GUIDE: renamed(OLD, GUIDE, "贴纸加注每枚20元", "贴纸加注每枚30元")},
            GUIDE,
            id="a department vouches for the guide",
        ),
    ],
)
async def test_an_upgrade_that_brings_nothing_but_clashes_is_told(
    house: House, mine: Files, theirs: Files, named: str
) -> None:
    office = await standing(house, mine)
    await ran_before(office)
    made = await draft_upgrade(office, theirs)
    assert made is not None
    assert not made.edits
    assert made.authors == {SYSTEM}
    assert [(one.by, one.text) for one in made.remarks] == [(SYSTEM, named)]
    assert await drafts.files_of(office, made) == mine
    assert await draft_upgrade(office, theirs) is None
    assert [one.id for one in await all_drafts(office)] == [made.id]


async def test_a_second_start_makes_no_second_draft(house: House) -> None:
    office = await standing(house, {**OLD, OWN: NEW})
    await ran_before(office)
    now = {**OLD, NEW_FILE: NEW}
    assert await draft_upgrade(office, now)
    assert await draft_upgrade(office, now) is None
    assert len(await all_drafts(office)) == 1


async def test_many_processes_that_start_at_once_make_one_draft(house: House) -> None:
    office = await standing(house, {**OLD, OWN: NEW})
    await ran_before(office)
    now = {**OLD, NEW_FILE: NEW}
    made = await asyncio.gather(*(draft_upgrade(office, now) for _ in range(4)))
    assert sum(one is not None for one in made) == 1
    (draft,) = await all_drafts(office)
    assert len(await office.stores.audit.of_subject(draft.id, 10)) == 1


async def test_a_process_that_died_before_it_noted_the_files_is_followed(house: House) -> None:
    office = await standing(house, {**OLD, OWN: NEW})
    await ran_before(office)
    now = {**OLD, NEW_FILE: NEW}
    await draft_upgrade(office, now)
    await ran_before(office)
    assert await draft_upgrade(office, now) is None
    assert len(await all_drafts(office)) == 1
    assert await office.stores.shipped_files.manifest() == manifest_of(now)


async def test_the_next_upgrade_brings_only_what_came_since(house: House) -> None:
    office = await standing(house, {**OLD, OWN: NEW})
    await ran_before(office)
    await draft_upgrade(office, {**OLD, NEW_FILE: NEW})
    later = {**OLD, NEW_FILE: NEW, PASSPORT: with_example(OLD[PASSPORT])}
    made = await draft_upgrade(office, later)
    assert made is not None
    assert list(made.edits) == [PASSPORT]


async def test_files_that_bring_nothing_new_make_no_draft(house: House) -> None:
    office = await standing(house, {**OLD, NEW_FILE: NEW})
    await ran_before(office)
    assert await draft_upgrade(office, {**OLD, NEW_FILE: NEW}) is None
    assert await all_drafts(office) == []
    assert await office.stores.shipped_files.manifest() == manifest_of({**OLD, NEW_FILE: NEW})


async def test_while_files_rule_they_are_noted_and_nothing_is_drafted(house: House) -> None:
    office = await standing(house, OLD, Origin.FILES)
    now = {**OLD, NEW_FILE: NEW}
    assert await draft_upgrade(office, now) is None
    assert await all_drafts(office) == []
    assert await office.stores.shipped_files.manifest() == manifest_of(now)


async def test_a_release_of_files_that_staff_went_back_to_is_upgraded_by_a_draft(
    house: House,
) -> None:
    await standing(house, {**OLD, OWN: NEW})
    releases = house.stores.releases
    older = with_files(OLD)
    await releases.put(
        older.manifest, older.files, older.model, origin=Origin.FILES, at=builders.now()
    )
    await releases.make_current(older.manifest.id, expected=await releases.current(), chosen=True)
    made = await draft_upgrade(house.office(), {**OLD, NEW_FILE: NEW})
    assert made is not None
    assert list(made.edits) == [NEW_FILE]


async def test_an_older_house_grew_out_of_its_newest_release_of_files(house: House) -> None:
    await standing(house, OLD, Origin.FILES)
    office = await standing(house, {**OLD, PASSPORT: with_example(OLD[PASSPORT])})
    theirs = {**OLD, NEW_FILE: NEW}
    made = await draft_upgrade(office, theirs)
    assert made is not None
    assert list(made.edits) == [NEW_FILE], "what staff changed is not taken back"


async def test_where_nobody_knows_what_was_shipped_everything_of_staff_stays(house: House) -> None:
    mine = {**OLD, WORDING: renamed(OLD, WORDING, ANSWER, "我不知道")}
    office = await standing(house, mine)
    made = await draft_upgrade(office, {**OLD, NEW_FILE: NEW})
    assert made is not None
    assert list(made.edits) == [NEW_FILE]
    assert made.remarks[0].text == f"{WORDING}: unknown.full"


async def test_it_is_handed_in_signed_and_published_like_any_draft(house: House) -> None:
    """While the release lacks a word, drafts pass; the one that brings it makes it whole."""
    missing = {**OLD, WORDING: renamed(OLD, WORDING, "[unknown]", "[unknown_before]")}
    office = await standing(house, missing)
    assert office.release.lent == {"unknown"}
    await ran_before(office, missing)
    made = await draft_upgrade(office, OLD)
    assert made is not None
    editor, first, second = await people(house)
    check = house.directory.check
    draft = await review_draft.submit(
        office, editor, made.id, seen=made.version, lane=made.lane, check=check
    )
    for one in (first, second):
        if draft.state is DraftState.SUBMITTED:
            draft = await review_draft.sign(office, one, draft.id, seen=draft.version, check=check)
    workshop = Workshop(house.current, house.directory, small_county.models())
    done = await small_county.published(house, workshop, draft)
    await workshop.stop()
    assert done.state is DraftState.PUBLISHED, done.problem
    assert done.release == with_files(OLD).manifest.id


async def test_another_draft_passes_too_while_words_are_lent(house: House) -> None:
    missing = {**OLD, WORDING: renamed(OLD, WORDING, "[unknown]", "[unknown_before]")}
    office = await standing(house, missing)
    editor, *_ = await people(house)
    draft = await drafts.open_draft(office, editor)
    _, seen = await drafts.file_of(office, draft, PASSPORT)
    taught = {PASSPORT: with_example(OLD[PASSPORT])}
    draft = await drafts.save(office, editor, draft.id, taught, {PASSPORT: seen})
    handed_in = await review_draft.submit(
        office, editor, draft.id, seen=draft.version, lane=draft.lane, check=house.directory.check
    )
    assert handed_in.state is DraftState.SUBMITTED
