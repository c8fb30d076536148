"""The fields of a subscription message: what each may hold, and how a longer text is shortened.

A field that is cut says so with "…": level, area and time stand whole in fields of their own, and
the full text behind the message. Characters are counted, not bytes.

Source: WeChat, subscription messages, parameters by prefix; Alipay, templatemessage.send: at most
50 characters; both read 2026-11-21.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.civic.errors import BadInput

ELLIPSIS = "…"
ALIPAY_MOST = 50

_KEY = re.compile(r"([a-z]+(?:_[a-z]+)*)(\d{1,2})")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d"
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_ODD = re.compile("[\x00-\x1f\x7f\ud800-\udfff\U00010000-\U0010ffff]")
"""Control characters, and what WeChat may refuse: emoji and rare characters beyond the plane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a field of one prefix may hold."""

    most: int
    form: re.Pattern[str] | None = None
    """What the whole text must look like; None: anything."""
    cut: bool = False
    """A longer text may be shortened: half of a number or a time would be another one."""


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULES: Mapping[str, Rule] = {
    "thing": Rule(most=20, cut=True),
    "number": Rule(most=32, form=_form(r"-?\d+(\.\d+)?")),
    "letter": Rule(most=32, form=_form(r"[A-Za-z]+")),
    "symbol": Rule(most=5, form=_form(r"[^\w\s]+")),
    "character_string": Rule(most=32, form=_form(r"[\x21-\x7e]+( [\x21-\x7e]+)*")),
    "time": Rule(
        most=50, form=_form(rf"({_DAY} )?{_CLOCK}(:[0-5]\d)?(~({_DAY} )?{_CLOCK}(:[0-5]\d)?)?")
    ),
    "date": Rule(most=50, form=_form(rf"{_DAY}( {_CLOCK})?(~{_DAY}( {_CLOCK})?)?")),
    "amount": Rule(most=12, form=_form(r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?")),
    "phone_number": Rule(most=17, form=_form(r"[\d+()\- ]+")),
    "car_number": Rule(most=8, form=_form(r"\w+")),
    "name": Rule(most=20),
    "phrase": Rule(most=5, form=_form(r"[\u4e00-\u9fff]+")),
    "enum": Rule(most=20),
}


def wechat_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Fit the values of WeChat's fields (`thing1`, `time2` …) to their rules.

    Raises:
        BadInput: a value is empty, of the wrong form, or too long and must not be cut; it
            names the field.
    """
    return {key: _fitted(key, _plain(value)) for key, value in values.items()}


def alipay_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Fit the values of Alipay's keywords (`keyword1` …): at most 50 characters each.

    Raises:
        BadInput: a value is empty; it names the keyword.
    """
    return {
        key: _shortened(_filled(key, _plain(value)), ALIPAY_MOST) for key, value in values.items()
    }


def check_key(key: str) -> None:
    """Insist that a field of a template has a prefix that is known.

    Raises:
        BadInput: it has none.
    """
    if not (found := _KEY.fullmatch(key)) or found[1] not in RULES:
        raise BadInput(f"{key} is no field of a template: thing1, time2, phrase3 and so on are")


def _fitted(key: str, value: str) -> str:
    check_key(key)
    prefix = key.rstrip("0123456789")
    rule = RULES[prefix]
    text = _filled(key, value)
    if rule.form is not None and not rule.form.fullmatch(text):
        raise BadInput(
            f"{key} does not take a text of this form: correct the words or the template"
        )
    most = 10 if prefix == "name" and _HAN.search(text) else rule.most
    if len(text) > most and not rule.cut:
        raise BadInput(f"{key} takes at most {most} characters: shorten the words")
    return _shortened(text, most)


def _filled(key: str, text: str) -> str:
    if not text:
        raise BadInput(f"{key} has no value: write one, or take the field out of the template")
    return text


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + ELLIPSIS


def _plain(text: str) -> str:
    return " ".join(_ODD.sub(" ", text).split())
