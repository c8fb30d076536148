"""Hear that a question is about another place: `北京公积金怎么提取` is not ours to answer."""

import re
from collections.abc import Collection, Mapping

from data.civic.areas import Gazetteer
from data.civic.ids import IntentId
from intents.normalise import clean
from intents.patterns import any_of

SPOKEN_OF = 2
"""So many examples about other places, and an intent is known to be asked about them."""

_NOT_AFTER = (
    *"从由自到去回往飞是把将跟和",
    *("老家", "老家在", "户口在", "户籍在", "户口是", "来自", "身份证是", "老婆", "老公"),
)
"""A place after these is where somebody comes from or goes to."""

_NOT_BEFORE = (
    r"(?:省|市|区|县)?(?:的|那边的?|那里的?|那面的?)?"
    r"(?:人|户口(?!迁|簿|本)|户籍(?!迁)|籍|老家|过来|来的|话|贴|看病|看眼|住院|就医|看门诊|生孩子"
    r"|读|上大学|上学|打工|工作过|交过|交了|缴过|缴了|参保过|玩|旅游|出差|儿子|女儿|学校)"
)
"""A place before these tells who somebody is, or what happened there."""

_OURS = (
    *("这边", "这里", "这儿", "本地", "当地", "咱们", "我们这", "在这", "两地", "两边"),
    *("转到", "转回", "转过来", "迁到", "迁过来", "迁回", "回国", "回来", "回去", "回不"),
    *("异地", "跨省", "外省", "外地", "以前", "之前", "原来"),
)
"""Who says one of these speaks of two places, and one of them is ours."""


class ElsewhereEar:
    """Knows the names of places that are not ours, and when a question is about one of them."""

    def __init__(self, places: Gazetteer) -> None:
        names = any_of(map(clean, places.elsewhere))
        before = "".join(f"(?<!{word})" for word in _NOT_AFTER)
        self._named = re.compile(names)
        self._about = re.compile(f"{before}(?P<place>{names})(?!{_NOT_BEFORE})")
        known = (
            clean(name) for area in places.areas.values() for name in (area.name, *area.aliases)
        )
        self._ours = re.compile(any_of((*known, *_OURS)))

    def hear(self, text: str) -> str | None:
        """Tell the place that a clean text is about, when it is not ours."""
        if not self._named.search(text):
            return None
        about = self._about.search(text)
        return about["place"] if about and not self._ours.search(text) else None

    def spoken_of(self, examples: Mapping[IntentId, Collection[str]]) -> frozenset[IntentId]:
        """List the intents that are asked about other places, by their own examples."""
        return frozenset(
            intent
            for intent, texts in examples.items()
            if sum(self.hear(clean(text)) is not None for text in texts) >= SPOKEN_OF
        )
