"""Facts in a sentence: numbers, places, dates and how many people."""

import re

from data.civic.areas import Gazetteer
from data.civic.talk.messages import Slots
from intents.dwelling import DwellingEar
from intents.elsewhere import ElsewhereEar
from intents.numbers import with_numbers
from intents.places import PlaceEar

_DIGIT = re.compile(r"\d")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十]")
_TIME_WORD = re.compile(r"[天日朝晚早周期拜月号点年\d]")
_FEW = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_PART = r"(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜晚)"
_CLOCK = rf"(?:{_FEW}点(?:半|{_FEW}分?)?)"
_DAY = (
    rf"(?:(?:\d{{4}}年)?{_FEW}月{_FEW}[日号]|\d{{4}}年{_FEW}月"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}"
    r"|大后天|大前天|[今明后昨前]天|[今明后昨]日|[今明]朝|[今明昨]晚|[今明]早"
    r"|[这本上下]{0,2}个?(?:周|星期|礼拜)[一二三四五六日天末]"
    rf"|[这本下上]个?月(?:{_FEW}[日号]|[初中]旬?|底)|[下上]个月|月底|月初"
    rf"|(?<![\d\-]){_FEW}号(?![线楼窗码院路台]))"
)
_DATE = re.compile(rf"{_DAY}{_PART}?{_CLOCK}?|{_PART}{_CLOCK}")

_COUNT = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_HEAD = r"(?:大人|老人|小孩|孩子|娃|伢儿|婴儿|宝宝|老头|老太|小朋友)"
_HEADS = re.compile(rf"(?<!第){_COUNT}[个位名]{_HEAD}")
_PEOPLE = re.compile(
    rf"(?<![第\d一二三四五六七八九十.]){_COUNT}(?:口|[个位名]?人(?![工民社才员家脸均]))"
    rf"|(?:我们|咱们|阿拉|一共|总共|家里){_COUNT}个(?!月|小时|钟|星期|礼拜)"
)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


class SlotEar:
    """Finds facts in clean texts, with the places of one release."""

    def __init__(self, places: Gazetteer) -> None:
        self._places = PlaceEar(places)
        self._dwelling = DwellingEar(places)
        self._elsewhere = ElsewhereEar(places)

    def hear(self, text: str) -> Slots:
        """List the facts of a clean text; None where one is not found."""
        area = self._places.hear(text)
        date = _DATE.search(text) if _TIME_WORD.search(text) else None
        words = Slots(
            place=area.name if area else None,
            area=area.code if area else None,
            place_alone=area is not None and self._dwelling.alone(text, area),
            place_own=area is not None and self._dwelling.own(text, area),
            elsewhere=self._elsewhere.hear(text),
            date_text=date[0] if date else None,
            people=_people(text) if _NUMERAL.search(text) else None,
        )
        return with_numbers(words, text) if _DIGIT.search(text) else words


def _people(text: str) -> int | None:
    """Count the people: `三个人`, or the sum of `两个大人一个小孩`."""
    if match := _PEOPLE.search(text):
        return _value(match[1] or match[2])
    heads = [_value(count) for count in _HEADS.findall(text)]
    return sum(heads) or None


def _value(count: str) -> int:
    """Read a number up to 99 in characters, or in digits."""
    if count.isdecimal():
        return int(count)
    tens, ten, ones = count.rpartition("十")
    return (_DIGITS.get(tens[-1:], 1) * 10 if ten else 0) + _DIGITS.get(ones[-1:], 0)
