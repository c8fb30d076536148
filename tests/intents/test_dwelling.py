"""Whether a place is all that is said, and whether it is said to be one's own."""

import pytest

from data.civic.talk.messages import Slots
from intents.normalise import clean
from intents.slots import SlotEar
from tests.intents.small import PLACES

EAR = SlotEar(PLACES)


def hear(text: str) -> Slots:
    found = EAR.hear(clean(text))
    assert found.area is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "苎萝村",
            "苎萝村（样例）",
            "在苎萝村",
            "我在苎萝村",
            "我家在苎萝村呢",
            "苎萝村的",
            "我是苎萝村人",
        ),
        *(
            "萧山区临浦镇苎萝村",
            "杭州萧山临浦苎萝村",
            "浙江省杭州市萧山区临浦镇苎萝村",
            "临浦",
            "临浦的呢",
        ),
        *(
            "苎萝村3组",
            "苎萝村三组12号",
            "我家住临浦镇苎萝村3组12号",
            "苎萝村5幢2单元301室",
            "那苎萝村呢？",
        ),
        *("我们这边是苎萝村", "我住在临浦镇。", "苎萝村是我家", "萧山区，临浦镇，苎萝村"),
    ],
)
def test_a_place_is_all_that_is_said(text: str) -> None:
    assert hear(text).place_alone


@pytest.mark.parametrize(
    "text",
    [
        *(
            "苎萝村要转移吗",
            "苎萝村现在有什么预警",
            "苎萝村预警",
            "苎萝村可以回家吗",
            "我在苎萝村走不了",
        ),
        *("苎萝村塌了", "苎萝村被淹了", "苎萝村停电了", "临浦要不要撤", "临浦撤吗", "水到苎萝村了"),
        *(
            "苎萝村没水",
            "苎萝村起火",
            "苎萝村3组断粮",
            "苎萝村不通",
            "我妈在苎萝村",
            "苎萝村有人吗",
        ),
        *(
            "苎萝村救命",
            "苎萝村怎么走",
            "临浦停课吗",
            "苎萝村安全吗",
            "苎萝村着火了",
            "苎萝村2人受伤",
        ),
    ],
)
def test_with_a_question_or_a_cry_it_is_not(text: str) -> None:
    assert not hear(text).place_alone


@pytest.mark.parametrize(
    "text",
    [
        *(
            "苎萝村",
            "苎萝村3组12号",
            "我在苎萝村走不了",
            "快来人我在苎萝村",
            "我家在临浦要不要转移",
        ),
        *("我家住在临浦镇苎萝村，要转移吗", "我现在在苎萝村，怎么走", "我们家在苎萝村水进来了"),
        *(
            "家住苎萝村，有老人",
            "我是苎萝村的，要不要走",
            "我是苎萝村村民要撤吗",
            "这里是苎萝村，塌了",
        ),
        *("我妈病了，我们在苎萝村走不了", "急！住临浦镇，怎么撤"),
    ],
)
def test_where_one_is_or_lives_is_one_s_own(text: str) -> None:
    assert hear(text).place_own


@pytest.mark.parametrize(
    "text",
    [
        *("我妈在苎萝村有没有预警", "苎萝村安置点在哪", "临浦有预警吗", "在苎萝村办低保要什么"),
        *(
            "我奶奶家在苎萝村要撤吗",
            "我老家在苎萝村，有预警吗",
            "我不在苎萝村，要撤吗",
            "那苎萝村呢",
        ),
        *("我在苎萝村的妈妈要不要转移", "我是苎萝村王桂花的女儿，她要走吗", "我爸住苎萝村要撤吗"),
        *("我想收临浦镇的预警", "我儿子在临浦上学停课吗", "苎萝村呢？", "我要去苎萝村看亲戚"),
        *("我女儿住在临浦镇苎萝村要转移吗", "我家老人在苎萝村能回吗", "我丈母娘家住临浦有没有预警"),
    ],
)
def test_a_place_of_others_or_of_a_question_is_not(text: str) -> None:
    assert not hear(text).place_own
