"""Journey 8: where an application stands, for who knows its number and a second factor."""

import asyncio
from collections import Counter

import pytest

from bot.seeds import load_seeds
from tests.journeys.county import County
from tests.journeys.phones import Json, MiniProgramPhone

NUMBER, PHONE, ID = "33010920261100001", "1234", "002X"
TITLE = "居民身份证丢失补领"


@pytest.fixture(autouse=True)
async def _cases(county: County) -> None:
    await load_seeds(county.house)


@pytest.fixture
async def mini(county: County) -> MiniProgramPhone:
    return await county.mini()


@pytest.mark.parametrize("last_four", [PHONE, ID, ID.lower()])
async def test_the_right_pair_is_told_the_state_in_words(
    county: County, mini: MiniProgramPhone, last_four: str
) -> None:
    phone = await county.wechat()
    assert "编号" in await phone.ask("查进度")
    assert "最后四位" in await phone.ask(NUMBER)
    words = await phone.ask(last_four)
    assert f"【{TITLE}】办件{NUMBER}：正在办理" in words
    status, case = await mini.look_up(NUMBER, last_four)
    assert (status, case["words"]) == (200, words)


async def test_all_at_once_in_one_sentence(mini: MiniProgramPhone) -> None:
    answer = await mini.ask(f"帮我查一下进度，编号{NUMBER}，后四位{PHONE}")
    assert "正在办理" in answer.text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("33010920261100002", "等您来领"),
        ("33010920261100003", "等您补材料"),
        ("33010920261100004", "准予"),
    ],
)
async def test_every_state_has_its_words(mini: MiniProgramPhone, number: str, words: str) -> None:
    last_four = {"2": "5678", "3": "4321", "4": "8888"}[number[-1]]
    status, case = await mini.look_up(number, last_four)
    assert status == 200
    assert words in case["words"]


async def test_what_one_has_looked_up_is_among_ones_own_cases(
    county: County, mini: MiniProgramPhone
) -> None:
    await mini.look_up(NUMBER, PHONE)
    await mini.look_up("33010920261100002", "0000")
    _, mine = await mini.call("GET", "/cases", None)
    assert [one["number"] for one in mine["cases"]] == [NUMBER]
    _, theirs = await (await county.mini("alipay", "li")).call("GET", "/cases", None)
    assert theirs["cases"] == []


async def test_a_wrong_pair_and_an_unknown_number_get_the_very_same_answer(
    county: County, mini: MiniProgramPhone
) -> None:
    wrong = await mini.look_up(NUMBER, "9999")
    unknown = await mini.look_up("33010920269999999", "9999")
    assert wrong[0] == 404
    assert without_request(wrong) == without_request(unknown)
    said = []
    for number, user in ((NUMBER, "a"), ("33010920269999999", "b")):
        phone = await county.wechat(user)
        await phone.ask("查进度")
        await phone.ask(number)
        said.append(await phone.ask("9999"))
    assert said[0] == said[1]
    assert "没有查到" in said[0]


async def test_a_thousand_guesses_reveal_nothing_and_are_slowed(mini: MiniProgramPhone) -> None:
    """All at once, as somebody would who knows that looking and counting are two steps."""
    guesses = [f"{n:04}" for n in range(1000)]
    answers = await asyncio.gather(*(mini.look_up(NUMBER, one) for one in guesses))
    told = Counter(status for status, _ in answers)
    assert set(told) == {404, 429}
    assert told[404] <= 5
    assert len({str(without_request(one)) for one in answers}) == 2
    assert TITLE not in str(answers)
    assert await slowed(mini, PHONE)


async def test_many_hands_guess_no_faster(county: County) -> None:
    hands = [await county.mini("alipay", f"hand{n}") for n in range(8)]
    answers = [await one.look_up(NUMBER, f"9{n:03}") for n, one in enumerate(hands * 4)]
    assert [status for status, _ in answers].count(404) == 20
    assert await slowed(await county.mini("wechat", "owner"), PHONE)


async def test_guessing_in_the_chat_is_slowed_too(county: County) -> None:
    phone = await county.wechat()
    said = [await phone.ask(f"查进度，编号{NUMBER}，后四位{n}") for n in range(9001, 9007)]
    assert ["没有查到" in one for one in said] == [True] * 5 + [False]
    assert "过几分钟再试" in said[-1]
    assert "正在办理" not in await phone.ask(f"查进度，编号{NUMBER}，后四位{PHONE}")


async def test_who_knows_the_pair_may_look_as_often_as_he_likes(mini: MiniProgramPhone) -> None:
    answers = [await mini.look_up(NUMBER, PHONE) for _ in range(30)]
    assert {status for status, _ in answers} == {200}


async def slowed(mini: MiniProgramPhone, last_four: str) -> bool:
    status, body = await mini.look_up(NUMBER, last_four)
    return status == 429 and TITLE not in str(body)


def without_request(answer: tuple[int, Json]) -> tuple[int, Json]:
    """Leave out the one thing that differs from request to request."""
    status, body = answer
    return status, {key: value for key, value in body.items() if key != "request_id"}
