"""Every page of the editors opens, also for who may only look."""

import pytest

from bot.house import House
from data.civic.people import Role
from tests.editing import Writer
from tests.staffed import Seat, hired, served

PAGES = (
    "/intents",
    "/intents?q=护照&kind=guide",
    "/intents/new",
    "/intents/greeting",
    "/intents/passport",
    "/guides",
    "/guides?q=护照&lacking=sample&until=month",
    "/guides/new",
    "/guides/passport",
    "/guides/passport/basics",
    "/guides/passport/elements/materials",
    "/guides/passport/elements/duration",
    "/guides/passport/elements/materials?situation=child",
    "/guides/passport/situations/new",
    "/guides/passport/situations/child",
    "/wording",
    "/wording/unknown",
    "/lexicon",
    "/rules",
    "/danger",
    "/danger/danger/trapped",
    "/golden",
    "/sources",
    "/sources/new",
    "/sources/passport-guide",
    "/adopt",
    "/adopt?department=公安",
)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_of_a_draft_opens(editor: Writer, path: str) -> None:
    said = await editor.shows(path)
    assert "测试" in said
    assert "<h1>" in said


async def test_who_may_only_look_cannot_change(house: House, editor: Writer) -> None:
    await hired(house, "reader", Role.REVIEWER)
    async with served(house) as client:
        seat = Seat(client)
        await seat.sign_in("reader")
        looking = Writer(house, seat, editor.staff, editor.id)
        assert "改答案要有“拟稿”角色" in await looking.shows("/intents/greeting")
        assert (await looking.sends("/intents/greeting", title="问候")).status == 403


async def test_what_is_not_there_is_said_so(editor: Writer) -> None:
    for path in ("/intents/nothing", "/guides/nothing", "/wording/nothing", "/sources/nothing"):
        assert (await editor.seat.get(f"{editor.place}{path}")).status == 404
