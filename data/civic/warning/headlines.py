"""The grammar of headlines: issuer, 发布 or 解除, event, colour; what differs is not guessed.

As they are really written, a moment may stand before 发布 and a level in brackets at the end. What
does not follow the grammar may still contradict its message by a single word.

Source: value rules of the national interface (GB/T 35965.1), as read 2026-11-21.
"""

import re
from dataclasses import dataclass

from data.civic.warning.messages import Colour, MessageType

COLOURS = {
    "白色": Colour.WHITE,
    "蓝色": Colour.BLUE,
    "黄色": Colour.YELLOW,
    "橙色": Colour.ORANGE,
    "红色": Colour.RED,
}
_LEVELS = {
    **dict.fromkeys(("Ⅰ", "I", "一", "1"), Colour.RED),
    **dict.fromkeys(("Ⅱ", "II", "二", "2"), Colour.ORANGE),
    **dict.fromkeys(("Ⅲ", "III", "三", "3"), Colour.YELLOW),
    **dict.fromkeys(("Ⅳ", "IV", "四", "4"), Colour.BLUE),
}
_COLOUR = "|".join(COLOURS)
_MOMENT = r"(?:于?(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\d{1,2}(?:时(?:\d{1,2}分)?|[:：]\d\d))?)?"
_LEVEL = rf"(?:[\[［【（(](?:(?P<level>{'|'.join(_LEVELS)})级)?\W?\w{{0,8}}[\]］】）)])?"
_GRAMMAR = re.compile(
    rf"{_MOMENT}(?P<act>(?:继续|更新|升级|变更)?发布|解除)"
    rf"(?P<event>\w{{1,20}}?)(?P<colour>{_COLOUR})预警(?:信号)?{_LEVEL}"
)
_LIFTS = re.compile(r"解除|撤销|取消|终止")
_BEGINS = re.compile(r"发布|升级|降级|升为|降为|变更|延长")
_COLOURED = re.compile(rf"{_COLOUR}|[白蓝黄橙红](?=预警|警报|信号)")
_UNREAL = re.compile(r"演[练习練習]|测试|測試")
_PATTERNS = (_LIFTS, _BEGINS, _COLOURED)
"""Of which no word belongs to the name of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a headline says."""

    lifted: bool
    event: str
    colour: Colour


def read(text: str, *, sender: str) -> Headline | None:
    """Read a headline of `sender`; None where it does not follow the grammar to the letter."""
    said = "".join(text.split())
    found = _GRAMMAR.fullmatch(said.removeprefix(sender)) if said.startswith(sender) else None
    if found is None or any(one.search(found["event"]) for one in _PATTERNS):
        return None
    colour, level = COLOURS[found["colour"]], found["level"]
    if level is not None and _LEVELS[level] is not colour:
        return None
    return Headline(lifted=found["act"] == "解除", event=found["event"], colour=colour)


def unreal(text: str) -> bool:
    """Say whether a headline speaks of a drill or a test: no actual warning does."""
    return _UNREAL.search(text) is not None


def contradicts(text: str, *, type_: MessageType, colour: Colour | None) -> bool:
    """Say whether a headline says something else than the fields, be it by a single word.

    One that lifts belongs to a cancel alone, one that begins to no cancel; of several colours the
    last is the new one, and the level in brackets is another name of it.
    """
    said = "".join(text.split())
    lifts = _LIFTS.search(said) is not None
    if type_ is MessageType.CANCEL:
        return not lifts and _BEGINS.search(said) is not None
    return lifts or not _coloured(said) <= {colour}


def _coloured(said: str) -> set[Colour]:
    """Tell the colours that a headline gives its warning."""
    words = _COLOURED.findall(said)[-1:]
    levels = re.findall(rf"[\[［【（(]({'|'.join(_LEVELS)})级", said)[-1:]
    named = {COLOURS[one if one in COLOURS else f"{one}色"] for one in words}
    return named | {_LEVELS[one] for one in levels}
