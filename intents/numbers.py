"""Numbers that stand for something: cases, ID cards, telephones, plates, last four digits."""

import re
from dataclasses import dataclass, replace

from data.civic.privacy import id_number_valid
from data.civic.talk.messages import Slots

_GAP = r"[ \-]?"
_NAMED = re.compile(
    r"(?<!证)(?:编号|单号|受理号|流水号|办件号|查询码|案号)[是为:]?([0-9a-z\-]{6,28})"
)
_ID = re.compile(rf"(?<![0-9a-z])\d(?:{_GAP}\d){{16}}{_GAP}[\dx](?![0-9a-z])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ ·\-]?"
    r"(?=[a-z]*\d)(?:[0-9a-z]{5,6}|[0-9a-z]{4}[挂学警港澳])(?![0-9a-z])"
)
_CASE = re.compile(r"(?<![0-9a-z])[a-z]{1,8}[ \-]?\d[0-9a-z\-]{5,27}(?![0-9a-z])")
_MOBILE = re.compile(rf"(?<![0-9a-z])(?:\+?86{_GAP})?(1[3-9]\d(?:{_GAP}\d){{8}})(?!\d)")
_LANDLINE = re.compile(r"(?<![0-9a-z])(0\d{2,3}[ \-]?\d{7,8})(?!\d)")
_LONG = re.compile(r"(?<![0-9a-z])\d{12,24}(?![0-9a-z])")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?")
_FOUR = re.compile(r"(?<![0-9a-z.\-])\d{3}[\dx](?![0-9a-z.\-年元块米平个人号路弄路公千])")


@dataclass(slots=True)
class _Left:
    """What of a text has not been taken for a number yet."""

    text: str

    def take(self, pattern: re.Pattern[str]) -> str | None:
        """Take the first match out, in capitals without gaps."""
        match = pattern.search(self.text)
        if match is None:
            return None
        self.text = f"{self.text[: match.start()]} ， {self.text[match.end() :]}"
        found = match[match.lastindex or 0]
        return re.sub(r"[ \-·]", "", found).upper()


def with_numbers(slots: Slots, text: str) -> Slots:
    """Add the numbers of a clean text; what one took is not taken for another."""
    left = _Left(text)
    case = left.take(_NAMED)
    id_number, plate = left.take(_ID), left.take(_PLATE)
    case = case or left.take(_CASE)
    phone = left.take(_MOBILE) or left.take(_LANDLINE)
    case = case or left.take(_LONG)
    left.take(_DAY)
    return replace(
        slots,
        case_number=case,
        id_number=id_number,
        id_valid=id_number_valid(id_number) if id_number else None,
        phone=phone,
        plate=plate,
        last_four=left.take(_FOUR),
    )
