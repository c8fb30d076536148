"""A small release, written by hand: six intents, four of them with guides."""

from collections.abc import Mapping
from datetime import date, timedelta

from data.civic.areas import Area, Gazetteer
from data.civic.calendar import WorkCalendar
from data.civic.ids import AreaCode, GuideId, IntentId, ReleaseId
from data.civic.knowing.guides import Guide
from data.civic.knowing.releases import (
    AspectRule,
    DangerRule,
    DangerRules,
    Intent,
    Lexicon,
    Limits,
    Origin,
    Release,
    Replies,
    Rules,
    Thresholds,
)
from data.civic.knowing.sentences import Sentence
from data.civic.labels import Aspect, Kind, Traffic

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "passport": (
        "护照怎么办",
        "第一次办护照要带什么",
        "护照丢了怎么补",
        "想带爸妈出国玩要弄个啥本本",
        "护照多少钱一本",
        "孩子的护照到期了",
    ),
    "id_card_replace": (
        "身份证丢了怎么补办",
        "身份证找不到了",
        "补办身份证要多久",
        "身份证被偷了去哪补",
        "我的身份证掉了",
        "身份证不见了咋办",
    ),
    "housing_fund_withdraw": (
        "公积金怎么提取",
        "租房能取公积金吗",
        "离职了公积金能取出来吗",
        "提取公积金要什么材料",
        "买房提公积金",
        "公积金取现",
    ),
    "medical_remote": (
        "异地就医怎么备案",
        "住北京看病医保怎么弄",
        "住深圳看病医保能报吗",
        "外地看病备案",
        "转诊到上海要什么手续",
        "医保异地备案在哪办",
    ),
    "greeting": ("你好", "您好", "在吗", "早上好", "有人吗", "哈喽"),
    "thanks": ("谢谢", "多谢", "好的谢谢你", "感谢", "麻烦你了谢谢", "太好了谢谢"),
}

OTHER = (
    "今天天气怎么样",
    "给我讲个笑话",
    "推荐一部电影",
    "明天股票会涨吗",
    "晚饭吃什么好",
    "帮我写作文",
    "天津摇号结果",
    "附近有什么好吃的",
)


def release(**changes: object) -> Release:
    """The release; `changes` replace its parts."""
    parts: dict[str, object] = {
        "id": ReleaseId("0" * 64),
        "origin": Origin.FILES,
        "made_at": None,
        "intents": {IntentId(name): _intent(name) for name in EXAMPLES},
        "guides": {guide.id: guide for guide in _guides()},
        "bundles": {},
        "sources": {},
        "words": {},
        "lexicon": LEXICON,
        "rules": _rules(),
        "places": PLACES,
        "other": OTHER,
        "held_out": (),
    }
    return Release(**{**parts, **changes})  # type: ignore[arg-type]


LEXICON = Lexicon(
    words=("公积金提取", "异地就医备案"),
    variants=(
        ("啥地方", "哪里"),
        ("yibao", "医保"),
        ("伢儿", "孩子"),
        ("咋弄", "怎么办"),
        ("咋", "怎么"),
    ),
    fillers=("我想问一下", "请问", "那个", "嗯", "谢谢", "你好"),
)

PLACES = Gazetteer(
    county=AreaCode("330109"),
    areas={
        AreaCode(code): Area(code=AreaCode(code), name=name, aliases=aliases)
        for code, name, aliases in (
            ("33", "浙江省", ("浙江",)),
            ("3301", "杭州市", ("杭州",)),
            ("330109", "萧山区", ("萧山",)),
            ("330109105", "临浦镇", ()),
            ("330109001", "城厢街道", ("老城厢",)),
            ("330109006", "南阳街道", ()),
            ("330109105201", "苎萝村（样例）", ("苎萝村",)),
        )
    },
    elsewhere=("北京", "上海", "深圳", "天津", "四川", "成都"),
)


def _intent(name: str) -> Intent:
    guided = name in TITLES
    return Intent(
        id=IntentId(name),
        title=TITLES.get(name, name),
        kind=Kind.GUIDE if guided else Kind.TALK,
        traffic=Traffic.HIGH,
        department="公安",
        scope="",
        examples=EXAMPLES[name],
        guide=GuideId(name) if guided else None,
    )


TITLES = {
    "passport": "护照办理",
    "id_card_replace": "身份证丢失补领",
    "housing_fund_withdraw": "公积金提取",
    "medical_remote": "异地就医备案",
}
EVERYDAY = {
    "passport": ("护照", "出国证件"),
    "id_card_replace": ("身份证",),
    "housing_fund_withdraw": ("公积金",),
    "medical_remote": ("异地就医", "外地看病"),
}


def _guides() -> list[Guide]:
    return [
        Guide(
            id=GuideId(name),
            title=title,
            everyday=EVERYDAY[name],
            item_type="行政许可",
            department="公安",
            level="县级",
            audience=(),
            theme=(),
            checked_on=date(2026, 11, 21),
            valid_until=date(2027, 11, 30),
            summary=Sentence(full=f"{title}在窗口办。", plain="", spoken=""),
            elements={},
        )
        for name, title in TITLES.items()
    ]


def _rules() -> Rules:
    return Rules(
        danger=DangerRules(
            rules=(
                DangerRule(id="trapped", patterns=("被困", "水进来…走不动"), emergency=("119",)),
                DangerRule(id="life", patterns=("不想活", "sos"), emergency=("110",)),
            ),
            look_alikes=("被困难", "不想活动", "演习…被困"),
        ),
        aspects=(
            AspectRule(aspect=Aspect.PROXY, title="代办", patterns=("代办", "替我")),
            AspectRule(aspect=Aspect.DURATION, title="多久", patterns=("多久", "几天")),
            AspectRule(aspect=Aspect.FEE, title="收费", patterns=("多少钱", "收费")),
            AspectRule(aspect=Aspect.ONLINE, title="网上", patterns=("网上", "APP")),
            AspectRule(aspect=Aspect.PLACE, title="哪里", patterns=("哪里", "在哪")),
        ),
        thresholds=Thresholds(
            answer_score=-0.6, answer_margin=0.3, clarify_score=-0.8, temperature=0.175
        ),
        limits=Limits(
            text_chars=500,
            messages_a_minute=20,
            status_guesses=5,
            status_window=timedelta(hours=1),
            human_returns_after=timedelta(minutes=30),
        ),
        replies=Replies(cancel=frozenset(), none=frozenset(), care_off=()),
        calendar=WorkCalendar(years=frozenset(), holidays=frozenset(), workdays=frozenset()),
        hotline="12345",
    )
