"""The gist of a question: the characters that carry its matter, whatever their order.

It stands in no release, so that a group of questions outlives every change of the lexicon.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from data.civic.ids import GroupId

LONGEST = 48
"""Characters of a gist; a longer text tells a story, and hardly anybody tells the same."""

_NUMBERS = re.compile(r"\d*\*+[\dx]*|\d{5,}x?")
_SMALL_WORDS = re.compile(
    "请问|您好|你好|麻烦|问一下|问下|咨询|一下|怎么样|怎么|怎样|咋样|咋|如何|什么|啥"
    "|哪里|哪儿|哪个|哪些|多少|多久|办理|可不可以|能不能|是不是|有没有|要不要|可以|需要|应该|现在"
)
_SMALL = frozenset(
    "我你您他她它们的了吗呢啊呀吧嘛么哦呃额嗯这那是要就都也再去到在把给想办弄搞个和与请问能会"
)


def gist_of(text: str) -> str:
    """Tell the gist of a text: its unlike characters in order, without small words and numbers.

    A text of small words alone keeps them, one of marks alone has no gist.
    """
    folded = _NUMBERS.sub("", unicodedata.normalize("NFKC", text).lower())
    carrying = [one for one in _SMALL_WORDS.sub("", folded) if one not in _SMALL]
    return _apart(carrying) or _apart(folded)


def group_of(gist: str) -> GroupId:
    """Name the group of all questions with this gist: 16 hex digits."""
    return GroupId(hashlib.sha256(gist.encode()).hexdigest()[:16])


def _apart(characters: Iterable[str]) -> str:
    unlike = dict.fromkeys(one for one in characters if one.isalnum())
    return "".join(sorted(list(unlike)[:LONGEST]))
