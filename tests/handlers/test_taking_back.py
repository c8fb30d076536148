"""An answer with a cry behind it, one that is taken back, and 不走 against no order."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.labels import Outcome
from data.civic.safety.grids import GridWorker
from data.civic.sending.informing import Informing, InformingKind, Words
from data.civic.sending.rows import Row, RowState, Said
from handlers.acts import inform
from tests.handlers.talking import Talk, choices, words
from tests.observed import sent
from tests.townsfolk import VILLAGE, guarded, person, settled

HELP = "我走不动，来接我"


@pytest.fixture
async def worker(talk: Talk) -> GridWorker:
    await settled(talk.house.stores, person(1, chat=True))
    return await guarded(talk.house.stores)


@pytest.fixture
async def order(talk: Talk, worker: GridWorker) -> Informing:
    return await sent(talk.house, "order/1", kind=InformingKind.ORDER)


async def row(house: House, informing: Informing) -> Row:
    found = await house.stores.rows.get(informing.id, PersonId(1))
    assert found is not None
    return found


async def cases(talk: Talk) -> int:
    return len(await talk.house.stores.duty_calls.unseen(10))


CRIES = (
    *("收到，但我走不了", "收到，但是没有车", "收到，求派车", "收到，没人接"),
    *("收到，病了走不了", "收到，轮椅", "平安是平安，就是水快到门口了"),
    *("暂时平安，屋后在掉土", "我们没事，就是断粮了", "我不是不走，是走不动"),
)


@pytest.mark.parametrize("text", CRIES)
async def test_a_need_beside_an_answer_is_a_call_for_help_and_the_calling_goes_on(
    talk: Talk, order: Informing, text: str
) -> None:
    told = words(await talk.say(text))
    assert "119" in told
    assert "已经记下" not in told
    assert (await row(talk.house, order)).state.uninformed
    assert await cases(talk) == 1


@pytest.mark.parametrize(
    "text", ["不太平安", "不能说平安", "平安不了", "我平安个屁", "我没平安", "我妈不平安"]
)
async def test_not_safe_is_no_answer_and_offers_help(
    talk: Talk, order: Informing, worker: GridWorker, text: str
) -> None:
    reply = await talk.say(text)
    assert "119" in words(reply)
    assert worker.phone in words(reply)
    assert choices(reply) == [HELP]
    assert (await row(talk.house, order)).state.uninformed
    await talk.say("1")
    assert await cases(talk) == 1


@pytest.mark.parametrize("text", ["我不收到", "车不走了", "收到？", "收到，鸡鸭怎么弄不晓得"])
async def test_what_is_unclear_is_written_down_by_nobody(
    talk: Talk, order: Informing, text: str
) -> None:
    assert "已经记下" not in words(await talk.say(text))
    found = await row(talk.house, order)
    assert (found.confirmation, found.visit) == (None, None)


async def test_what_is_unclear_is_asked_with_help_beside_it(talk: Talk, order: Informing) -> None:
    reply = await talk.say("收到，我们先把鸡鸭安顿好")
    assert (reply.outcome, choices(reply)) == (Outcome.CLARIFYING, ["收到", HELP])
    assert "已经记下" in words(await talk.say("1"))


@pytest.mark.parametrize(
    "text",
    ["收到，我们马上走", "已收到橙色预警", "收到，没进水，不用派人来了"],
)
async def test_what_is_harmless_beside_an_answer_lets_it_count(
    talk: Talk, order: Informing, text: str
) -> None:
    assert "已经记下" in words(await talk.say(text))
    assert (await row(talk.house, order)).state is RowState.CONFIRMED


@pytest.mark.parametrize("text", ["我走", "好吧我走", "我改主意了，我走", "我跟你们走", "我说错了"])
async def test_who_goes_after_all_is_no_longer_listed_as_staying(
    talk: Talk, order: Informing, worker: GridWorker, text: str
) -> None:
    reply = await talk.say("我不走", text)
    assert "现在就走" in words(reply)
    assert worker.phone in words(reply)
    assert (await row(talk.house, order)).visit is Said.RECEIVED
    assert "上门名单" in words(await talk.say("我不走"))
    assert (await row(talk.house, order)).visit is Said.STAYS


@pytest.mark.parametrize("text", ["不平安", "我说错了不平安", "我说错了，我不平安", "说错了"])
async def test_who_is_not_safe_after_all_is_visited(
    talk: Talk, order: Informing, worker: GridWorker, text: str
) -> None:
    reply = await talk.say("我平安", text)
    assert choices(reply) == [HELP]
    assert "119" in words(reply)
    assert worker.phone in words(reply)
    assert (await row(talk.house, order)).visit is Said.HELP
    assert await cases(talk) == 1


@pytest.mark.parametrize("text", ["我走", "说错了", "我愿意走"])
async def test_where_nothing_was_said_nothing_is_taken_back(
    talk: Talk, order: Informing, text: str
) -> None:
    assert "改为" not in words(await talk.say(text))


@pytest.mark.parametrize("kind", [InformingKind.SIGNAL, InformingKind.RETURN])
async def test_against_no_order_nobody_stays(
    talk: Talk, worker: GridWorker, kind: InformingKind
) -> None:
    one = await sent(talk.house, "news/1", kind=kind)
    told = words(await talk.say("我不走"))
    assert "没有登记" in told
    assert "12345" in told
    found = await row(talk.house, one)
    assert (found.confirmation, found.visit) == (None, None)


async def test_against_an_order_that_is_lifted_here_nobody_stays(
    talk: Talk, order: Informing
) -> None:
    await inform.end_in(talk.house.office(), order, [VILLAGE])
    assert "上门名单" not in words(await talk.say("我不走"))
    assert (await row(talk.house, order)).visit is None


async def test_a_response_that_tells_to_leave_can_be_refused(
    talk: Talk, worker: GridWorker
) -> None:
    telling = Words(text="启动防台风I级应急响应，危险区人员立即转移。")
    one = await sent(talk.house, "response/1", kind=InformingKind.RESPONSE, words=telling)
    assert "上门名单" in words(await talk.say("我不走"))
    assert (await row(talk.house, one)).visit is Said.STAYS
