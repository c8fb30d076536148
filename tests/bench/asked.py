"""A hundred thousand questions that were not answered, as a county keeps them in a year."""

from collections.abc import Iterator
from datetime import timedelta

from pymongo import InsertOne, UpdateOne

from bot.house import House
from data.civic.errors import StoreUnavailable
from data.civic.ids import AreaCode, IntentId, MessageId
from data.civic.talk.gist import gist_of, group_of
from data.civic.talk.harm import harm_of
from data.civic.talk.unanswered import UnansweredQuestion, Why
from data.store import question_groups, unanswered
from data.store.collection import Collection, Document, Write
from tests import builders

TOGETHER, TRIES = 50, 20
"""Questions that are written at once: the doors' patience is short."""

MATTERS = (
    *("护照", "身份证", "社保卡", "医保", "公积金", "三轮车", "充电桩", "低保", "高温补贴", "驾照"),
    *("老年卡", "宅基地", "学区", "疫苗", "停车证", "路灯", "垃圾桶", "狗证", "燃气", "自来水"),
    *("宽带", "电梯", "噪音", "油烟", "拆迁", "房产证", "契税", "个税", "社区食堂", "暂住证"),
)
DEEDS = (
    *("丢了", "过期", "补办", "注销", "转移", "退款", "投诉", "预约", "年检", "变更"),
    *("查询", "开通", "迁出", "继承", "打印", "公证", "报销", "停用", "恢复", "加急"),
)
WHOSE = (
    *("老人", "孩子", "外地人", "残疾人", "军人", "学生", "孕妇", "企业", "个体户", "租客"),
    *("房东", "司机", "农民", "教师", "医生", "护士", "快递员", "保姆", "邻居", "亲戚"),
    *("朋友", "同事", "老板", "会计", "律师", "村民", "渔民", "工人", "店主", "游客"),
)
PLACES = ("330109", "330109105", "330109105201", "330109106")
PLATE = "电动三轮车年检"
PLATE_GROUP = group_of(gist_of(PLATE))
"""A group of many: one of five hundred asks it."""


def asked(number: int) -> UnansweredQuestion:
    """Make a question; of a hundred thousand eighteen thousand mean something else each."""
    matter = MATTERS[number % len(MATTERS)]
    deed, whose = DEEDS[number // 30 % len(DEEDS)], WHOSE[number // 600 % len(WHOSE)]
    text = PLATE if number % 500 == 0 else f"{whose}的{matter}{deed}怎么办"
    why = tuple(Why)[number % len(Why)]
    return UnansweredQuestion(
        message=MessageId(f"bench/{number}"),
        conversation=builders.citizen().id,
        text=text,
        guess=IntentId(("passport", "flood", "elderly_allowance")[number % 3]),
        confidence=0.4,
        why=why,
        area=AreaCode(PLACES[number % len(PLACES)]),
        at=builders.now() - timedelta(minutes=number * 2),
        runner_up=IntentId("id_card_renew"),
        runner_up_confidence=0.3,
        answer="抱歉，这个问题我还答不上来，已经记下来交给工作人员补充。",
        gist=gist_of(text),
        harm=harm_of(why, 1.0 + number % 5),
    )


async def questions(house: House, count: int) -> None:
    """Keep so many questions, counted in their groups as they are in earnest."""
    database = house.stores.database
    groups = database.collection(question_groups.COLLECTION)
    kept = database.collection(unanswered.COLLECTION)
    for some in _parts(count):
        made = [asked(number) for number in some]
        noted: list[Write] = [
            UpdateOne(question_groups.uncounted(one), question_groups.counted(one), upsert=True)
            for one in made
        ]
        await _written(groups, noted)
        await _written(kept, [InsertOne[Document](unanswered.to_document(one)) for one in made])


async def _written(collection: Collection, writes: list[Write]) -> None:
    """Write all, again where the database was too slow for the doors: each counts once."""
    for _ in range(TRIES):
        try:
            await collection.write_all(writes)
        except StoreUnavailable:
            continue
        return
    raise StoreUnavailable(f"{collection.name} cannot be filled: is the machine busy?")


def _parts(count: int) -> Iterator[range]:
    return (range(start, min(start + TOGETHER, count)) for start in range(0, count, TOGETHER))
