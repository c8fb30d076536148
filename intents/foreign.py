"""Tell a text in another language: more words in other letters than Chinese characters."""

import re

from intents.normalise import HAN

_CHINESE = re.compile(f"[{HAN}]")
_OTHER = re.compile(rf"[^\W\d_{HAN}]+")


def foreign(text: str) -> bool:
    """Say whether a text is mostly written in other letters; a word in it counts as one."""
    return len(_OTHER.findall(text)) > len(_CHINESE.findall(text))
