"""Answers for the family: counted where it was agreed to, asked for where it is not clear."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.labels import Outcome
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.rows import By, Manner, Row, RowState, Said
from data.civic.talk.messages import Say
from tests.handlers.talking import Talk, choices, words
from tests.observed import sent
from tests.registered import (
    DAUGHTER_ID,
    DAUGHTER_PHONE,
    MOTHER,
    asks_for_mother,
    known,
    of,
    on_the_roster,
    only,
    registers,
    stands_in,
)
from tests.townsfolk import guarded, person


@pytest.fixture
def daughter(house: House) -> Talk:
    return of(house, "daughter")


@pytest.fixture
def mother(house: House) -> Talk:
    return of(house, "mother")


@pytest.fixture
async def warned(house: House, daughter: Talk, mother: Talk) -> Informing:
    """The daughter stands in for her mother, of whose household there is another; all are told."""
    await on_the_roster(house, MOTHER, person(25, household=21), person(26))
    await stands_in(house, daughter, mother)
    return await sent(house)


async def row(house: House, one: Informing, handle: int = 21) -> Row:
    found = await house.stores.rows.get(one.id, PersonId(handle))
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["我妈平安", "我妈没事，已经到我这里了", "妈妈平安"])
async def test_the_daughter_says_that_her_mother_is_safe(
    house: House, daughter: Talk, warned: Informing, text: str
) -> None:
    told = words(await daughter.say(text))
    assert "您替妈妈报了平安" in told
    assert "12345" in told
    mine, mate, other = [await row(house, warned, handle) for handle in (21, 25, 26)]
    assert mine.confirmation is not None
    confirmed = mine.confirmation
    assert (confirmed.by, confirmed.said) == (By.FAMILY, Said.SAFE)
    assert (confirmed.who, confirmed.manner) == ((await only(house)).id, Manner.CHAT)
    assert mate.state is RowState.CONFIRMED
    assert other.confirmation is None


async def test_a_second_answer_changes_nothing(
    house: House, daughter: Talk, mother: Talk, warned: Informing
) -> None:
    await daughter.say("我妈平安")
    before = (await row(house, warned)).confirmation
    assert "已经答复过" in words(await daughter.say("我妈平安"))
    assert "已经答复过" in words(await mother.say("收到"))
    assert (await row(house, warned)).confirmation == before


async def test_ones_own_word_is_none_for_the_mother(
    house: House, daughter: Talk, warned: Informing
) -> None:
    asked = await daughter.say("收到")
    assert asked.outcome is Outcome.CLARIFYING
    assert choices(asked) == ["妈妈收到了"]
    assert (await row(house, warned)).confirmation is None
    assert "妈妈收到了" in words(await daughter.say("1"))
    confirmed = (await row(house, warned)).confirmation
    assert confirmed is not None
    assert confirmed.said is Said.RECEIVED


@pytest.mark.parametrize(
    "text",
    [
        *("我妈平安吗", "我妈联系不上", "我妈没收到", "我爸平安"),
        *("我妈平安不了", "我妈不太平安", "我妈收到了，可是没车", "我妈平安，就是断粮了"),
    ],
)
async def test_a_question_and_somebody_else_confirm_nothing(
    house: House, daughter: Talk, warned: Informing, text: str
) -> None:
    await daughter.say(text)
    assert (await row(house, warned)).confirmation is None


async def test_a_mother_who_will_not_leave_is_visited(house: House, daughter: Talk) -> None:
    worker = await guarded(house.stores)
    await on_the_roster(house)
    await stands_in(house, daughter, of(house, "mother"))
    order = await sent(house, "order/1", kind=InformingKind.ORDER)
    told = words(await daughter.say("我妈不肯走怎么办"))
    assert worker.name in told
    assert (await row(house, order)).visit is Said.STAYS


async def test_against_no_order_the_mother_is_not_said_to_stay(
    house: House, daughter: Talk, warned: Informing
) -> None:
    await daughter.say("我妈不肯走怎么办")
    found = await row(house, warned)
    assert (found.confirmation, found.visit) == (None, None)


async def test_before_the_mother_agrees_nothing_counts(
    house: House, daughter: Talk, mother: Talk
) -> None:
    await on_the_roster(house)
    await registers(mother)
    await asks_for_mother(daughter)
    one = await sent(house)
    await daughter.say("我妈平安")
    assert (await row(house, one)).confirmation is None


async def test_after_she_takes_it_back_nothing_counts(
    house: House, daughter: Talk, mother: Talk, warned: Informing
) -> None:
    await mother.say("不要让她代我")
    await daughter.say("我妈平安")
    assert (await row(house, warned)).confirmation is None


async def test_who_is_on_the_roster_is_told_of_whom_there_is_no_answer(
    house: House, daughter: Talk, mother: Talk
) -> None:
    herself = known(22, "李小芳", DAUGHTER_ID, DAUGHTER_PHONE, born=1975)
    await on_the_roster(house, MOTHER, herself)
    await registers(daughter, "李小芳", DAUGHTER_ID, DAUGHTER_PHONE)
    await stands_in(house, daughter, mother)
    one = await sent(house)
    reply = await daughter.say("我平安")
    assert "您报了平安" in words(reply)
    assert "妈妈那边还没有答复" in words(reply)
    assert (await row(house, one)).confirmation is None
    await daughter.say("妈妈平安")
    assert (await row(house, one)).state is RowState.CONFIRMED


async def test_every_answer_is_short_in_its_plain_version(
    daughter: Talk, warned: Informing
) -> None:
    for text in ("收到", "我妈平安", "我妈平安", "我妈不肯走"):
        for part in (await daughter.say(text)).parts:
            assert not isinstance(part, Say) or len(part.plain) <= 120, part.plain
