"""Adoption inside a draft: a department ticks what it vouches for."""

import html
import re

from bot.house import House
from data.civic.ids import GuideId
from handlers.acts.read_draft import drafted_of
from tests.editing import Writer, writer
from tests.staffed import Seat, served

PAGE = "/adopt?department=公安&guide=passport"


def ticks(page: str) -> list[str]:
    return re.findall(r'name="tick" value="([^"]+)"', page)


async def test_what_is_ticked_is_adopted_under_the_clerks_name(editor: Writer) -> None:
    (fee,) = [one for one in ticks(await editor.shows(PAGE)) if one.startswith("passport/place")]
    given = {"department": "公安", "tick": fee}
    assert "已认领" in await (await editor.posts("/adopt", given)).text()
    assert 'by = "王芳"' in await editor.file("adopted/公安.toml")
    says = await drafted_of(editor.house.office(), await editor.draft())
    assert says.guides[GuideId("passport")].elements["place"].adopted
    assert fee not in ticks(await editor.shows(PAGE))


async def test_another_departments_clerk_cannot_vouch(house: House, seat: Seat) -> None:
    editor = await writer(house, seat, department="民政")
    page = await editor.shows(PAGE)
    assert "只有公安的拟稿人员能认领" in page
    given = {"department": "公安", "tick": ticks(page)[0]}
    assert (await editor.posts("/adopt", given)).status == 403


async def test_words_that_changed_since_are_not_adopted(house: House, editor: Writer) -> None:
    (place,) = [one for one in ticks(await editor.shows(PAGE)) if "/place#" in one]
    async with served(house) as client:
        other = await writer(house, Seat(client), "li")
        theirs = Writer(house, other.seat, other.staff, editor.id)
        await theirs.sends("/guides/passport/elements/place", text="换了地方。")
    page = await (await editor.posts("/adopt", {"department": "公安", "tick": place})).text()
    assert "没有认领" in page
    assert "adopted/公安.toml" not in (await editor.draft()).edits


async def test_an_element_changed_after_its_adoption_has_to_be_adopted_anew(
    editor: Writer,
) -> None:
    (place,) = [one for one in ticks(await editor.shows(PAGE)) if "/place#" in one]
    await editor.posts("/adopt", {"department": "公安", "tick": place})
    assert "已经认领" in await editor.shows("/guides/passport/elements/place")
    await editor.sends("/guides/passport/elements/place", text="换了地方。")
    (now,) = [one for one in ticks(await editor.shows(PAGE)) if "/place#" in one]
    assert now != place
    await editor.posts("/adopt", {"department": "公安", "tick": html.unescape(now)})
    assert (await editor.file("adopted/公安.toml")).count("[[adopted]]") == 1
