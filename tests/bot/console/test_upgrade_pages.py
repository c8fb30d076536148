"""What staff see of an upgrade: the words that the program lends, and the draft of the system."""

from dataclasses import replace

import pytest

from bot.first_release import Shipped
from bot.house import House
from data.civic.knowing.drafts import Draft, DraftState
from data.civic.knowing.releases import Origin
from data.civic.people import Role
from data.content.files import manifest_of
from data.store.releases import ReleaseFiles
from handlers.acts import drafts
from handlers.acts.draft_upgrade import draft_upgrade
from handlers.own_words import completed
from tests import builders
from tests.conftest import Build
from tests.drafting import PASSPORT, clerk
from tests.staffed import Seat

WORDING = "wording/conversation.toml"
BEFORE, OURS, NOW = (f"每本{fee}元。贴".encode() for fee in (100, 110, 120))


@pytest.fixture
def older(shipped: Shipped) -> dict[str, bytes]:
    """What the program before brought: a word is missing, and a passport cost less."""
    text = shipped.files[WORDING].replace(b"\n[unknown]\n", b"\n[unknown_before]\n")
    guide = shipped.files[PASSPORT].replace(NOW, BEFORE)
    return {**shipped.files, WORDING: text, PASSPORT: guide}


@pytest.fixture
def own(older: dict[str, bytes]) -> dict[str, bytes]:
    """What the office made of it."""
    return {**older, PASSPORT: older[PASSPORT].replace(BEFORE, OURS)}


@pytest.fixture
def house(build: Build, shipped: Shipped, own: dict[str, bytes]) -> House:
    """A house that serves it, as it does after a start."""
    manifest = manifest_of(own, model=shipped.manifest.model)
    release = replace(
        shipped.release,
        id=manifest.id,
        origin=Origin.CONSOLE,
        words={key: one for key, one in shipped.release.words.items() if key != "unknown"},
    )
    return build(shipped=replace(shipped, release=completed(release), manifest=manifest, files=own))


@pytest.fixture
async def ran(
    house: House, shipped: Shipped, older: dict[str, bytes], own: dict[str, bytes]
) -> House:
    """A house in which the program before ran, and the office published its own."""
    stores = house.stores
    await stores.shipped_files.note(ReleaseFiles(manifest=manifest_of(older), files=older))
    manifest = manifest_of(own, model=shipped.manifest.model)
    served = await stores.releases.put(
        manifest, own, shipped.model, origin=Origin.CONSOLE, at=builders.now()
    )
    await stores.releases.make_current(served, expected=None)
    return house


@pytest.fixture
async def made(ran: House, shipped: Shipped) -> Draft:
    """What a start of the upgraded program drafts."""
    draft = await draft_upgrade(ran.office(), shipped.files)
    assert draft is not None
    return draft


@pytest.fixture
async def clashing(ran: House, shipped: Shipped, older: dict[str, bytes]) -> Draft:
    """What it drafts where all that it changes was changed by the office."""
    draft = await draft_upgrade(ran.office(), {**older, PASSPORT: shipped.files[PASSPORT]})
    assert draft is not None
    return draft


async def test_the_releases_name_the_words_that_the_program_lends(
    house: House, seat: Seat, made: Draft
) -> None:
    await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("wang")
    page = await (await seat.get("/console/releases")).text()
    assert "有 1 句话术" in page
    assert "unknown：抱歉，这个问题我还答不上来" in page


async def test_the_draft_says_what_it_is_and_what_staff_have_to_decide(
    house: House, seat: Seat, made: Draft
) -> None:
    await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("wang")
    assert "程序升级带来的内容" in await (await seat.get("/console/drafts")).text()
    page = await (await seat.get(f"/console/drafts/{made.id}")).text()
    assert "程序升级了，这份草稿是系统起草的" in page
    assert "请决定（1 个文件）" in page
    assert "办事指南“普通护照签发”" in page
    assert "每本<del>110</del><ins>120</ins>元" in page
    assert f'href="/console/drafts/{made.id}/guides/passport"' in page
    assert "已离职" not in page
    assert "写明原因" not in page


async def test_what_was_decided_as_the_program_says_is_asked_no_more(
    house: House, seat: Seat, shipped: Shipped, made: Draft
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("wang")
    _, seen = await drafts.file_of(house.office(), made, PASSPORT)
    now = {PASSPORT: shipped.files[PASSPORT]}
    await drafts.save(house.office(), wang, made.id, now, {PASSPORT: seen})
    page = await (await seat.get(f"/console/drafts/{made.id}")).text()
    assert "程序升级了" in page
    assert "请决定" not in page


async def test_a_draft_of_clashes_alone_shows_them_and_says_what_to_do(
    house: House, seat: Seat, clashing: Draft
) -> None:
    await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("wang")
    listed = await (await seat.get("/console/drafts")).text()
    assert "程序升级带来的内容" in listed
    assert "0 个文件" in listed
    page = await (await seat.get(f"/console/drafts/{clashing.id}")).text()
    assert "里面没有改动，只有下面这些地方请编辑决定" in page
    assert "都不用改，撤回这份草稿就行" in page
    assert "本县没有改过的内容都在里面" not in page
    assert "请决定（1 个文件）" in page
    assert "每本<del>110</del><ins>120</ins>元" in page
    assert "改了内容才能提交" in page
    assert "看影响，提交审核" not in page
    impact = await seat.get(f"/console/drafts/{clashing.id}/impact")
    assert "这份草稿还没有改动" in await impact.text()


@pytest.mark.parametrize(
    ("path", "says"), [("submit", "草稿还没有改任何内容"), ("impact/submit", "这份草稿还没有改动")]
)
async def test_a_draft_of_clashes_alone_is_not_handed_in(
    house: House, seat: Seat, clashing: Draft, path: str, says: str
) -> None:
    await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("wang")
    form = {"version": str(clashing.version), "lane": "emergency", "looked": "yes", "key": "k"}
    sent = await seat.post(f"/console/drafts/{clashing.id}/{path}", **form)
    assert says in await sent.text()
    found = await house.stores.drafts.get(clashing.id)
    assert found is not None
    assert (found.state, found.version) == (DraftState.OPEN, clashing.version)


async def test_a_draft_of_clashes_alone_is_put_aside(
    house: House, seat: Seat, clashing: Draft
) -> None:
    await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("wang")
    place, form = f"/console/drafts/{clashing.id}", {"version": str(clashing.version), "key": "k"}
    page = await (await seat.post(f"{place}/withdraw", **form)).text()
    assert "已撤回，内容还在" in page
    assert "里面现在没有改动" in page
    assert "请决定" not in page
    found = await house.stores.drafts.get(clashing.id)
    assert found is not None
    again = {"version": str(found.version), "key": "again"}
    assert "请决定（1 个文件）" in await (await seat.post(f"{place}/reopen", **again)).text()


async def test_a_lent_word_stands_in_no_draft_that_does_not_bring_it(
    house: House, seat: Seat, made: Draft
) -> None:
    wang = await clerk(house, "wang", Role.EDITOR)
    await seat.sign_in("wang")
    other = await drafts.open_draft(house.office(), wang, "别的")
    assert (await seat.get(f"/console/drafts/{made.id}/wording/unknown")).status == 200
    assert (await seat.get(f"/console/drafts/{other.id}/wording/unknown")).status == 404
    listed = await (await seat.get(f"/console/drafts/{other.id}/wording?q=unknown")).text()
    assert '/wording/unknown"' not in listed
