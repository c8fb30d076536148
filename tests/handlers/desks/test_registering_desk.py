"""Registering in the chat: asked one after the other, corrected, cancelled, few tries."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.labels import Outcome
from data.civic.safety.registrations import Kind, State
from data.civic.talk.messages import Say
from tests.handlers.talking import Talk, choices, words
from tests.registered import (
    DAUGHTER_ID,
    MOTHER,
    MOTHER_ID,
    MOTHER_PHONE,
    asks_for_mother,
    code_for,
    known,
    of,
    on_the_roster,
    only,
    registers,
    stands_in,
)
from tests.rosters import id_number


@pytest.fixture(autouse=True)
async def _roster(house: House) -> None:
    nobody = known(23, "张三丰", id_number(23), None)
    child = known(24, "王小明", id_number(24, born="20180304"), None, born=2018)
    await on_the_roster(house, MOTHER, nobody, child)


async def test_it_asks_one_after_the_other_and_ties_the_conversation(talk: Talk) -> None:
    first = await talk.say("我要给自己登记安全码")
    assert first.outcome is Outcome.CLARIFYING
    assert "您的姓名" in words(first)
    assert "最后四位" in words(await talk.say("王桂花"))
    assert "电话" in words(await talk.say(MOTHER_ID[-4:]))
    summary = await talk.say(MOTHER_PHONE)
    assert choices(summary) == ["同意登记", "有错，要改", "不登记"]
    done = words(await talk.say("1"))
    assert "登记好了" in done
    assert "12345" in done
    one = await only(talk.house, kind=Kind.OWN)
    assert (one.state, one.conversation) == (State.STANDING, talk.by.id)
    assert one.agreement is not None
    found = await talk.house.stores.residents.get(PersonId(21))
    assert found is not None
    assert found.conversation == talk.by.id


async def test_whose_is_asked_where_it_is_not_said(talk: Talk) -> None:
    asked = await talk.say("安全码注册")
    assert choices(asked) == ["我自己", "家里人"]
    assert choices(await talk.say("2")) == ["妈妈", "爸爸", "家人"]
    assert "您爸爸的姓名" in words(await talk.say("爸爸"))


@pytest.mark.parametrize("digits", ["一二三四", "壹贰叁肆", "1 2 3 4"])
async def test_the_last_four_are_taken_as_they_are_said(talk: Talk, digits: str) -> None:
    asked = await talk.say("我要给自己登记安全码", "王桂花", digits)
    assert "手机号或电话" in words(asked)


@pytest.mark.parametrize("text", ["忘了", "不记得了", "记不得", "想不起来了"])
async def test_who_has_forgotten_them_keeps_the_form_and_is_told_who_helps(
    talk: Talk, text: str
) -> None:
    asked = words(await talk.say("我要给自己登记安全码", "王桂花", text))
    assert "请找村（社区）干部" in asked
    assert "手机号或电话" in words(await talk.say("1234"))


async def test_a_whole_id_number_is_enough_without_a_telephone(talk: Talk) -> None:
    number = id_number(23)
    asked = words(await talk.say("我要给自己登记安全码", "张三丰", number[-4:], "没有"))
    assert "完整的身份证号" in asked
    done = words(await talk.say(number, "没有", "好"))
    assert "登记好了" in done
    assert number not in asked + done


@pytest.mark.parametrize(
    ("name", "last_four", "phone"),
    [
        ("王桂花", "0000", MOTHER_PHONE),
        ("王桂花", MOTHER_ID[-4:], "13800009999"),
        ("李四光", MOTHER_ID[-4:], MOTHER_PHONE),
        ("不存在", "1111", "13900000000"),
    ],
)
async def test_unknown_and_not_fitting_are_one_answer(
    talk: Talk, name: str, last_four: str, phone: str
) -> None:
    reply = await talk.say("我要给自己登记安全码", name, last_four, phone, "好")
    assert words(reply).startswith("没有登记上：名册上没有这个人，或者有一样对不上")
    assert choices(reply) == ["再填一次", "只收一个村的预警"]
    assert await talk.house.stores.registrations.of_conversation(talk.by.id) == []


async def test_who_is_not_on_the_roster_may_follow_a_village(talk: Talk) -> None:
    await registers(talk, "不存在", "1111", "13900000000")
    assert "哪个镇、哪个村" in words(await talk.say("2"))
    assert "临浦镇有预警，这里会告诉您" in words(await talk.say("临浦镇"))


async def test_a_child_is_not_registered_here(talk: Talk) -> None:
    said = ("我要给自己登记安全码", "王小明", id_number(24, born="20180304"), "没有", "好")
    assert "没有登记上" in words(await talk.say(*said))


async def test_vain_tries_are_few_and_stand_in_the_audit_log(talk: Talk) -> None:
    for _ in range(5):
        assert "没有登记上" in await registers(talk, number=DAUGHTER_ID)
    assert "过几分钟再试" in await registers(talk)
    deeds = [one.deed async for one in talk.house.stores.audit.entries()]
    vain = [one for one in deeds if one.act == "register.vain"]
    assert len(vain) == 5
    assert MOTHER_PHONE not in str(vain)


async def test_what_is_wrong_is_corrected_alone(talk: Talk) -> None:
    said = ("我要给自己登记安全码", "王桂花", MOTHER_ID[-4:], "13800009999")
    assert "138****9999" in words(await talk.say(*said))
    assert "电话" in words(await talk.say("改电话"))
    assert "138****0021" in words(await talk.say(MOTHER_PHONE))
    assert "登记好了" in words(await talk.say("同意"))


async def test_it_can_be_left_at_any_step(talk: Talk) -> None:
    assert "先放下" in words(await talk.say("我要给自己登记安全码", "王桂花", "取消"))
    before = ("我要给自己登记安全码", "王桂花", MOTHER_ID[-4:], MOTHER_PHONE)
    assert "先放下" in words(await talk.say(*before, "不登记"))
    assert "护照" in words(await talk.say("我要给自己登记安全码", "护照怎么办"))
    assert await talk.house.stores.registrations.of_conversation(talk.by.id) == []


async def test_what_is_not_understood_is_asked_again_with_a_telephone(talk: Talk) -> None:
    told = words(await talk.say("我要给自己登记安全码", "王桂花", "12"))
    assert "没有看懂" in told
    assert "说不清楚，请拨打12345" in told


async def test_after_vain_answers_it_names_the_telephone(talk: Talk) -> None:
    reply = await talk.say("我要给自己登记安全码", "王桂花", "12", "34", "56")
    assert reply.outcome is Outcome.SIGNPOSTED
    assert "12345" in words(reply)


async def test_the_form_is_sealed_while_it_is_filled_in(talk: Talk) -> None:
    await talk.say("我要给自己登记安全码", "王桂花", MOTHER_ID, MOTHER_PHONE)
    standing = await talk.standing()
    assert standing.awaited is not None
    for secret in ("王桂花", MOTHER_ID, MOTHER_ID[-4:], MOTHER_PHONE):
        assert secret not in str(standing.awaited.answers)


async def test_another_conversation_takes_over_and_the_first_is_told(house: House) -> None:
    first, second = of(house, "one"), of(house, "two")
    await registers(first)
    await registers(second)
    lines = await house.stores.messages.history(first.by.id, before=None, limit=20)
    assert "绑到了另一个" in str([one.text for one in lines])
    found = await house.stores.residents.get(PersonId(21))
    assert found is not None
    assert found.conversation == second.by.id


async def test_in_care_mode_there_are_three_choices_and_plain_words(talk: Talk) -> None:
    await talk.say("长辈版")
    reply = await talk.say("我要给自己登记安全码", "王桂花", MOTHER_ID[-4:], MOTHER_PHONE)
    assert len(choices(reply)) <= 3
    for part in reply.parts:
        assert not isinstance(part, Say) or len(part.plain) <= 120


async def test_the_mother_agrees_and_takes_it_back(house: House) -> None:
    daughter, mother = of(house, "daughter"), of(house, "mother")
    one = await stands_in(house, daughter, mother)
    assert one.name == "李小芳"
    assert "李小芳" in words(await mother.say("谁在替我收预警"))
    assert "马上停了：李小芳" in words(await mother.say("不要让她代我"))
    assert (await only(house)).state is State.ENDED
    lines = await house.stores.messages.history(daughter.by.id, before=None, limit=20)
    assert "不再请您代收" in str(lines[-1].text)
    assert "没有登记谁替您" in words(await mother.say("不要让她代我"))


async def test_a_wrong_code_agrees_to_nothing(house: House) -> None:
    daughter, mother = of(house, "daughter"), of(house, "mother")
    await registers(mother)
    await asks_for_mother(daughter)
    code = await code_for(house, mother)
    wrong = f"{(int(code) + 1) % 10000:04}"
    assert "没有对上" in words(await mother.say(f"同意{wrong}"))
    assert (await only(house)).state is State.ASKED
    assert "不能替您" in words(await mother.say("不同意"))
    assert (await only(house)).state is State.REFUSED


async def test_a_mere_good_counts_where_nothing_was_said_since(house: House) -> None:
    daughter, mother = of(house, "daughter"), of(house, "mother")
    await registers(mother)
    await asks_for_mother(daughter)
    assert "记下您的同意" in words(await mother.say("好"))
    assert (await only(house)).state is State.STANDING


@pytest.mark.parametrize("word", ["返回", "上一步", "打错了", "不登记了"])
async def test_a_word_that_takes_it_back_is_no_name(talk: Talk, word: str) -> None:
    await talk.say("我要给自己登记安全码")
    assert "先放下" in words(await talk.say(word))
    assert (await talk.standing()).awaited is None
