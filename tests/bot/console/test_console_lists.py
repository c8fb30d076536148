"""The lists of what is served, reminders, and the way from a list into a draft."""

from dataclasses import replace
from datetime import timedelta

from bot.first_release import Shipped
from bot.house import House
from data.civic.calendar import local
from data.civic.ids import GuideId
from data.civic.people import Role
from handlers.acts.reminders import remind
from tests import builders, drafting
from tests.conftest import Build
from tests.staffed import Seat, hired, served

LISTS = "/console/lists"


async def test_each_list_opens_and_says_what_it_is_for(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.EDITOR)
    await seat.sign_in()
    for what in ("completeness", "reading", "due", "owners", "nonsense"):
        page = await (await seat.get(f"{LISTS}?what={what}")).text()
        assert "正在使用的指南里" in page


async def test_a_department_sees_its_own_guides(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.REVIEWER)
    await seat.sign_in()
    page = await (await seat.get(f"{LISTS}?what=owners&department=公安&q=护照")).text()
    assert "普通护照签发" in page
    assert "结婚登记" not in page


async def test_a_list_leads_into_the_own_draft(house: House, seat: Seat, shipped: Shipped) -> None:
    await drafting.served(house, shipped)
    await hired(house, "wang", Role.EDITOR)
    await seat.sign_in()
    await seat.get(LISTS)
    first = await seat.post(f"{LISTS}/edit", guide="passport")
    again = await seat.post(f"{LISTS}/edit", guide="passport")
    assert "普通护照签发" in await first.text()
    assert first.url.path == again.url.path
    assert (await seat.post(f"{LISTS}/edit", guide="nothing")).status == 404


async def test_a_guide_that_ends_is_on_the_first_page_and_noted_once(
    build: Build, shipped: Shipped
) -> None:
    house = build(shipped=ending(shipped, days=5))
    assert await remind(house.office()) == 1
    assert await remind(house.office()) == 0
    await hired(house, "wang", Role.EDITOR)
    async with served(house) as client:
        seat = Seat(client)
        await seat.sign_in()
        assert "份指南要核对" in await (await seat.get("/console/")).text()
        page = await (await seat.get(f"{LISTS}?what=due")).text()
        assert "有效期还有 5 天" in page
        number = page.split('name="id" value="')[1].split('"')[0]
        noted = await (await seat.post(f"{LISTS}/note", id=number)).text()
        assert "没有新的提醒" in noted


def ending(shipped: Shipped, *, days: int) -> Shipped:
    """Let one guide end in so many days, and no basis be old."""
    release, today = shipped.release, local(builders.now()).date()
    passport = GuideId("passport")
    guides = {
        key: replace(one, valid_until=today + timedelta(days=days if key == passport else 300))
        for key, one in release.guides.items()
    }
    sources = {
        key: replace(one, read_on=today if one.read_on else None)
        for key, one in release.sources.items()
    }
    changed = replace(release, id="0" * 64, guides=guides, sources=sources)
    return replace(shipped, release=changed)
