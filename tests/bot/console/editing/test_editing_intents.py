"""Intents in a draft: edited, checked, made anew, removed; nothing typed is lost."""

import tomllib

import pytest

from bot.house import House
from data.civic.people import Role
from data.content.drafted import drafted
from tests.drafting import clerk
from tests.editing import Writer, filled_in, writer
from tests.staffed import Seat, served

GREETING = "intents/greeting.toml"
TEN = "\n".join(
    f"我家的鹦鹉{what}要登记吗" for what in "从买来飞走生蛋换笼生病过冬搬家送人叫声洗澡"[:20:2]
)


async def test_a_title_is_changed_and_the_rest_stays(editor: Writer) -> None:
    before = tomllib.loads(await editor.file(GREETING))
    sent = await editor.sends("/intents/greeting", title="打招呼")
    assert "已存入草稿" in await sent.text()
    after = tomllib.loads(await editor.file(GREETING))
    assert after == before | {"title": "打招呼"}


async def test_a_form_sent_back_unchanged_is_no_edit(editor: Writer) -> None:
    await editor.sends("/intents/typhoon")
    draft = await editor.draft()
    assert not [path for path in draft.edits if path != "intents/typhoon.toml"]
    before = editor.house.office().release.intents
    says = drafted(
        editor.house.office().release,
        {},
        {"intents/typhoon.toml": (await editor.file("intents/typhoon.toml")).encode()},
    )
    assert {key: says.intents[key] for key in says.intents} == {
        key: before[key] for key in says.intents
    }


async def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(
    editor: Writer,
) -> None:
    sent = await editor.sends("/intents/greeting", title="", examples="你好呀\n在么")
    page = await sent.text()
    assert "请填写。" in page
    assert "至少要 10 条" in page
    assert "你好呀\n在么" in page
    assert GREETING not in (await editor.draft()).edits


async def test_a_sentence_that_is_measured_on_is_no_example(editor: Writer) -> None:
    measured = editor.house.office().release.held_out[0].text
    given = await editor.fields("/intents/greeting")
    given["examples"] += f"\n{measured}！"
    page = await (await editor.posts("/intents/greeting", given)).text()
    assert "测评用的" in page
    assert GREETING not in (await editor.draft()).edits


async def test_an_example_of_another_intent_is_refused_and_the_other_named(
    editor: Writer,
) -> None:
    given = await editor.fields("/intents/greeting")
    given["examples"] += "\n护照丢了怎么补"
    page = await (await editor.posts("/intents/greeting", given)).text()
    assert "只能归一处：护照丢了怎么补（护照办理）" in page


async def test_an_example_that_is_nearly_anothers_is_taken_and_shown(editor: Writer) -> None:
    given = await editor.fields("/intents/greeting")
    given["examples"] += "\n想带爸妈出国玩需要先弄个啥本本呀"
    page = await (await editor.posts("/intents/greeting", given)).text()
    assert "已存入草稿" in page
    assert "像 <a" in page


async def test_a_new_intent_needs_a_title_ten_examples_and_an_answer(editor: Writer) -> None:
    given = await editor.fields("/intents/new")
    given |= {"title": "鹦鹉登记", "department": "综合行政执法", "kind": "talk", "examples": TEN}
    refused = await (await editor.posts("/intents/new", given)).text()
    assert "必须有固定回答" in refused
    given = await editor.fields("/intents/new") | given
    given |= {"answer.full": "您好，养鹦鹉不用登记。不清楚请拨打12345。"}
    made = await editor.posts("/intents/new", given)
    assert made.url.path.endswith("/intents/ying_wu_deng_ji")
    table = tomllib.loads(await editor.file("intents/ying_wu_deng_ji.toml"))
    assert table["examples"] == TEN.split("\n")
    assert "鹦鹉登记" in await editor.shows("/intents?q=鹦鹉")


async def test_a_new_intent_of_kind_guide_goes_on_to_its_new_guide(editor: Writer) -> None:
    given = await editor.fields("/intents/new")
    given |= {"title": "鹦鹉证", "department": "综合行政执法", "kind": "guide", "examples": TEN}
    made = await editor.posts("/intents/new", given)
    assert made.url.path.endswith("/guides/new")
    basics = await editor.fields("/guides/new?id=ying_wu_zheng")
    basics |= {"summary": "养鹦鹉要办证。", "plain": "养鹦鹉要办证。请打12345。"}
    basics |= {"item_type": "行政许可", "level": "县级", "audience": "自然人"}
    guide = await editor.posts("/guides/new", basics)
    assert "指南已建好" in await guide.text()
    assert "鹦鹉证" in await editor.shows("/guides/ying_wu_zheng")


async def test_a_form_sent_twice_makes_one_intent(editor: Writer) -> None:
    given = await editor.fields("/intents/new")
    given |= {"title": "鹦鹉登记", "department": "综合行政执法", "kind": "talk", "examples": TEN}
    given |= {"answer.full": "您好，养鹦鹉不用登记。不清楚请拨打12345。"}
    await editor.posts("/intents/new", given)
    await editor.posts("/intents/new", given)
    made = [path for path in (await editor.draft()).edits if "ying_wu" in path]
    assert made == ["intents/ying_wu_deng_ji.toml"]


async def test_a_topic_without_a_name_is_given_one(editor: Writer) -> None:
    given = await editor.fields("/intents/greeting")
    given |= {"answer.topics.0.label": "晚安", "answer.topics.0.heard": "晚安\n睡了"}
    given |= {"answer.topics.0.full": "晚安，明天见。", "answer.topics.0.at": "1"}
    await editor.posts("/intents/greeting", given)
    (topic, *_) = tomllib.loads(await editor.file(GREETING))["answer"]["topics"]
    assert topic == {
        "id": "wan_an",
        "label": "晚安",
        "heard": ["晚安", "睡了"],
        "full": "晚安，明天见。",
    }


async def test_two_who_edit_the_same_intent_see_both_versions_and_lose_nothing(
    house: House, editor: Writer
) -> None:
    mine = await editor.fields("/intents/greeting") | {"title": "我写的标题"}
    async with served(house) as client:
        other = await writer(house, Seat(client), "li", name="李强")
        theirs = Writer(house, other.seat, other.staff, editor.id)
        await theirs.sends("/intents/greeting", title="同事写的标题")
    page = await (await editor.posts("/intents/greeting", mine)).text()
    assert "李强 在" in page
    assert 'value="我写的标题"' in page
    assert "同事写的标题" in page
    assert "同事写的标题" in await editor.file(GREETING)
    again = await editor.posts("/intents/greeting", filled_in(page))
    assert "已存入草稿" in await again.text()
    assert "我写的标题" in await editor.file(GREETING)


async def test_two_who_edit_different_elements_of_one_guide_are_no_conflict(
    house: House, editor: Writer
) -> None:
    fee, place = "/guides/passport/elements/fee", "/guides/passport/elements/place"
    mine = await editor.fields(fee) | {"text": "每本一百元。"}
    async with served(house) as client:
        other = await writer(house, Seat(client), "li")
        theirs = Writer(house, other.seat, other.staff, editor.id)
        await theirs.sends(place, text="在新大厅。")
    saved = await editor.posts(fee, mine)
    assert "已存入草稿" in await saved.text()
    text = await editor.file("guides/passport.toml")
    assert "每本一百元。" in text
    assert "在新大厅。" in text


async def test_a_removed_intent_is_gone_from_the_draft_alone(editor: Writer) -> None:
    removed = await editor.seat.post(f"{editor.place}/intents/goodbye/remove")
    assert "已在草稿里删除" in await removed.text()
    assert "共 0 个" in await editor.shows("/intents?q=goodbye")
    assert "goodbye" in editor.house.office().release.intents


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param({"kind": "nonsense"}, id="a kind that is none"),
        pytest.param({"kind": "emergency"}, id="another kind"),
        pytest.param({"kind": ""}, id="no kind"),
        pytest.param({"seen": ""}, id="nothing seen"),
        pytest.param({"seen": "nonsense"}, id="what no page has shown"),
        pytest.param({"seen": "", "kind": "nonsense"}, id="both"),
    ],
)
async def test_a_form_that_no_page_sends_is_refused_in_words(
    editor: Writer, forged: dict[str, str]
) -> None:
    sent = await editor.sends("/intents/greeting", title="别的标题", **forged)
    assert sent.status == 400
    assert "请返回上一页，检查填写的内容后再试" in await sent.text()
    assert GREETING not in (await editor.draft()).edits


async def test_nobody_makes_an_intent_of_a_kind_that_needs_a_programmer(editor: Writer) -> None:
    sent = await editor.sends("/intents/new", kind="emergency")
    assert sent.status == 400


async def test_an_unknown_department_is_refused_and_one_with_an_account_is_known(
    house: House, editor: Writer
) -> None:
    page = await (await editor.sends("/intents/greeting", department="鹦鹉局")).text()
    assert "没有叫“鹦鹉局”的部门" in page
    assert GREETING not in (await editor.draft()).edits
    await clerk(house, "ying", Role.REVIEWER, department="鹦鹉局")
    sent = await editor.sends("/intents/greeting", department="鹦鹉局")
    assert "已存入草稿" in await sent.text()
