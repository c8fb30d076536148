"""A draft on its way to the citizens, as its page shows it."""

from collections.abc import AsyncIterator

import pytest

from bot.doors import WORKSHOP
from bot.house import House
from bot.workshop import Stage
from data.civic.ids import StaffId
from data.civic.knowing.drafts import Draft
from data.civic.knowing.problems import Problem, Trouble
from data.civic.knowing.watching import Tally
from data.civic.people import Role
from handlers.acts import publishing
from handlers.acts.return_release import switch
from handlers.acts.returned import reason
from tests import small_county
from tests.conftest import Build
from tests.small_county import PASSPORT, signed, written
from tests.staffed import Seat, hired, served
from tests.waiting import until

FILES = small_county.small_files()
WORDING = "wording/conversation.toml"
CHANGED = {WORDING: FILES[WORDING] + b"# another\n"}
POLLED = {"HX-Request": "true"}


@pytest.fixture
async def house(build: Build) -> House:
    house = build(shipped=small_county.small_release())
    await small_county.served(house, small_county.small_release())
    return house


@pytest.fixture
async def seat(house: House) -> AsyncIterator[Seat]:
    async with served(house) as client:
        yield Seat(client)


@pytest.fixture
async def draft(house: House, seat: Seat) -> Draft:
    """A signed draft; its editor sits before the browser."""
    staff = await small_county.people(house)
    await seat.sign_in("editor")
    return await signed(house, CHANGED, by=staff)


async def part(seat: Seat, draft: Draft, was: str) -> tuple[str, bool]:
    """Poll the part of the page; tell what it shows, and whether the whole page must be renewed."""
    answer = await seat.get(f"/console/drafts/{draft.id}/progress?was={was}", **POLLED)
    assert answer.status == 200
    return await answer.text(), "HX-Refresh" in answer.headers


async def test_it_tells_how_far_publishing_is_and_renews_itself(
    house: House, seat: Seat, draft: Draft
) -> None:
    shown, renewed = await part(seat, draft, "approved")
    assert ("排队等待发布" in shown, renewed) == (True, False)
    going = await publishing.start(house.office(), draft)
    shown, renewed = await part(seat, draft, "approved")
    assert renewed
    await publishing.advance(house.office(), going, 0.42)
    shown, renewed = await part(seat, draft, "publishing")
    assert ("学习新说法" in shown, "42%" in shown, renewed) == (True, True, False)
    assert 'hx-trigger="every 1s"' in shown


async def test_without_a_script_the_draft_s_page_tells_it(
    house: House, seat: Seat, draft: Draft
) -> None:
    await publishing.start(house.office(), draft)
    answer = await seat.get(f"/console/drafts/{draft.id}/progress")
    page = await answer.text()
    assert answer.url.path == f"/console/drafts/{draft.id}"
    assert "正在发布" in page
    assert "刷新" in page


@pytest.mark.parametrize(
    ("trouble", "lines", "words"),
    [
        (Trouble.GOLDEN, ("护照多少钱\twords\t每本120元\t",), "回答里没有“每本120元”"),
        (Trouble.GOLDEN, ("护照多少钱\theard\t护照\t身份证",), "会当成“身份证”来答"),
        (Trouble.GOLDEN, ("护照多少钱\taspect\tfee\tNone",), "会答成“整件事”，应当是“费用”"),
        (Trouble.GOLDEN, ("护照多少钱\tunsure\tanswer\tclarify",), "反问是哪件事"),
        (Trouble.TRAINING, ("killed",), "多半是服务器内存不够"),
        (Trouble.TRAINING, ("what nobody has foreseen",), "请联系系统管理员查看日志"),
        (Trouble.CLASH, ("intents/passport.toml: title",), "intents/passport.toml: title"),
        (Trouble.SAMPLES, ("公安: passport",), "没有部门认领"),
    ],
)
async def test_why_it_failed_is_said_in_words(
    house: House, seat: Seat, draft: Draft, trouble: Trouble, lines: tuple[str, ...], words: str
) -> None:
    going = await publishing.start(house.office(), draft)
    await publishing.fail(house.office(), going, str(Problem(trouble=trouble, lines=lines)))
    page = await (await seat.get(f"/console/drafts/{draft.id}")).text()
    assert "市民看到的仍是旧内容" in page
    assert words in page


async def test_it_tells_how_far_preparing_is(house: House, seat: Seat) -> None:
    editor = await hired(house, "wang", Role.EDITOR)
    await seat.sign_in()
    draft = await written(house, editor, {PASSPORT: small_county.with_example(FILES[PASSPORT])})
    app = seat.client.app
    assert app is not None
    app[WORKSHOP].begin(draft)
    assert "正在准备试用" in (await part(seat, draft, "open"))[0]

    async def ready() -> bool:
        return app[WORKSHOP].progress(draft).state is Stage.READY

    await until(ready, within_s=60)
    assert "正在准备" not in (await part(seat, draft, "open"))[0]


@pytest.mark.parametrize("page", ["/console/", "/console/releases"])
async def test_a_return_of_the_house_s_own_is_told_to_the_duty_officer(
    house: House, seat: Seat, page: str
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    assert "自动退回" not in await (await seat.get(page)).text()
    office, old = house.office(), small_county.small_release()
    bad = await small_county.served(house, small_county.with_files({**old.files, **CHANGED}))
    await switch(
        office,
        old.manifest.id,
        seen=bad,
        by=StaffId("system"),
        reason=reason(before=Tally(asked=100, badly=5), since=Tally(asked=60, badly=30)),
        check=house.directory.check,
    )
    shown = await (await seat.get(page)).text()
    assert "自动退回" in shown
    assert "从 5%（5/100）升到 50%（30/60）" in shown
