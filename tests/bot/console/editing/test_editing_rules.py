"""Wording, lexicon, numbers, danger words and golden questions in a draft."""

import tomllib

from bot.house import House
from tests.editing import Writer, writer
from tests.staffed import Seat, served


async def test_a_sentence_keeps_its_placeholders_and_takes_no_other(editor: Writer) -> None:
    refused = await editor.sends("/wording/unknown", full="抱歉，请打{telephone}。")
    assert "不能用占位符 telephone" in await refused.text()
    saved = await editor.sends("/wording/unknown", full="抱歉，我不知道。请打{hotline}。", plain="")
    assert "已存入草稿" in await saved.text()
    text = await editor.file("wording/conversation.toml")
    assert tomllib.loads(text)["unknown"] == {"full": "抱歉，我不知道。请打{hotline}。"}
    assert text.startswith("# What the assistant says around the answers.")


async def test_a_brace_alone_is_refused(editor: Writer) -> None:
    assert "要成对" in await (await editor.sends("/wording/unknown", full="请打{hotline。")).text()


async def test_a_variant_is_written_with_an_arrow(editor: Writer) -> None:
    saved = await editor.posts(
        "/lexicon/variants",
        await editor.fields("/lexicon") | {"text": "# 方言\n阿拉 → 我们\n身份zheng\t身份证"},
    )
    assert "已存入草稿" in await saved.text()
    assert await editor.file("lexicon/variants.tsv") == "# 方言\n阿拉\t我们\n身份zheng\t身份证\n"


async def test_a_variant_with_two_meanings_is_refused_by_its_line(editor: Writer) -> None:
    given = await editor.fields("/lexicon") | {"text": "阿拉 → 我们\n阿拉 → 阿拉伯"}
    page = await (await editor.posts("/lexicon/variants", given)).text()
    assert "第 2: 阿拉" in page
    assert "阿拉伯" in page


async def test_two_who_edit_the_lexicon_see_both(house: House, editor: Writer) -> None:
    mine = await editor.fields("/lexicon") | {"text": "阿拉 → 我们"}
    async with served(house) as client:
        other = await writer(house, Seat(client), "li", name="李强")
        theirs = Writer(house, other.seat, other.staff, editor.id)
        await theirs.posts("/lexicon/variants", await theirs.fields("/lexicon") | {"text": "伊→他"})
    page = await (await editor.posts("/lexicon/variants", mine)).text()
    assert "李强 在" in page
    assert "伊\t他" in page
    assert "阿拉\t我们" in page


async def test_a_number_outside_the_safe_range_is_refused(editor: Writer) -> None:
    given = await editor.fields("/rules")
    refused = await editor.posts("/rules/thresholds", given | {"answer_margin": "5"})
    assert "超出了安全范围 0.1~1" in await refused.text()
    refused = await editor.posts("/rules/thresholds", given | {"clarify_score": "-0.3"})
    assert "要低于“直接回答”的分数" in await refused.text()
    refused = await editor.posts("/rules/thresholds", given | {"temperature": "nan"})
    assert "请填数字" in await refused.text()


async def test_a_number_is_changed_and_why_it_was_chosen_stays(editor: Writer) -> None:
    given = await editor.fields("/rules") | {"answer_margin": "0.4"}
    await editor.posts("/rules/thresholds", given)
    text = await editor.file("rules/thresholds.toml")
    assert "answer_margin = 0.4  # so much;" in text
    assert "5-fold cross-validation" in text


async def test_danger_words_must_still_hear_their_examples(editor: Writer) -> None:
    given = await editor.fields("/danger/danger/trapped")
    refused = await editor.posts("/danger/danger/trapped", given | {"patterns": "被困"})
    assert "下面的求救就听不出来了" in await refused.text()


async def test_danger_words_that_fire_at_services_are_shown(editor: Writer) -> None:
    given = await editor.fields("/danger/danger/trapped")
    given["patterns"] += "\n办护照"
    await editor.posts("/danger/danger/trapped", given)
    assert "句办事的话当成险情" in await editor.shows("/danger/danger/trapped")


async def test_look_alikes_must_not_silence_a_cry_for_help(editor: Writer) -> None:
    listed = await editor.shows("/danger")
    name = listed.split("/danger/look_alike/")[1].split('"')[0]
    given = await editor.fields(f"/danger/look_alike/{name}")
    given["patterns"] += "\n被困"
    refused = await editor.posts(f"/danger/look_alike/{name}", given)
    assert "下面的求救就听不出来了" in await refused.text()


async def test_a_golden_question_is_added_and_taken_out(editor: Writer) -> None:
    given = {"question": "护照 加急吗", "intent": "passport", "aspect": "fee", "phrase": "120"}
    assert "已存入草稿" in await (await editor.posts("/golden", given)).text()
    line = "护照 加急吗\tpassport\tfee\t120"
    assert line in (await editor.file("golden/golden.tsv")).splitlines()
    await editor.posts("/golden/remove", {"line": line})
    assert "护照 加急吗" not in await editor.file("golden/golden.tsv")


async def test_a_golden_question_without_its_phrase_is_refused(editor: Writer) -> None:
    given = {"question": "护照加急吗", "intent": "passport", "aspect": "", "phrase": " "}
    page = await (await editor.posts("/golden", given)).text()
    assert "请写答案里必须有的词" in page
    assert "护照加急吗" in page
