"""Measure the console's pages: `python -m tests.bench.console [QUESTIONS]`, 100,000 if not said.

Fills a database of its own with questions that were not answered, drops it afterwards, and tells
how long 95 of 100 requests of each page take at most. Whoever adds a page to `PAGES`, or what
fills its tables to `FILLERS`, has it measured with the rest.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from http import HTTPStatus

from pymongo import InsertOne, UpdateOne
from rich.console import Console
from rich.table import Table

from bot.house import House, opened
from bot.logs import set_up
from bot.settings import read_settings
from data.civic.errors import StoreUnavailable
from data.civic.ids import AreaCode, IntentId, MessageId
from data.civic.people import Role
from data.civic.talk.gist import gist_of, group_of
from data.civic.talk.harm import harm_of
from data.civic.talk.unanswered import UnansweredQuestion, Why
from data.store import question_groups, unanswered
from data.store.collection import Collection, Document, Write
from tests import builders
from tests.staffed import Seat, hired, served

QUESTIONS = 100_000
REQUESTS = 100
TARGET_MS = 300.0
TOGETHER, TRIES = 50, 20
"""Questions that are written at once: the doors' patience is short."""
DATABASE = "bianmin-bench-console"

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

Fill = Callable[[House, int], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page: how long its requests took, in milliseconds."""

    page: str
    p50_ms: float
    p95_ms: float

    @property
    def met(self) -> bool:
        """Say whether the target is met."""
        return self.p95_ms <= TARGET_MS


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


FILLERS: tuple[Fill, ...] = (questions,)

PAGES: tuple[tuple[str, str], ...] = (
    ("the inbox", "/console/inbox"),
    ("its twentieth page", "/console/inbox?page=20"),
    ("by reason", "/console/inbox?why=useless"),
    ("by place and month", "/console/inbox?place=330109106&month=10"),
    ("by words", "/console/inbox?q=%E4%B8%89%E8%BD%AE%E8%BD%A6"),
    ("by everything", "/console/inbox?why=unsure&place=330109105&month=11&q=%E6%8A%A4%E7%85%A7"),
    ("by words that nobody said", "/console/inbox?q=%E9%87%8F%E5%AD%90%E8%BD%A6"),
    ("a group of many", f"/console/inbox/{group_of(gist_of(PLATE))}"),
    ("the first page", "/console/"),
)


async def measure(count: int) -> list[Measured]:
    """Fill, ask, and drop what was filled."""
    settings = read_settings().model_copy(update={"database": DATABASE})
    async with opened(settings) as house:
        try:
            for fill in FILLERS:
                await fill(house, count)
            await hired(house, "bench", Role.EDITOR, Role.REVIEWER, Role.AGENT)
            async with served(house) as client:
                seat = Seat(client)
                await seat.sign_in("bench")
                return [await _page(seat, name, path) for name, path in PAGES]
        finally:
            await house.stores.database.command({"dropDatabase": 1})


async def _page(seat: Seat, name: str, path: str) -> Measured:
    spent = []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        answer = await seat.get(path)
        spent.append(1000 * (time.perf_counter() - start))
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
    return Measured(
        page=name, p50_ms=statistics.median(spent), p95_ms=statistics.quantiles(spent, n=20)[-1]
    )


def _parts(count: int) -> Iterator[range]:
    return (range(start, min(start + TOGETHER, count)) for start in range(0, count, TOGETHER))


def main() -> int:
    """Measure, print the table, write `var/bench-console.json`; it is a report and no gate."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    found = asyncio.run(measure(count))
    table = Table(f"page, with {count:,} questions", "p50 ms", "p95 ms", "met")
    for one in found:
        table.add_row(
            one.page, f"{one.p50_ms:.0f}", f"{one.p95_ms:.0f}", "yes" if one.met else "NO"
        )
    Console(highlight=False).print(table)
    rows = [{**asdict(one), "met": one.met, "questions": count} for one in found]
    place = read_settings().home / "bench-console.json"
    place.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    set_up("error")
    sys.exit(main())
