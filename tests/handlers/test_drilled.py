"""A drill in the chat is marked wherever it is spoken of, and hides nothing real."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.safety.grids import GridWorker
from data.civic.sending.informing import Informing, InformingKind, Words
from data.civic.sending.rows import Row, Said
from data.civic.warning.drills import MARK
from tests import builders
from tests.evacuation import evacuation
from tests.handlers.talking import Talk, words
from tests.observed import sent
from tests.townsfolk import guarded, person, settled

WORDS = Words(text="【演练】请转移。", sms="【演练】请转移。", voice="【演练】请转移，请按1。")


@pytest.fixture
async def worker(talk: Talk) -> GridWorker:
    await settled(talk.house.stores, person(1, chat=True))
    return await guarded(talk.house.stores)


@pytest.fixture
async def drill(talk: Talk, worker: GridWorker) -> Informing:
    return await sent(talk.house, "drill-order/1", kind=InformingKind.ORDER, words=WORDS)


async def row(house: House, informing: Informing) -> Row:
    found = await house.stores.rows.get(informing.id, PersonId(1))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "texts",
    [
        ("收到",),
        ("我平安",),
        ("我不走",),
        ("我不走", "我走"),
        ("我妈收到了",),
        ("我平安", "不平安"),
    ],
)
async def test_every_answer_to_a_drill_is_marked(
    talk: Talk, drill: Informing, texts: tuple[str, ...]
) -> None:
    assert f"{MARK}您答复的是一次演练" in words(await talk.say(*texts))


async def test_the_numbers_stand_before_the_mark(talk: Talk, drill: Informing) -> None:
    told = words(await talk.say("我平安", "不平安"))
    assert told.index("119") < told.index(MARK)


@pytest.mark.parametrize(
    "text", ["是不是演练", "刚才那条是演练吗", "真的假的", "这是真的嗎", "演习要参加吗", "真走假走"]
)
async def test_who_asks_whether_it_is_a_drill_is_told_so(
    talk: Talk, drill: Informing, text: str
) -> None:
    told = words(await talk.say(text))
    assert told.startswith(f"{MARK}发给您的")
    assert "除了这次演练" in told


@pytest.mark.parametrize("text", ["是不是演练", "真的假的"])
async def test_what_is_real_is_said_before_the_drill(house: House, text: str) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    await sent(house, "drill-order/1", kind=InformingKind.ORDER, words=WORDS)
    await scene.ordered()
    told = words(await me.say(text))
    assert told.startswith("【人员转移令】")
    assert "除了这次演练" not in told


@pytest.mark.parametrize("text", ["是不是演练", "真的假的", "这不是真的吧"])
async def test_an_order_is_told_to_who_takes_it_for_a_drill(house: House, text: str) -> None:
    me, scene = Talk(house, by=builders.citizen("openid-1")), await evacuation(house)
    await scene.ordered()
    assert words(await me.say(text)).startswith("【人员转移令】")


@pytest.mark.parametrize("text", ["我要投诉演练扰民", "投诉演练喇叭太吵"])
async def test_a_complaint_of_a_drill_is_a_complaint(
    talk: Talk, drill: Informing, text: str
) -> None:
    assert "发给您的" not in words(await talk.say(text))


@pytest.mark.parametrize(("text", "said"), [("收到", Said.RECEIVED), ("我平安", Said.SAFE)])
async def test_a_drill_that_came_later_takes_no_answer_from_what_is_real(
    talk: Talk, worker: GridWorker, text: str, said: Said
) -> None:
    real = await sent(talk.house, "order/1", kind=InformingKind.ORDER)
    await sent(talk.house, "drill-order/1", kind=InformingKind.ORDER, words=WORDS)
    assert "【演练】您答复的" not in words(await talk.say(text))
    found = (await row(talk.house, real)).confirmation
    assert found is not None
    assert found.said is said


async def test_who_stays_or_is_not_safe_is_visited_in_earnest(
    talk: Talk, worker: GridWorker
) -> None:
    real = await sent(talk.house, "order/1", kind=InformingKind.ORDER)
    drill = await sent(talk.house, "drill-order/1", kind=InformingKind.ORDER, words=WORDS)
    await talk.say("我不走")
    assert (await row(talk.house, real)).visit is Said.STAYS
    await talk.say("收到", "不平安")
    assert (await row(talk.house, real)).visit is Said.HELP
    assert (await row(talk.house, drill)).visit is None
