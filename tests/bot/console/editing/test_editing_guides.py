"""Guides in a draft: elements, situations, areas, sources; and the list of them."""

import tomllib
from typing import Any

import pytest

from tests.editing import Writer

PASSPORT = "guides/passport.toml"
LINPU = "330109105"


async def table(editor: Writer) -> dict[str, Any]:
    return tomllib.loads(await editor.file(PASSPORT))


@pytest.mark.parametrize("query", ["", "?situation=child"])
async def test_an_element_sent_back_unchanged_says_the_same(editor: Writer, query: str) -> None:
    before = await table(editor)
    await editor.sends(f"/guides/passport/elements/materials{query}", text="请带好。")
    await editor.sends(
        f"/guides/passport/elements/materials{query}",
        text="" if not query else "父母一方陪同孩子到场就可以。",
    )
    assert await table(editor) == before


async def test_a_row_of_materials_is_added_moved_and_taken_out(editor: Writer) -> None:
    path = "/guides/passport/elements/materials"
    given = await editor.fields(path)
    given |= {"items.4.name": "单位证明", "items.4.form": "原件1份", "items.4.at": "1"}
    given |= {f"items.1.{key}": "" for key in ("name", "form", "note", "electronic")}
    await editor.posts(path, given)
    items = (await table(editor))["elements"]["materials"]["items"]
    names = [one["name"] for one in items]
    assert names == ["单位证明", "居民身份证", "出入境证件照片", "原护照"]


async def test_a_fact_needs_its_basis_and_that_is_said_there(editor: Writer) -> None:
    path = "/guides/passport/elements/fee"
    page = await (await editor.sends(path, basis="", text="每本100元。")).text()
    assert "请至少选一个依据" in page
    assert "每本100元。" in page
    assert PASSPORT not in (await editor.draft()).edits


async def test_a_new_source_is_written_beside_the_element_that_rests_on_it(
    editor: Writer,
) -> None:
    given = await editor.fields("/guides/passport/elements/fee")
    given |= {"basis": "", "source.name": "关于收费的通知", "source.issuer": "国家发展改革委"}
    given |= {"source.number": "发改价格〔2026〕1号", "source.read_on": "2026-11-20"}
    await editor.posts("/guides/passport/elements/fee", given)
    (key,) = (await table(editor))["elements"]["fee"]["basis"]
    assert key == "guan-yu-shou-fei-de-tong-zhi"
    source = tomllib.loads(await editor.file("sources/added.toml"))[key]
    assert source["number"] == "发改价格〔2026〕1号"
    assert "有依据" in await editor.shows("/guides/passport")


async def test_saving_leads_on_to_the_next_element(editor: Writer) -> None:
    given = await editor.fields("/guides/passport/elements/fee") | {"then": "next"}
    sent = await editor.posts("/guides/passport/elements/fee", given)
    assert sent.url.path.endswith("/elements/place")


async def test_a_situation_is_made_filled_and_removed(editor: Writer) -> None:
    made = await editor.sends(
        "/guides/passport/situations/new", label="双胞胎", words="双胞胎\n龙凤胎"
    )
    assert "情形：双胞胎" in await made.text()
    fee = "/guides/passport/elements/fee?situation=shuang_bao_tai"
    await editor.sends(fee, status="sample", text="两本一起办，各交各的。")
    (case,) = [one for one in (await table(editor))["situations"] if one["label"] == "双胞胎"]
    assert case["elements"]["fee"] == {"status": "sample", "text": "两本一起办，各交各的。"}
    await editor.seat.post(
        f"{editor.place}/guides/passport/elements/fee/drop?situation=shuang_bao_tai"
    )
    await editor.seat.post(f"{editor.place}/guides/passport/situations/shuang_bao_tai/remove")
    assert "双胞胎" not in await editor.shows("/guides/passport")


async def test_an_area_where_it_differs_is_chosen_from_the_gazetteer(editor: Writer) -> None:
    given = {"area": LINPU, "element": "place"}
    opened = await editor.seat.post(f"{editor.place}/guides/passport/variants/new", **given)
    assert "临浦镇" in await opened.text()
    path = f"/guides/passport/elements/place?variant={LINPU}"
    await editor.sends(path, status="sample", text="在镇便民服务中心办。")
    (variant,) = (await table(editor))["variants"]
    assert variant["area"] == LINPU
    assert "在镇便民服务中心办。" in await editor.shows("/guides/passport")
    nowhere = await editor.seat.post(
        f"{editor.place}/guides/passport/variants/new", area="999999", element="place"
    )
    assert nowhere.status == 400


async def test_days_that_cannot_be_are_said_at_the_field(editor: Writer) -> None:
    sent = await editor.sends("/guides/passport/basics", valid_until="2020-01-01")
    assert "有效期要晚于核对日期" in await sent.text()
    sent = await editor.sends("/guides/passport/basics", checked_on="昨天")
    assert "这样的日期" in await sent.text()


async def test_the_basics_leave_the_elements_alone(editor: Writer) -> None:
    before = await table(editor)
    await editor.sends("/guides/passport/basics", everyday="护照\n小红本")
    assert await table(editor) == before | {"everyday": ["护照", "小红本"]}


async def test_a_guide_that_answers_an_intent_stays(editor: Writer) -> None:
    kept = await editor.seat.post(f"{editor.place}/guides/passport/remove")
    assert "还有事项要用这份指南" in await kept.text()


async def test_the_list_is_narrowed_by_what_a_guide_lacks(editor: Writer) -> None:
    await editor.sends("/guides/passport/elements/fee", status="not_stated", text="", basis="")
    page = await editor.shows("/guides?lacking=not_stated&q=护照")
    assert "普通护照签发" in page
    assert "已改" in page
    assert "没有符合条件的指南" in await editor.shows("/guides?until=past")


async def test_what_is_hard_to_read_is_shown_after_saving(editor: Writer) -> None:
    await editor.sends("/guides/passport/elements/fee", text="每本120元，逾期不予受理。")
    page = await editor.shows("/guides/passport/elements/fee")
    assert "公文用语“逾期”，可以说“过期”" in page


async def test_a_source_that_is_read_makes_the_facts_on_it_read(editor: Writer) -> None:
    unread = next(
        key for key, one in editor.house.office().release.sources.items() if one.read_on is None
    )
    await editor.sends(f"/sources/{unread}", read_on="2026-11-20")
    assert "2026-11-20" in await editor.shows(f"/sources/{unread}")
    assert ">没读过<" not in await editor.shows(f"/sources?q={unread}")
